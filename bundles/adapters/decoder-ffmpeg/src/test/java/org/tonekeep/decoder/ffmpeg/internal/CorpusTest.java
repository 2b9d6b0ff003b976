package org.tonekeep.decoder.ffmpeg.internal;

import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.audio.api.AudioDecoder.Decoded;
import org.tonekeep.audio.api.AudioSource;
import org.tonekeep.audio.api.UndecodableAudioException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.contracts.CollectingSink;

/** Real and ugly files, when system property {@code tonekeep.corpus} names a folder of them. */
public final class CorpusTest {
  private static final TenantId ALICE = new TenantId("alice");

  /** Seconds of the files whose expectation is a length. */
  private static final Map<String, Double> SECONDS =
      Map.ofEntries(
          Map.entry("ok.mp3", 8.0),
          Map.entry("truncated.mp3", 4.4),
          Map.entry("vbr_noxing.mp3", 8.05),
          Map.entry("glued_two_streams.mp3", 16.06),
          Map.entry("bitrot.mp3", 8.0),
          Map.entry("junk_prefix.mp3", 8.05),
          Map.entry("wav_len_zero.wav", 3.0),
          Map.entry("wav_len_ffffffff.wav", 3.0),
          Map.entry("wav_len_too_long.wav", 3.0),
          Map.entry("wav_len_short.wav", 1.0),
          Map.entry("wav_odd_list_chunk.wav", 3.0),
          Map.entry("wav_block_align_zero.wav", 3.0),
          Map.entry("wav_u8.wav", 2.0),
          Map.entry("wav_s24.wav", 2.0),
          Map.entry("wav_s32.wav", 2.0),
          Map.entry("wav_f32.wav", 2.0),
          Map.entry("wav_f64.wav", 2.0),
          Map.entry("wav_alaw.wav", 2.0),
          Map.entry("wav_mulaw.wav", 2.0),
          Map.entry("wav_mono.wav", 2.0),
          Map.entry("wav_96k.wav", 2.0),
          Map.entry("wav_8k_mono.wav", 2.0),
          Map.entry("wav_5_1.wav", 2.0),
          Map.entry("wav_dc.wav", 2.0),
          Map.entry("wav_silence.wav", 3.0),
          Map.entry("wav_one_sample.wav", 0.0),
          Map.entry("polyglot_wav_zip.wav", 3.0),
          Map.entry("polyglot_html.mp3", 8.0),
          Map.entry("ok.flac", 4.0),
          Map.entry("flac_bad_md5.flac", 4.0),
          Map.entry("flac_total_zero.flac", 4.0),
          Map.entry("flac_trunc.flac", 2.0),
          Map.entry("flac_bad_crc.flac", 4.0),
          Map.entry("flac_24_96.flac", 3.0),
          Map.entry("ok.ogg", 8.0),
          Map.entry("ogg_trunc.ogg", 4.02),
          Map.entry("ogg_chained.ogg", 8.0),
          Map.entry("ogg_bad_crc.ogg", 7.0),
          Map.entry("ok.opus", 8.0),
          Map.entry("ok.m4a", 8.0),
          Map.entry("moov_at_end.m4a", 8.0),
          Map.entry("raw_adts.aac", 8.05),
          Map.entry("alac.m4a", 8.0),
          Map.entry("video_with_audio.mp4", 2.0),
          Map.entry("aiff.aiff", 2.0),
          Map.entry("short_0p3s.mp3", 0.3),
          Map.entry("wav_f32_nan_inf_over.wav", 1.0),
          Map.entry("n\u00e4me \u2603 'quote\" $(id).mp3", 8.0));

  private static final Set<String> REJECTED =
      Set.of(
          "apic_lies_2gb.mp3",
          "wav_rate_zero.wav",
          "wav_65535_channels.wav",
          "wav_header_only.wav",
          "empty.mp3",
          "empty.wav",
          "text.mp3",
          "image.mp3",
          "image.flac",
          "html_error.ogg",
          "opus_in_webm.webm",
          "m4a_no_moov.m4a",
          "m4a_box_overflow.m4a");

  private static final Set<String> TRUNCATED =
      Set.of("truncated.mp3", "flac_trunc.flac", "ogg_chained.ogg", "wav_len_too_long.wav");

  private Path corpus;
  private FfmpegDecoder decoder;

  @Before
  public void findCorpus() {
    String folder = System.getProperty("tonekeep.corpus", "");
    assumeTrue(
        "SKIPPED: no corpus, start with -Dtonekeep.corpus=FOLDER",
        !folder.isBlank() && Files.isDirectory(Path.of(folder, "ugly")));
    corpus = Path.of(folder);
    decoder = DecoderUnderTest.best();
  }

  @Test
  public void shouldTreatEveryUglyFileAsExpected() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    JsonNode cases = new ObjectMapper().readTree(corpus.resolve("ugly/ugly.json").toFile());
    for (JsonNode one : cases) {
      String name = one.get("file").asText();
      Path file = corpus.resolve("ugly").resolve(name);
      if (name.endsWith(".py")) {
        continue;
      }
      softly
          .assertThat(SECONDS.containsKey(name) != REJECTED.contains(name))
          .as("%s is known to this test", name)
          .isTrue();
      try {
        Decoded decoded = decoder.decode(ALICE, source(file), new CollectingSink());
        softly
            .assertThat(decoded.durationSeconds())
            .as(name)
            .isBetween(
                SECONDS.getOrDefault(name, -9.0) - 0.15, SECONDS.getOrDefault(name, -9.0) + 0.15);
        softly.assertThat(decoded.truncated()).as(name).isEqualTo(TRUNCATED.contains(name));
      } catch (UndecodableAudioException e) {
        softly.assertThat(REJECTED).as(name + ": " + e.getMessage()).contains(name);
      }
    }
    softly.assertAll();
  }

  @Test
  public void shouldDecodeEveryRealTrackToItsEnd() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    JsonNode tracks = new ObjectMapper().readTree(corpus.resolve("dev/truth.json").toFile());
    for (JsonNode track : tracks) {
      Path file = corpus.resolve("dev").resolve(track.get("file").asText());
      Decoded decoded = decoder.decode(ALICE, source(file), new CollectingSink());
      softly.assertThat(decoded.truncated()).as(file.toString()).isFalse();
      if (track.hasNonNull("duration")) {
        double seconds = track.get("duration").asDouble();
        softly
            .assertThat(decoded.durationSeconds())
            .as(file.toString())
            .isBetween(seconds - 0.4, seconds + 0.4);
      }
    }
    softly.assertAll();
  }

  private static AudioSource source(Path file) {
    String name = file.toString();
    String type =
        name.endsWith("m4a") || name.endsWith("mp4") ? "audio/mp4" : "application/octet-stream";
    return new AudioSource() {
      @Override
      public String mediaType() {
        return type;
      }

      @Override
      public long length() {
        return file.toFile().length();
      }

      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    };
  }
}
