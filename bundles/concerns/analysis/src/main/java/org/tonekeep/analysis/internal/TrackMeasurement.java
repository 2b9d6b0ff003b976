package org.tonekeep.analysis.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.jspecify.annotations.Nullable;
import org.tonekeep.audio.api.PcmFormat;
import org.tonekeep.audio.api.PcmSink;

/** Feeds all analysers side by side while a track is decoded once. */
final class TrackMeasurement implements PcmSink {
  /** Changes with every change that could change a figure. */
  static final String ALGORITHM = "tonekeep-streaming";

  static final String VERSION = "1.0";

  private final boolean withLoudness;
  private final Progress progress;
  private @Nullable Meters meters;
  private long expected = -1;
  private long frames;

  /**
   * @param withLoudness false leaves the loudness analysers out
   * @param progress told how far it is, often
   */
  TrackMeasurement(boolean withLoudness, Progress progress) {
    this.withLoudness = withLoudness;
    this.progress = progress;
  }

  @Override
  public void begin(PcmFormat format, long expectedFrames) {
    expected = expectedFrames;
    meters = new Meters(format, withLoudness);
  }

  @Override
  public void samples(float[] interleaved, int count) {
    known().add(interleaved, count);
    frames += count;
    progress.at(frames, expected);
  }

  /**
   * The figures; call it once, when the track is decoded.
   *
   * @return null when the loudness analysers were left out
   */
  Analysis.@Nullable Loudness loudness() {
    Levels levels = known().levels;
    return levels == null ? null : levels.loudness();
  }

  /**
   * The waveforms as they are stored: the mixed one, and behind it for two channels the split one.
   * With a bound there is the mixed one alone, so that the bound is what is known of a track.
   *
   * @param mostPixels 0 for no bound
   */
  InputStream peaks(int mostPixels) {
    Meters all = known();
    InputStream mixed = new ByteArrayInputStream(PeaksFile.bytes(all.mixed.build(mostPixels), 16));
    PeaksBuilder split = all.split;
    return split == null || mostPixels > 0
        ? mixed
        : new SequenceInputStream(
            mixed, new ByteArrayInputStream(PeaksFile.bytes(split.build(mostPixels), 16)));
  }

  private Meters known() {
    Meters all = meters;
    if (all == null) {
      throw new IllegalStateException("A sink's begin comes first");
    }
    return all;
  }

  /** Hears how far the work is. */
  interface Progress {
    /**
     * @param expected frames in all, or -1 when nobody knows
     * @throws java.util.concurrent.CancellationException to stop
     */
    void at(long frames, long expected);
  }

  private static final class Meters {
    final @Nullable Levels levels;
    final PeaksBuilder mixed;
    final @Nullable PeaksBuilder split;

    Meters(PcmFormat format, boolean withLoudness) {
      levels = withLoudness ? new Levels(format) : null;
      mixed = new PeaksBuilder(format.sampleRate(), format.channels(), false);
      split = format.channels() == 2 ? new PeaksBuilder(format.sampleRate(), 2, true) : null;
    }

    void add(float[] samples, int count) {
      if (levels != null) {
        levels.add(samples, count);
      }
      mixed.add(samples, count);
      if (split != null) {
        split.add(samples, count);
      }
    }
  }

  /** The analysers that a tenant can leave out. */
  private static final class Levels {
    private final LoudnessMeter loudness;
    private final TruePeakMeter peaks;

    Levels(PcmFormat format) {
      loudness = new LoudnessMeter(format);
      peaks = new TruePeakMeter(format);
    }

    void add(float[] samples, int count) {
      loudness.add(samples, count);
      peaks.add(samples, count);
    }

    Analysis.Loudness loudness() {
      peaks.end();
      return new Analysis.Loudness(
          loudness.integrated(), loudness.range(), peaks.truePeak(), peaks.samplePeak());
    }
  }
}
