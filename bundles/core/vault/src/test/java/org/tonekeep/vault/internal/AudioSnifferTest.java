package org.tonekeep.vault.internal;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.vault.internal.MadeAudio.adts;
import static org.tonekeep.vault.internal.MadeAudio.box;
import static org.tonekeep.vault.internal.MadeAudio.ftyp;
import static org.tonekeep.vault.internal.MadeAudio.id3;
import static org.tonekeep.vault.internal.MadeAudio.join;
import static org.tonekeep.vault.internal.MadeAudio.junk;
import static org.tonekeep.vault.internal.MadeAudio.mp3;
import static org.tonekeep.vault.internal.MadeAudio.mpeg;
import static org.tonekeep.vault.internal.MadeAudio.ogg;
import static org.tonekeep.vault.internal.MadeAudio.text;
import static org.tonekeep.vault.internal.MadeAudio.track;
import static org.tonekeep.vault.internal.MadeAudio.wav;
import static org.tonekeep.vault.internal.MadeAudio.webm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.Test;
import org.tonekeep.storage.api.UnsupportedAudioException;

public final class AudioSnifferTest {
  private static final byte[] MOOV_SOUND = box("moov", box("mvhd", new byte[100]), track("soun"));
  private static final byte[] MOOV_VIDEO =
      box("moov", box("mvhd", new byte[100]), track("vide"), track("soun"));
  private static final AudioSniffer SNIFFER = new AudioSniffer();

