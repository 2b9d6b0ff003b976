package org.tonekeep.analysis.internal.jpa;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.tonekeep.persistence.api.InstantConverter;

/** A row of {@code analysis_track}. */
@Entity
@Table(name = "analysis_track")
@IdClass(AnalysisEntity.Key.class)
class AnalysisEntity {
  @Id String tenant;

  @Id
  @Column(name = "track_id")
  String trackId;

  @Column(name = "owner_id")
  String ownerId;

  @Column(name = "duration_seconds")
  double durationSeconds;

  @Column(name = "sample_rate")
  int sampleRate;

  @Column(name = "channels")
  int channels;

  @Column(name = "truncated")
  short truncated;

  @Column(name = "loudness_measured")
  short loudnessMeasured;

  @Column(name = "integrated_lufs")
  @Nullable Double integratedLufs;

  @Column(name = "range_lu")
  @Nullable Double rangeLu;

  @Column(name = "true_peak_dbtp")
  @Nullable Double truePeakDbtp;

  @Column(name = "sample_peak_dbfs")
  @Nullable Double samplePeakDbfs;

  @Column(name = "algorithm_id")
  String algorithmId;

  @Column(name = "algorithm_version")
  String algorithmVersion;

  @Column(name = "peaks_id")
  String peaksId;

  @Column(name = "analysed_at")
  @Convert(converter = InstantConverter.class)
  Instant analysedAt;

  protected AnalysisEntity() {}

  /** Tenant first, then the track. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    String tenant = "";
    String trackId = "";

    Key() {}

    Key(String tenant, String trackId) {
      this.tenant = tenant;
      this.trackId = trackId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key k && tenant.equals(k.tenant) && trackId.equals(k.trackId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, trackId);
    }
  }
}
