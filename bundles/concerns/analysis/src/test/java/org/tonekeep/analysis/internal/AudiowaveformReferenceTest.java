package org.tonekeep.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Test;

/** Byte for byte what audiowaveform 1.10.3 wrote, when {@code tonekeep.corpus} names a folder. */
public final class AudiowaveformReferenceTest {
  private Path corpus;

  @Before
  public void findCorpus() {
    String folder = System.getProperty("tonekeep.corpus", "");
    assumeTrue(
        "SKIPPED: no corpus, start with -Dtonekeep.corpus=FOLDER",
        !folder.isBlank() && Files.isDirectory(Path.of(folder, "peaks")));
    corpus = Path.of(folder);
  }

  @Test
  public void shouldDrawAStereoFile() throws IOException {
    Wav wav = Wav.read(corpus.resolve("peaks/co_pop_20s.wav"));
    assertThat(PeaksFile.bytes(wav.peaks(false), 8)).isEqualTo(reference("co_pop_20s.z256.b8.dat"));
    assertThat(PeaksFile.bytes(wav.peaks(true), 16))
        .isEqualTo(reference("co_pop_20s.z256.b16.dat"));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    Peaks half = wav.peaks(false).atMost(1_723);
    PeaksFile.writeJson(half, 8, json);
    assertThat(json.toByteArray()).isEqualTo(reference("co_pop_20s.z512.b8.json"));
  }

  @Test
  public void shouldDrawMonoAndTwentyFourBits() throws IOException {
    Wav mono = Wav.read(corpus.resolve("ugly/wav_mono.wav"));
    assertThat(PeaksFile.bytes(mono.peaks(false), 16))
        .isEqualTo(reference("wav_mono.z256.b16.dat"));
    Wav high = Wav.read(corpus.resolve("ugly/wav_96k.wav"));
    assertThat(PeaksFile.bytes(high.peaks(false), 8)).isEqualTo(reference("wav_96k.z256.b8.dat"));
  }

  private byte[] reference(String name) throws IOException {
    return Files.readAllBytes(corpus.resolve("peaks").resolve(name));
  }

  /** A WAVE file of 16 or 24 bits. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Wav(int rate, int channels, float[] samples) {
    static Wav read(Path file) throws IOException {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      in.position(12);
      int rate = 0;
      int channels = 0;
      int bytes = 0;
      while (true) {
        int id = in.getInt();
        int size = in.getInt();
        int at = in.position();
        if (id == 0x20746d66) {
          channels = in.getShort(at + 2);
          rate = in.getInt(at + 4);
          bytes = in.getShort(at + 14) / 8;
        } else if (id == 0x61746164) {
          float[] samples = new float[size / bytes];
          for (int i = 0; i < samples.length; i++) {
            int low = bytes == 3 ? in.get() & 0xff : 0;
            samples[i] = (in.getShort() * 256 + low) / 8388608f;
          }
          return new Wav(rate, channels, samples);
        }
        in.position(at + size + (size & 1));
      }
    }

    Peaks peaks(boolean split) {
      PeaksBuilder builder = new PeaksBuilder(rate, channels, split);
      Tones.feed(samples, channels, builder::add);
      return builder.build(0);
    }
  }
}