  private static String sniff(byte[]... parts) {
    Intake intake = new Intake(new ByteArrayInputStream(join(parts)), count -> {});
    try {
      AudioSniffer.Sniff sniff = SNIFFER.sniff(intake.head(AudioSniffer.HEAD));
      intake.watch(sniff);
      byte[] odd = new byte[1021];
      int read = 0;
      while (read >= 0) {
        read = intake.read(odd);
      }
      return sniff.mediaType();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuses(String why, byte[]... parts) {
    assertThatThrownBy(() -> sniff(parts))
        .isInstanceOf(UnsupportedAudioException.class)
        .hasMessageContaining(why);
  }

  @Test
  public void shouldTakeMpegAudioWithAndWithoutTags() {
    assertThat(sniff(mp3(20))).isEqualTo("audio/mpeg");
    assertThat(sniff(mp3(1))).isEqualTo("audio/mpeg");
    assertThat(sniff(mp3(1), text("TAG"), new byte[125])).isEqualTo("audio/mpeg");
    assertThat(sniff(id3(100), new byte[100], mp3(20))).isEqualTo("audio/mpeg");
    assertThat(sniff(id3(10), new byte[10], id3(20), new byte[20], mp3(5))).isEqualTo("audio/mpeg");
    assertThat(sniff(id3(100), new byte[400], mp3(20))).isEqualTo("audio/mpeg");
    assertThat(sniff(id3(100), new byte[100], junk(500), mp3(20))).isEqualTo("audio/mpeg");
    assertThat(sniff(junk(30_000), mp3(20))).isEqualTo("audio/mpeg");
    assertThat(sniff(new byte[5000], mp3(20))).isEqualTo("audio/mpeg");
  }

  @Test
  public void shouldKnowTheFramesOfEveryVersionAndLayer() {
    assertThat(sniff(mpeg(9, 0xfffd9000, 522))).isEqualTo("audio/mpeg");
    assertThat(sniff(mpeg(9, 0xffff9200, 316))).isEqualTo("audio/mpeg");
    assertThat(sniff(mpeg(9, 0xfff39000, 261))).isEqualTo("audio/mpeg");
    assertThat(sniff(mpeg(9, 0xffe39000, 522))).isEqualTo("audio/mpeg");
  }

  @Test
  public void shouldFindWhatFollowsATagThatIsLongerThanTheHead() {
    byte[] cover = junk(3 << 20);
    assertThat(sniff(id3(cover.length), cover, mp3(50))).isEqualTo("audio/mpeg");
    assertThat(sniff(id3(cover.length), cover, mp3(1))).isEqualTo("audio/mpeg");
    assertThat(sniff(id3(cover.length), cover, new byte[3000], mp3(50))).isEqualTo("audio/mpeg");
    assertThat(sniff(id3(cover.length), cover, adts(50))).isEqualTo("audio/aac");
    assertThat(sniff(id3(65_000), junk(65_000), mp3(50))).isEqualTo("audio/mpeg");
    refuses("no music behind it", id3(cover.length), cover);
    refuses("no music behind it", id3(cover.length), cover, text("hello"));
  }

  @Test
  public void shouldFindTheMusicInsideATagThatLiesAboutItsLength() {
    assertThat(sniff(id3(0xfffffff), text("APIC"), new byte[20], mp3(300))).isEqualTo("audio/mpeg");
    refuses("no music behind it", id3(0xfffffff), text("APIC"), new byte[2000]);
  }

  @Test
  public void shouldTakeAacInAdts() {
    assertThat(sniff(adts(10))).isEqualTo("audio/aac");
    assertThat(sniff(id3(50), new byte[50], adts(10))).isEqualTo("audio/aac");
  }

  @Test
  public void shouldTakeFlacAlsoBehindATag() {
    byte[] flac = join(text("fLaC\0\0\0\""), new byte[34]);
    assertThat(sniff(flac)).isEqualTo("audio/flac");
    assertThat(sniff(id3(50), new byte[50], flac)).isEqualTo("audio/flac");
    refuses("not taken", text("fLaC, it said"));
  }

  @Test
  public void shouldTakeWaveAndAiffInAllTheirForms() {
    assertThat(sniff(wav(100))).isEqualTo("audio/wav");
    assertThat(sniff(text("RF64\u00ff\u00ff\u00ff\u00ffWAVEds64"))).isEqualTo("audio/wav");
    assertThat(sniff(text("BW64\u00ff\u00ff\u00ff\u00ffWAVEds64"))).isEqualTo("audio/wav");
    assertThat(sniff(text("FORM\0\0\0\0AIFFCOMM"))).isEqualTo("audio/aiff");
    assertThat(sniff(text("FORM\0\0\0\0AIFCFVER"))).isEqualTo("audio/aiff");
    refuses("", text("RIFF\0\0\0\0AVI LIST"), new byte[100]);
    refuses("", text("RIFF\0\0\0\0WEBPVP8 "), new byte[100]);
  }

  @Test
  public void shouldTellTheCodecsOfOggApart() {
    assertThat(sniff(ogg("\1vorbis"), new byte[50])).isEqualTo("audio/ogg");
    assertThat(sniff(ogg("OpusHead"), new byte[50])).isEqualTo("audio/opus");
    assertThat(sniff(ogg("\u007fFLAC\1\0"), new byte[50])).isEqualTo("audio/ogg");
    assertThat(sniff(ogg("fishead\0"), ogg("\1vorbis"))).isEqualTo("audio/ogg");
    refuses("video", ogg("\1vorbis"), ogg("\u0080theora"));
    refuses("video", ogg("\u0080theora"), ogg("\1vorbis"));
    refuses("no Vorbis", ogg("Speex   "));
    refuses("no Vorbis", text("OggS"));
  }

  @Test
  public void shouldTakeMp4ByItsAudioBrandOrItsTracksWhereverTheIndexStands() {
    byte[] media = box("mdat", junk(200_000));
    assertThat(sniff(ftyp("M4A "), media)).isEqualTo("audio/mp4");
    assertThat(sniff(ftyp("isom"), MOOV_SOUND, media)).isEqualTo("audio/mp4");
    assertThat(sniff(ftyp("mp42"), media, MOOV_SOUND)).isEqualTo("audio/mp4");
    assertThat(sniff(ftyp("isom"), longBox("mdat", junk(90_000)), MOOV_SOUND))
        .isEqualTo("audio/mp4");
    refuses("video", ftyp("isom"), MOOV_VIDEO, media);
    refuses("video", ftyp("mp42"), media, MOOV_VIDEO);
    refuses("no sound track", ftyp("isom"), media);
    refuses("no sound track", ftyp("heic"), box("meta", new byte[100]));
    refuses("no sound track", ftyp("isom"), new byte[4], text("\0\0\0\1moov"), MOOV_SOUND);
  }

  private static byte[] longBox(String type, byte[] body) {
    return join(
        text("\0\0\0\1" + type),
        java.nio.ByteBuffer.allocate(8).putLong(16L + body.length).array(),
        body);
  }

  @Test
  public void shouldTakeWebmWithSoundOnly() {
    assertThat(sniff(webm("webm", 2))).isEqualTo("audio/webm");
    refuses("video", webm("webm", 1, 2));
    refuses("no WebM sound", webm("matroska", 2));
    refuses("no WebM sound", webm("webm"));
  }

  @Test
  public void shouldRefuseWhatIsNoAudioAndSayWhatItIs() throws IOException {
    refuses("The file is empty");
    refuses("text", "this is not music\n".repeat(100).getBytes(UTF_8));
    refuses("text", "<!doctype html><html><body>404</body></html>".getBytes(UTF_8));
    refuses("", "this is not music\n".repeat(100).getBytes(UTF_16));
    refuses("picture", text("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR"), new byte[100]);
    refuses("picture", text("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0"), new byte[100]);
    refuses("picture", text("GIF89a"), new byte[100]);
    refuses("document", text("%PDF-1.7\n%\u00e2\u00e3\n"), new byte[100]);
    refuses("", text("#EXTM3U\n#EXTINF:123,Song\nhttp://example.org/a.mp3\n"));
    refuses("", text("[playlist]\nFile1=http://example.org/a.mp3\n"));
    refuses("no audio", text("\u007fELF\2\1\1"), new byte[1000]);
    refuses("no audio", text("MZ\u0090\0"), new byte[1000]);
    refuses("not taken", text("MThd\0\0\0\6\0\1"), new byte[100]);
    refuses("no audio", junk(100_000));
    refuses("no audio", new byte[1]);
  }

  @Test
  public void shouldRefuseMusicThatHidesInSomethingElse() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
      zip.setLevel(0);
      zip.putNextEntry(new ZipEntry("a.mp3"));
      zip.write(mp3(60));
    }
    refuses("archive", zipped.toByteArray());
    refuses("text", "<html><script>x()</script>".getBytes(UTF_8), mp3(60));
    refuses("document", text("%PDF-1.7\n"), mp3(60));
    refuses("no audio", text("MZ\u0090\0"), mp3(60));
    refuses("picture", text("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR"), mp3(60));
  }

