package org.tonekeep.analysis.internal.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonekeep.analysis.internal.Analysis;

/**
 * The answer of {@code /api/analysis/{trackId}}. Tempo and key are null until something measures
 * them.
 *
 * @param loudnessMeasured false where the site does not measure loudness: all of its values are
 *     null
 */
public record AnalysisView(
    @Nullable Double bpm,
    @Nullable Double bpmConfidence,
    @Nullable List<Double> beats,
    @Nullable String key,
    @Nullable Double keyConfidence,
    @Nullable String camelot,
    @Nullable Double tuningHz,
    double durationSeconds,
    boolean truncated,
    LoudnessView loudness,
    boolean loudnessMeasured,
    AlgorithmView algorithm,
    Instant analysedAt) {
  static AnalysisView of(Analysis analysis) {
    Analysis.Loudness loudness = analysis.loudness();
    return new AnalysisView(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Math.round(analysis.durationSeconds() * 1000) / 1000.0,
        analysis.truncated(),
        LoudnessView.of(loudness),
        loudness != null,
        new AlgorithmView(analysis.algorithmId(), analysis.algorithmVersion()),
        analysis.analysedAt());
  }

  private static @Nullable Double rounded(@Nullable Double value) {
    return value == null ? null : Math.round(value * 100) / 100.0;
  }

  /** Null where a figure does not exist: silence has no loudness, a blink has no range. */
  public record LoudnessView(
      @Nullable Double integratedLufs,
      @Nullable Double rangeLu,
      @Nullable Double truePeakDbtp,
      @Nullable Double samplePeakDbfs) {
    static LoudnessView of(Analysis.@Nullable Loudness loudness) {
      return loudness == null
          ? new LoudnessView(null, null, null, null)
          : new LoudnessView(
              rounded(loudness.integratedLufs()),
              rounded(loudness.rangeLu()),
              rounded(loudness.truePeakDbtp()),
              rounded(loudness.samplePeakDbfs()));
    }
  }

  /** Who measured. */
  public record AlgorithmView(String id, String version) {}
}
