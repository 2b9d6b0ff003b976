-- One row per remembered blob. adapter is where the bytes lie, also after the tenant chose another.
CREATE TABLE vault_blob (
  tenant VARCHAR(32) NOT NULL,
  owner_id VARCHAR(36) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  id VARCHAR(36) NOT NULL,
  adapter VARCHAR(64) NOT NULL,
  byte_count BIGINT NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  media_type VARCHAR(100) NOT NULL,
  recorded_at BIGINT NOT NULL,
  CONSTRAINT vault_blob_pk PRIMARY KEY (tenant, owner_id, kind, id)
);
