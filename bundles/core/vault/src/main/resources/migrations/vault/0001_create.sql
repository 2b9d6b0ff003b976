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
CREATE INDEX vault_blob_adapter_ix ON vault_blob (tenant, adapter, owner_id, kind, id);

-- One row per copy of a blob beside the one that vault_blob names: one that is being made, or an old
-- one; deleted from due_at on. A row is also the lock of the bytes there.
CREATE TABLE vault_copy (
  tenant VARCHAR(32) NOT NULL,
  owner_id VARCHAR(36) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  id VARCHAR(36) NOT NULL,
  adapter VARCHAR(64) NOT NULL,
  due_at BIGINT NOT NULL,
  CONSTRAINT vault_copy_pk PRIMARY KEY (tenant, owner_id, kind, id, adapter)
);
CREATE INDEX vault_copy_due_ix ON vault_copy (tenant, adapter, due_at);

-- One row per signed address in use, until the audit log has its totals. id is the address's nonce;
-- reader_id is empty when nobody with an account reads.
CREATE TABLE vault_access (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(22) NOT NULL,
  owner_id VARCHAR(36) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  blob_id VARCHAR(36) NOT NULL,
  subject VARCHAR(64) NOT NULL,
  reader_id VARCHAR(36) NOT NULL,
  right_kind VARCHAR(16) NOT NULL,
  right_id VARCHAR(64) NOT NULL,
  peer_tag VARCHAR(100) NOT NULL,
  expires_at BIGINT NOT NULL,
  open_until BIGINT NOT NULL,
  request_count BIGINT NOT NULL,
  byte_count BIGINT NOT NULL,
  CONSTRAINT vault_access_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX vault_access_over_ix ON vault_access (tenant, expires_at, id);
CREATE INDEX vault_access_owner_ix ON vault_access (tenant, owner_id);
CREATE INDEX vault_access_reader_ix ON vault_access (tenant, reader_id);
-- What each owner keeps in uploaded files and has reserved; the row without owner_id counts the whole tenant.
-- own_*: the operator's own limits, null where the tenant's file decides.
CREATE TABLE vault_usage (
  tenant VARCHAR(32) NOT NULL,
  owner_id VARCHAR(36) NOT NULL,
  byte_count BIGINT NOT NULL,
  track_count BIGINT NOT NULL,
  reserved_bytes BIGINT NOT NULL,
  reserved_tracks BIGINT NOT NULL,
  own_bytes BIGINT,
  own_tracks BIGINT,
  CONSTRAINT vault_usage_pk PRIMARY KEY (tenant, owner_id)
);
