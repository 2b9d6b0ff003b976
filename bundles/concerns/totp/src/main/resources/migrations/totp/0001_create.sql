-- Authenticator apps. seed is sealed under the owner's key; confirmed is 0 until the first code was typed.
-- last_step is the 30-second step of the last code that was taken: each is good once. failures in a row since
-- the last good code, and when the last code was typed, slow down guessing on every node.
CREATE TABLE totp_seed (
  tenant VARCHAR(32) NOT NULL,
  account VARCHAR(36) NOT NULL,
  seed VARCHAR(200) NOT NULL,
  confirmed SMALLINT NOT NULL,
  last_step BIGINT NOT NULL,
  failures INTEGER NOT NULL,
  last_try BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT totp_seed_pk PRIMARY KEY (tenant, account)
);

-- Recovery codes that were not used yet: SHA-256 (hex) of 128 random bits. A used one is deleted.
CREATE TABLE totp_recovery (
  tenant VARCHAR(32) NOT NULL,
  account VARCHAR(36) NOT NULL,
  code_hash VARCHAR(64) NOT NULL,
  CONSTRAINT totp_recovery_pk PRIMARY KEY (tenant, account, code_hash)
);
