-- Keys for players and scripts. key_name and secret are sealed under the owner's key; the secret is there for
-- the scope subsonic only, of the others there is a SHA-256 (hex). slot 0..49 bounds how many an account has.
CREATE TABLE appkeys_key (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  account VARCHAR(36) NOT NULL,
  slot SMALLINT NOT NULL,
  key_name VARCHAR(600) NOT NULL,
  scopes VARCHAR(50) NOT NULL,
  token_hash VARCHAR(64) NOT NULL,
  secret VARCHAR(300),
  epoch BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_used BIGINT,
  CONSTRAINT appkeys_key_pk PRIMARY KEY (tenant, id),
  CONSTRAINT appkeys_key_slot_uq UNIQUE (tenant, account, slot)
);
CREATE INDEX appkeys_key_expiry_ix ON appkeys_key (tenant, expires_at);
