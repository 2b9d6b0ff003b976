CREATE TABLE catalog_track (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  owner VARCHAR(36) NOT NULL,
  title VARCHAR(300) NOT NULL,
  artist VARCHAR(300) NOT NULL,
  genre VARCHAR(100) NOT NULL,
  title_sort VARCHAR(600) NOT NULL,
  haystack VARCHAR(1500) NOT NULL,
  blob_kind VARCHAR(16) NOT NULL,
  blob_id VARCHAR(36) NOT NULL,
  media_type VARCHAR(100) NOT NULL,
  format VARCHAR(40) NOT NULL,
  size_bytes BIGINT NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  duration_seconds DOUBLE PRECISION,
  sample_rate INTEGER,
  channels INTEGER,
  bpm DOUBLE PRECISION,
  musical_key VARCHAR(20),
  state VARCHAR(10) NOT NULL,
  failure VARCHAR(500),
  created_at BIGINT NOT NULL,
  deleted_at BIGINT,
  purge_at BIGINT,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX catalog_track_owner ON catalog_track (tenant, owner, created_at);
CREATE INDEX catalog_track_purge ON catalog_track (tenant, purge_at);