  @Test
  public void shouldDecideAboutAnyPrefixWithoutFailing() {
    byte[][] files = {
      wav(50),
      ogg("\1vorbis"),
      webm("webm", 2),
      join(id3(40), new byte[40], mp3(4)),
      adts(4),
      join(ftyp("isom"), MOOV_SOUND)
    };
    int decided = 0;
    for (byte[] file : files) {
      for (int length = 0; length < file.length; length++) {
        try {
          decided += sniff(java.util.Arrays.copyOf(file, length)).isEmpty() ? 0 : 1;
        } catch (UnsupportedAudioException refused) {
          decided++;
        }
      }
    }
    assertThat(decided).isPositive();
  }

  /**
   * In the time that reading takes, and without a stack: what is deep, many or long is only walked
   * past.
   */
  @Test(timeout = 20_000)
  public void shouldWalkPastBombs() {
    byte[] deep = new byte[8_000_000];
    java.nio.ByteBuffer boxes = java.nio.ByteBuffer.wrap(deep);
    while (boxes.hasRemaining()) {
      boxes.putInt(deep.length - boxes.position()).put("moov".getBytes(UTF_8));
    }
    refuses("no sound track", ftyp("isom"), deep);
    byte[][] many = new byte[500_000][];
    java.util.Arrays.fill(many, box("free"));
    assertThat(sniff(ftyp("isom"), join(many), MOOV_SOUND)).isEqualTo("audio/mp4");
    assertThat(sniff(id3(64 << 20), junk(64 << 20), mp3(100))).isEqualTo("audio/mpeg");
    refuses("no music behind it", id3(64 << 20), junk(64 << 20));
  }
}
