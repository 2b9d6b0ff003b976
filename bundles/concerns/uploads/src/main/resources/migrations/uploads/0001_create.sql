-- Uploads that come in parts. total_bytes is null until it is announced; metadata is sealed by its owner's key; track is
-- set when the upload has become one, in the transaction that made it.
CREATE TABLE uploads_upload (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  owner_id VARCHAR(36) NOT NULL,
  total_bytes BIGINT,
  received_bytes BIGINT NOT NULL,
  part_count INTEGER NOT NULL,
  metadata VARCHAR(12000) NOT NULL,
  track VARCHAR(36),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT uploads_upload_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX uploads_upload_owner ON uploads_upload (tenant, owner_id, id);
CREATE INDEX uploads_upload_expiry ON uploads_upload (tenant, expires_at);
-- The received bytes, piece by piece; blob_id is the vault's blob of kind part of the upload's owner.
CREATE TABLE uploads_part (
  tenant VARCHAR(32) NOT NULL,
  upload VARCHAR(36) NOT NULL,
  first_byte BIGINT NOT NULL,
  byte_count BIGINT NOT NULL,
  blob_id VARCHAR(36) NOT NULL,
  CONSTRAINT uploads_part_pk PRIMARY KEY (tenant, upload, first_byte)
);
