package org.tonekeep.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.Test;

public final class PeaksBuilderTest {
  @Test
  public void shouldKeepLowestAndHighestOfEveryStretchAndTheRest() {
    float[] samples = new float[256 + 10];
    samples[3] = 0.5f;
    samples[4] = -0.25f;
    samples[260] = 1.5f;
    PeaksBuilder builder = new PeaksBuilder(8_000, 1, false);
    Tones.feed(samples, 1, builder::add);
    Peaks peaks = builder.build(0);
    assertThat(peaks.values()).containsExactly(-8192, 16384, 0, 32767);
    assertThat(peaks.samplesPerPixel()).isEqualTo(256);
  }

  @Test
  public void shouldMixByWholeNumbersTowardZeroAndSplit() {
    float unit = 1 / 32768f;
    float[] samples = {3 * unit, -6 * unit, -4 * unit, -3 * unit};
    PeaksBuilder mixed = new PeaksBuilder(8_000, 2, false);
    mixed.add(samples, 2);
    assertThat(mixed.build(0).values()).containsExactly(-3, -1);
    PeaksBuilder split = new PeaksBuilder(8_000, 2, true);
    split.add(samples, 2);
    assertThat(split.build(0).values()).containsExactly(-4, 3, -6, -3);
  }

  @Test
  public void shouldStayWithinBoundedMemoryForAnyLength() {
    PeaksBuilder builder = new PeaksBuilder(44_100, 1, false);
    float[] block = new float[1 << 20];
    Arrays.fill(block, 0.25f);
    int blocks = 256 + 3;
    for (int i = 0; i < blocks; i++) {
      block[5] = i == 257 ? -1 : 0.25f;
      builder.add(block, block.length);
    }
    builder.add(block, 1);
    Peaks peaks = builder.build(0);
    assertThat(peaks.samplesPerPixel()).isEqualTo(512);
    assertThat(peaks.length()).isEqualTo(blocks * (1 << 20) / 512 + 1);
    assertThat(peaks.values()[2 * 257 * (1 << 11)]).isEqualTo((short) -32768);
    assertThat(peaks.values()[2 * 257 * (1 << 11) + 2]).isEqualTo((short) 8192);
    assertThat(peaks.values()[0]).isEqualTo((short) 8192);
  }

  @Test
  public void shouldJoinNeighboursToAtMostSoManyPixels() {
    PeaksBuilder builder = new PeaksBuilder(44_100, 1, false);
    float[] samples = new float[256 * 1_801];
    samples[256 * 1_800] = 0.5f;
    builder.add(samples, samples.length);
    Peaks capped = builder.build(1_800);
    assertThat(capped.length()).isEqualTo(901);
    assertThat(capped.samplesPerPixel()).isEqualTo(512);
    assertThat(capped.values()[1_801]).isEqualTo((short) 16384);
    assertThat(capped.atMost(1).values()).containsExactly(0, 16384);
  }

  @Test
  public void shouldWriteAudiowaveformsFiles() throws Exception {
    Peaks mono = new Peaks(44_100, 256, 1, new short[] {-300, 300, -1, 32767});
    assertThat(PeaksFile.bytes(mono, 8))
        .containsExactly(
            1, 0, 0, 0, 1, 0, 0, 0, 0x44, 0xac, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, -1, 1, 0, 127);
    Peaks stereo = new Peaks(48_000, 512, 2, new short[] {-1, 1, -2, 2, -3, 3, -4, 4});
    byte[] file = PeaksFile.bytes(stereo, 16);
    assertThat(file).hasSize(24 + 16).startsWith(2, 0, 0, 0, 0, 0, 0, 0);
    assertThat(file[20]).isEqualTo((byte) 2);
    Peaks back = PeaksFile.read(new DataInputStream(new ByteArrayInputStream(file)));
    assertThat(back.values()).isEqualTo(stereo.values());
    assertThat(back.channels()).isEqualTo(2);

    assertThat(json(out -> PeaksFile.writeJson(mono, 8, out)))
        .isEqualTo(
            "{\"version\":2,\"channels\":1,\"sample_rate\":44100,\"samples_per_pixel\":256,"
                + "\"bits\":8,\"length\":2,\"data\":[-1,1,0,127]}\n");
    assertThat(json(out -> PeaksFile.writeWavesurfer(stereo, 1.23456, out)))
        .isEqualTo(
            "{\"peaks\":[[0.0,0.0,-1.0E-4,1.0E-4],[-1.0E-4,1.0E-4,-1.0E-4,1.0E-4]],"
                + "\"duration\":1.235}");
  }

  private static String json(Writing writing) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writing.to(out);
    return out.toString(StandardCharsets.US_ASCII);
  }

  private interface Writing {
    void to(ByteArrayOutputStream out) throws Exception;
  }
}
