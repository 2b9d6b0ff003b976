package org.tonekeep.analysis.internal;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.tonekeep.audio.api.PcmFormat;

/** All meters over one minute of stereo at 44.1 kHz: 600 ms would be a hundred times real time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MeasurementBenchmark {
  private static final int FRAMES = 4096;
  private static final int BLOCKS = 60 * 44_100 / FRAMES;
  private final float[] samples = noise();

  private static float[] noise() {
    Random random = new Random(1);
    float[] noise = new float[64 * FRAMES * 2];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (random.nextGaussian() * 0.2);
    }
    return noise;
  }

  /** Peaks, loudness and true peak of a minute. */
  @Benchmark
  public @Nullable Object minute() {
    TrackMeasurement measurement = new TrackMeasurement(true, (frames, expected) -> {});
    measurement.begin(new PcmFormat(44_100, 2), (long) BLOCKS * FRAMES);
    float[] block = new float[FRAMES * 2];
    for (int i = 0; i < BLOCKS; i++) {
      System.arraycopy(samples, i % 64 * block.length, block, 0, block.length);
      measurement.samples(block, FRAMES);
    }
    return measurement.loudness();
  }
}
