-- One row per analysed track. A loudness that does not exist (silence, or shorter than
-- a gating block) is null. The peaks lie in the vault under (owner, 'peaks', peaks_id).
CREATE TABLE analysis_track (
  tenant VARCHAR(32) NOT NULL,
  track_id VARCHAR(36) NOT NULL,
  owner_id VARCHAR(36) NOT NULL,
  duration_seconds DOUBLE PRECISION NOT NULL,
  sample_rate INTEGER NOT NULL,
  channels INTEGER NOT NULL,
  truncated SMALLINT NOT NULL,
  integrated_lufs DOUBLE PRECISION,
  range_lu DOUBLE PRECISION,
  true_peak_dbtp DOUBLE PRECISION,
  sample_peak_dbfs DOUBLE PRECISION,
  algorithm_id VARCHAR(40) NOT NULL,
  algorithm_version VARCHAR(20) NOT NULL,
  peaks_id VARCHAR(36) NOT NULL,
  analysed_at BIGINT NOT NULL,
  CONSTRAINT analysis_track_pk PRIMARY KEY (tenant, track_id)
);
CREATE INDEX analysis_track_owner_ix ON analysis_track (tenant, owner_id, track_id);
