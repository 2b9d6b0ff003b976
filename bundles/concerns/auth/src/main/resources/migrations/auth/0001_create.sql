-- Sessions: the token itself is only with the browser, here is its SHA-256 (hex). A session is good while the
-- account has the same epoch. label (what may be kept of the device) is sealed under the owner's key.
CREATE TABLE auth_session (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  token_hash VARCHAR(64) NOT NULL,
  account VARCHAR(36) NOT NULL,
  epoch BIGINT NOT NULL,
  label VARCHAR(512) NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  proven_at BIGINT NOT NULL,
  CONSTRAINT auth_session_pk PRIMARY KEY (tenant, id),
  CONSTRAINT auth_session_token_uq UNIQUE (tenant, token_hash)
);
CREATE INDEX auth_session_account_ix ON auth_session (tenant, account);
CREATE INDEX auth_session_expiry_ix ON auth_session (tenant, expires_at);

-- Passwords: scheme says how a password becomes pw_hash, cost how dear that is; see PasswordHasher.
CREATE TABLE auth_credential (
  tenant VARCHAR(32) NOT NULL,
  account VARCHAR(36) NOT NULL,
  scheme VARCHAR(32) NOT NULL,
  cost INTEGER NOT NULL,
  pw_hash VARCHAR(100) NOT NULL,
  CONSTRAINT auth_credential_pk PRIMARY KEY (tenant, account)
);
CREATE INDEX auth_credential_cost_ix ON auth_credential (tenant, cost);

-- Links in mails, by the SHA-256 (hex) of their token; good once, until expires_at, in their epoch. detail (the
-- username that waits for the confirmation) is sealed under the owner's key. Rows of kind ALREADY, GUESSED and CODELESS are no
-- links: they remember when the owner was last told that there is an account, or that strangers guess the password.
CREATE TABLE auth_token (
  tenant VARCHAR(32) NOT NULL,
  token_hash VARCHAR(64) NOT NULL,
  account VARCHAR(36) NOT NULL,
  kind VARCHAR(8) NOT NULL,
  epoch BIGINT NOT NULL,
  detail VARCHAR(512) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT auth_token_pk PRIMARY KEY (tenant, token_hash)
);
CREATE INDEX auth_token_account_ix ON auth_token (tenant, account, kind);
CREATE INDEX auth_token_age_ix ON auth_token (tenant, kind, created_at);

-- What strangers asked for (a sign-up, a new password), sealed under the tenant's key, for the seconds until a job
-- sees to it: the answer was given before anybody looked whom it is about.
CREATE TABLE auth_request (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  body VARCHAR(8000) NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT auth_request_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX auth_request_age_ix ON auth_request (tenant, created_at);

-- From which networks an account was signed in to today: a MAC (hex) of the address and the network's pseudonym of
-- that day, only where net.identity keeps one. Of no use after midnight; removed after a day.
CREATE TABLE auth_known (
  tenant VARCHAR(32) NOT NULL,
  pair VARCHAR(64) NOT NULL,
  account VARCHAR(36) NOT NULL,
  seen_at BIGINT NOT NULL,
  CONSTRAINT auth_known_pk PRIMARY KEY (tenant, pair)
);
CREATE INDEX auth_known_account_ix ON auth_known (tenant, account);
CREATE INDEX auth_known_age_ix ON auth_known (tenant, seen_at);
