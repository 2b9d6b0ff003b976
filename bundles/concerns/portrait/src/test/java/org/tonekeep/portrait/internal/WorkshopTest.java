package org.tonekeep.portrait.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.Test;
import org.tonekeep.rest.api.ProblemException;

public final class WorkshopTest {
  private final Workshop workshop = new Workshop();

  private ProblemException refusal(byte[] upload) {
    return catchThrowableOfType(ProblemException.class, () -> workshop.make(upload));
  }

  private void shouldRefuse(byte[] upload, int status, String code) {
    ProblemException refusal = refusal(upload);
    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.status()).isEqualTo(status);
  }

  private static boolean red(BufferedImage image, double x, double y) {
    int rgb = image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight()));
    return (rgb >> 16 & 0xFF) > 150 && (rgb & 0xFF) < 100;
  }

  @Test
  public void shouldFitLargeImagesAndKeepSmallOnes() throws IOException {
    Picture large = workshop.make(Pictures.jpeg(5000, 2500));
    assertThat(List.of(large.width(), large.height())).containsExactly(1024, 512);
    assertThat(Pictures.read(large).getWidth()).isEqualTo(1024);
    Picture small = workshop.make(Pictures.png(40, 20));
    assertThat(List.of(small.width(), small.height())).containsExactly(40, 20);
    assertThat(small.mediaType()).isEqualTo("image/jpeg");
    Picture thin = workshop.make(Pictures.png(20_000, 1));
    assertThat(List.of(thin.width(), thin.height())).containsExactly(1024, 1);
  }

  @Test
  public void shouldLeaveNothingOfTheMetadata() throws IOException {
    Picture jpeg = workshop.make(Pictures.withMetadata(Pictures.jpeg(64, 64), 1));
    assertThat(new String(jpeg.bytes(), ISO_8859_1))
        .doesNotContain("CANARY", "Exif", "ICC_PROFILE", "http://ns", "script");
    Picture png = workshop.make(Pictures.withText(glass(64, 64)));
    assertThat(png.mediaType()).isEqualTo("image/png");
    assertThat(new String(png.bytes(), ISO_8859_1))
        .doesNotContain("CANARY", "tEXt", "eXIf", "iCCP");
  }

  @Test
  public void shouldHandNoMetadataToTheDecoder() throws IOException {
    assertThat(seen(Pictures.withMetadata(Pictures.jpeg(64, 64), 1))).doesNotContain("CANARY");
    assertThat(seen(Pictures.withText(Pictures.png(64, 64)))).doesNotContain("CANARY");
  }

  private static String seen(byte[] upload) {
    return new String(ImageSource.of(upload).bytes(), ISO_8859_1);
  }

  @Test
  public void shouldTurnEachOrientationUpright() throws IOException {
    // Where the red corner of the file is seen: right or left, bottom or top.
    double[][] corners = {
      {.25, .25}, {.75, .25}, {.75, .75}, {.25, .75}, {.25, .25}, {.75, .25}, {.75, .75}, {.25, .75}
    };
    for (int orientation = 1; orientation <= 8; orientation++) {
      Picture made = workshop.make(Pictures.withMetadata(Pictures.jpeg(96, 64), orientation));
      BufferedImage image = Pictures.read(made);
      assertThat(image.getWidth()).as("%d", orientation).isEqualTo(orientation < 5 ? 96 : 64);
      int found = 0;
      for (double x : new double[] {.25, .75}) {
        for (double y : new double[] {.25, .75}) {
          found += red(image, x, y) ? 1 : 0;
        }
      }
      assertThat(found).as("%d", orientation).isEqualTo(1);
      double[] corner = corners[orientation - 1];
      assertThat(red(image, corner[0], corner[1])).as("%d", orientation).isTrue();
    }
  }

  @Test
  public void shouldTellTransposedFromRotated() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 0, 0xFF0000);
    assertThat(Orientation.upright(image, 5).getRGB(0, 1) & 0xFFFFFF).isEqualTo(0xFF0000);
    assertThat(Orientation.upright(image, 6).getRGB(1, 1) & 0xFFFFFF).isEqualTo(0xFF0000);
    assertThat(Orientation.upright(image, 7).getRGB(1, 1) & 0xFFFFFF).isEqualTo(0xFF0000);
    assertThat(Orientation.upright(image, 8).getRGB(0, 1) & 0xFFFFFF).isEqualTo(0xFF0000);
  }

  @Test
  public void shouldTakeAnOrientationThatMakesNoSenseAsUpright() throws IOException {
    for (int orientation : new int[] {0, 9, 65_535}) {
      Picture made = workshop.make(Pictures.withMetadata(Pictures.jpeg(96, 64), orientation));
      assertThat(made.width()).isEqualTo(96);
    }
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 8) {
        System.arraycopy(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0}, 0, bytes, 0, 8);
      }
      assertThat(Orientation.ofExif(bytes, 0, bytes.length)).isBetween(1, 8);
    }
  }

  private static byte[] glass(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xFF00FF00);
    return Pictures.file(image, "png");
  }

  @Test
  public void shouldKeepWhatShowsThroughAsPngOnly() throws IOException {
    Picture glass = workshop.make(glass(1500, 750));
    assertThat(glass.mediaType()).isEqualTo("image/png");
    assertThat(Pictures.read(glass).getRGB(500, 200) >>> 24).isZero();
    byte[] opaque = Pictures.file(Pictures.corner(64, 64, BufferedImage.TYPE_INT_ARGB), "png");
    assertThat(workshop.make(opaque).mediaType()).isEqualTo("image/jpeg");
  }

  @Test
  public void shouldRefuseBombsBeforeDecoding() throws IOException {
    byte[] png = Pictures.png(8, 8);
    shouldRefuse(Pictures.pngSaying(png, 20_000, 20_000), 422, "image-too-large");
    shouldRefuse(Pictures.pngSaying(png, Integer.MAX_VALUE, 1), 422, "image-too-large");
    shouldRefuse(Pictures.pngSaying(png, -1, 5), 422, "image-damaged");
    byte[] jpeg = Pictures.jpeg(8, 8);
    shouldRefuse(Pictures.jpegSaying(jpeg, 65_535, 65_535), 422, "image-too-large");
    shouldRefuse(Pictures.jpegSaying(jpeg, 8, 0), 422, "image-damaged");
    // Allowed sizes, but next to no data.
    shouldRefuse(Pictures.pngSaying(png, 7_000, 7_000), 422, "image-damaged");
    shouldRefuse(Pictures.jpegSaying(jpeg, 7_000, 7_000), 422, "image-damaged");
    assertThat(Workshop.step(7_000, 7_000)).isEqualTo(4);
    assertThat(Workshop.step(2_000, 2_000)).isEqualTo(1);
  }

  @Test
  public void shouldRefuseWhatIsCutOff() throws IOException {
    for (byte[] whole : List.of(Pictures.jpeg(300, 200), Pictures.png(300, 200), glass(300, 200))) {
      for (int length = 12; length < whole.length - 1; length += 7) {
        shouldRefuse(Arrays.copyOf(whole, length), 422, "image-damaged");
      }
    }
  }

  @Test
  public void shouldNeverFailInAnotherWayOnGarbage() throws IOException {
    Random random = new Random(11);
    for (byte[] whole : List.of(Pictures.jpeg(90, 70), Pictures.png(90, 70), glass(90, 70))) {
      for (int i = 0; i < 1_500; i++) {
        byte[] bent = whole.clone();
        for (int j = 0; j < 1 + i % 5; j++) {
          bent[random.nextInt(bent.length)] = (byte) random.nextInt();
        }
        try {
          assertThat(workshop.make(bent).width()).isBetween(1, 1024);
        } catch (ProblemException refused) {
          assertThat(refused.status()).isIn(415, 422);
        }
      }
    }
  }

  @Test
  public void shouldRefuseWhatIsNoJpegOrPng() {
    for (String text :
        List.of(
            "",
            "hello",
            "GIF89a\1\0\1\0\0\0\0;",
            "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            "<html>",
            "RIFF\0\0\0\0WEBPVP8 ")) {
      shouldRefuse(text.getBytes(UTF_8), 415, "unsupported-image");
    }
  }

  @Test
  public void shouldSayBusyWhenTheBenchIsTaken() throws IOException {
    Workshop taken = new Workshop(new Semaphore(0));
    byte[] jpeg = Pictures.jpeg(8, 8);
    ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> taken.make(jpeg));
    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.headers()).containsKey("Retry-After");
  }
}
