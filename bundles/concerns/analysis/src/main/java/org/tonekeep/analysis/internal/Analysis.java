package org.tonekeep.analysis.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.storage.api.BlobKey;

/**
 * What is known of a track.
 *
 * @param truncated true when the file breaks off: the figures are those of what is there
 * @param loudness null where the tenant does not let it be measured
 * @param algorithmId who measured, with {@code algorithmVersion}
 * @param peaks where the waveform lies
 */
public record Analysis(
    TrackId track,
    AccountId owner,
    double durationSeconds,
    int sampleRate,
    int channels,
    boolean truncated,
    @Nullable Loudness loudness,
    String algorithmId,
    String algorithmVersion,
    BlobKey peaks,
    Instant analysedAt) {
  /** The same without what was measured of the loudness. */
  Analysis withoutLoudness() {
    return new Analysis(
        track,
        owner,
        durationSeconds,
        sampleRate,
        channels,
        truncated,
        null,
        algorithmId,
        algorithmVersion,
        peaks,
        analysedAt);
  }

  /**
   * Loudness figures; each is null when it does not exist: silence has none, nor have samples so
   * large that the arithmetic overflows (no database takes an infinity).
   *
   * @param integratedLufs of the whole track (BS.1770-4)
   * @param rangeLu loudness range (Tech 3342)
   * @param truePeakDbtp highest value between the samples
   * @param samplePeakDbfs highest sample
   */
  public record Loudness(
      @Nullable Double integratedLufs,
      @Nullable Double rangeLu,
      @Nullable Double truePeakDbtp,
      @Nullable Double samplePeakDbfs) {
    public Loudness {
      integratedLufs = finite(integratedLufs);
      rangeLu = finite(rangeLu);
      truePeakDbtp = finite(truePeakDbtp);
      samplePeakDbfs = finite(samplePeakDbfs);
    }

    private static @Nullable Double finite(@Nullable Double value) {
      return value != null && Double.isFinite(value) ? value : null;
    }
  }
}
