-- Profile images. blob_id is the vault's blob of kind portrait of the account; type, length and checksum are there.
CREATE TABLE portrait_image (
  tenant VARCHAR(32) NOT NULL,
  account VARCHAR(36) NOT NULL,
  blob_id VARCHAR(36) NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  updated_at BIGINT NOT NULL,
  CONSTRAINT portrait_image_pk PRIMARY KEY (tenant, account)
);
