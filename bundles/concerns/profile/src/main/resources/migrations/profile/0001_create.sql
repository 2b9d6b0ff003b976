-- Changes of the address: a wish that a job sees to, a link to confirm the new one or to undo the change, by the SHA-256
-- (hex) of its token.
-- address (the new one to confirm, the old one to restore) is sealed under the owner's key.
CREATE TABLE profile_email (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  token_hash VARCHAR(64) NOT NULL,
  account VARCHAR(36) NOT NULL,
  kind VARCHAR(8) NOT NULL,
  address VARCHAR(2000) NOT NULL,
  epoch BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT profile_email_pk PRIMARY KEY (tenant, id),
  CONSTRAINT profile_email_token_uq UNIQUE (tenant, token_hash)
);
CREATE INDEX profile_email_account_ix ON profile_email (tenant, account, kind);
CREATE INDEX profile_email_expiry_ix ON profile_email (tenant, expires_at);

-- What somebody's pages and players remember, one 'name kind value' per line, sealed under the owner's key.
CREATE TABLE profile_preferences (
  tenant VARCHAR(32) NOT NULL,
  account VARCHAR(36) NOT NULL,
  prefs VARCHAR(12000) NOT NULL,
  CONSTRAINT profile_preferences_pk PRIMARY KEY (tenant, account)
);
