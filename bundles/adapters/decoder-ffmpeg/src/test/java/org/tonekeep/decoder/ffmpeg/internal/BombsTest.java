package org.tonekeep.decoder.ffmpeg.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.Test;
import org.tonekeep.audio.api.AudioSource;
import org.tonekeep.audio.api.PcmFormat;
import org.tonekeep.audio.api.PcmSink;
import org.tonekeep.audio.api.UndecodableAudioException;
import org.tonekeep.tenant.api.TenantId;

/**
 * Files that want more than they are. Each ends, in bounded time, as audio or with words for a
 * musician; the process may have a GiB of addresses, and nothing of it comes into this one.
 */
public final class BombsTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final long SECONDS = 240;

  private final FfmpegDecoder decoder = DecoderUnderTest.best();

  private long frames(FfmpegDecoder with, String mediaType, byte[] file) throws IOException {
    long begun = System.nanoTime();
    try {
      return with.decode(ALICE, source(mediaType, file), new Counting()).frames();
    } finally {
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isLessThan(Duration.ofSeconds(SECONDS));
    }
  }

  private void assertRefused(String mediaType, byte[] file, String words) {
    assertRefused(decoder, mediaType, file, words);
  }

  private void assertRefused(FfmpegDecoder with, String mediaType, byte[] file, String words) {
    assertThatThrownBy(() -> frames(with, mediaType, file))
        .isInstanceOf(UndecodableAudioException.class)
        .hasMessageContaining(words);
  }

  @Test
  public void shouldRefuseTenHoursOfSilenceAtOnce() {
    byte[] bomb = Bombs.silence(10, true);
    assertThat(bomb.length).isLessThan(1 << 20);
    assertRefused("audio/flac", bomb, "longer than can be read here (at most 6 h)");
  }

  @Test
  public void shouldStopWhereAFileThatHidesItsLengthGetsTooLong() {
    DecoderLimits hour = DecoderLimits.DEFAULT.within(Duration.ofHours(1), 32);
    FfmpegDecoder strict =
        DecoderUnderTest.withLimits("best-effort", hour, Confinement.BWRAP, Confinement.PRLIMIT);
    assertRefused(strict, "audio/flac", Bombs.silence(10, false), "at most 1 h");
  }

  @Test
  public void shouldTakeSilenceThatIsNotTooLong() throws IOException {
    assertThat(frames(decoder, "audio/flac", Bombs.silence(1, true)))
        .isBetween(3_590L * 44_100, 3_600L * 44_100);
  }

  @Test
  public void shouldRefuseMoreChannelsThanAnybodyHasEars() {
    assertRefused("audio/wav", Bombs.wave(65_535, 0), "channels");
    assertRefused("audio/wav", Bombs.wave(33, 0), "channels");
  }

  @Test
  public void shouldReadPastThousandsOfChunks() throws IOException {
    assertThat(frames(decoder, "audio/wav", Bombs.wave(2, 10_000))).isEqualTo(44_100);
    assertThat(frames(decoder, "audio/wav", Bombs.wave(1, 200_000))).isEqualTo(44_100);
  }

  @Test
  public void shouldRefuseBoxesInBoxesInBoxes() {
    byte[] head = Bombs.box("ftyp", "M4A \0\0\0\0M4A ".getBytes(ISO_8859_1));
    for (String type : new String[] {"moov", "trak", "udta", "meta", "mdia"}) {
      byte[] deep = Bombs.join(head, Bombs.nested(type, 100_000));
      assertThatThrownBy(() -> frames(decoder, "audio/mp4", deep))
          .as(type)
          .isInstanceOf(UndecodableAudioException.class);
    }
  }

  @Test
  public void shouldReadPastTagsThatAreLargerThanTheMusic() throws IOException {
    byte[] mp3 = sound("tone.mp3");
    byte[][] texts = new byte[20_000][];
    java.util.Arrays.setAll(
        texts, i -> Bombs.frame("TXXX", ("\0k" + i + "\0" + "v".repeat(100)).getBytes(ISO_8859_1)));
    assertThat(frames(decoder, "audio/mpeg", Bombs.join(Bombs.id3(texts), mp3)))
        .isGreaterThan(80_000);
    byte[] large = Bombs.picture(new byte[100 << 20]);
    assertThat(frames(decoder, "audio/mpeg", Bombs.join(Bombs.id3(large), mp3)))
        .isGreaterThan(80_000);
    byte[] comments = Bombs.comments(50_000, "x".repeat(20));
    assertThat(frames(decoder, "audio/flac", Bombs.silence(1, true, comments)))
        .isGreaterThan(3_590L * 44_100);
  }

  @Test
  public void shouldReadPastLargeOrManyThingsInAnIndex() throws IOException {
    byte[] m4a = sound("tone-aac.m4a");
    byte[] large = Bombs.box("udta", Bombs.box("\u00a9cmt", new byte[64 << 20]));
    assertThat(frames(decoder, "audio/mp4", Bombs.withChild(m4a, large))).isGreaterThan(80_000);
    byte[][] many = new byte[100_000][];
    java.util.Arrays.fill(
        many, Bombs.box("\u00a9cmt", new byte[] {0, 4, 0, 0, 'a', 'b', 'c', 'd'}));
    byte[] index = Bombs.box("udta", Bombs.join(many));
    assertThat(frames(decoder, "audio/mp4", Bombs.withChild(m4a, index))).isGreaterThan(80_000);
  }

  @Test
  public void shouldNotUnfoldACoverThatIsABomb() throws IOException {
    byte[] png = Bombs.png(30_000);
    assertThat(png.length).as("2.7 GB once drawn").isLessThan(4 << 20);
    byte[] mp3 = Bombs.join(Bombs.id3(Bombs.picture(png)), sound("tone.mp3"));
    assertThat(frames(decoder, "audio/mpeg", mp3)).isGreaterThan(80_000);
  }

  private static byte[] sound(String name) throws IOException {
    try (InputStream in =
        BombsTest.class.getResourceAsStream("/org/tonekeep/testing/kit/audio/" + name)) {
      return in.readAllBytes();
    }
  }

  private static AudioSource source(String mediaType, byte[] file) {
    return new AudioSource() {
      @Override
      public String mediaType() {
        return mediaType;
      }

      @Override
      public long length() {
        return file.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(file);
      }
    };
  }

  private static final class Counting implements PcmSink {
    @Override
    public void begin(PcmFormat format, long expectedFrames) {}

    @Override
    public void samples(float[] interleaved, int frames) {}
  }
}
