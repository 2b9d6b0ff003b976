-- Sessions: the token itself is only with the browser, here is its SHA-256 (hex).
CREATE TABLE auth_session (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  token_hash VARCHAR(64) NOT NULL,
  account VARCHAR(36) NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT auth_session_pk PRIMARY KEY (tenant, id),
  CONSTRAINT auth_session_token_uq UNIQUE (tenant, token_hash)
);
CREATE INDEX auth_session_account_ix ON auth_session (tenant, account);
CREATE INDEX auth_session_expiry_ix ON auth_session (tenant, expires_at);

-- Passwords: scheme says how a password becomes pw_hash; see PasswordHasher.
CREATE TABLE auth_credential (
  tenant VARCHAR(32) NOT NULL,
  account VARCHAR(36) NOT NULL,
  scheme VARCHAR(32) NOT NULL,
  pw_hash VARCHAR(100) NOT NULL,
  CONSTRAINT auth_credential_pk PRIMARY KEY (tenant, account)
);
