-- Passkeys. key_name and credential (AAGUID, credential id and public key) are sealed under the owner's key;
-- credential_hash is a SHA-256 (hex) of the credential id, unique per tenant. flags: 1 user verified at
-- registration, 2 may be backed up, 4 is backed up.
CREATE TABLE passkeys_credential (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  account VARCHAR(36) NOT NULL,
  key_name VARCHAR(600) NOT NULL,
  credential_hash VARCHAR(64) NOT NULL,
  credential VARCHAR(8000) NOT NULL,
  transports VARCHAR(200) NOT NULL,
  flags SMALLINT NOT NULL,
  sign_count BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used BIGINT,
  CONSTRAINT passkeys_credential_pk PRIMARY KEY (tenant, id),
  CONSTRAINT passkeys_credential_uq UNIQUE (tenant, credential_hash)
);
CREATE INDEX passkeys_credential_account_ix ON passkeys_credential (tenant, account);

-- Challenges that were not answered yet: a SHA-256 (hex) of each. account is empty where nobody is signed in.
CREATE TABLE passkeys_challenge (
  tenant VARCHAR(32) NOT NULL,
  challenge_hash VARCHAR(64) NOT NULL,
  purpose VARCHAR(10) NOT NULL,
  account VARCHAR(36) NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT passkeys_challenge_pk PRIMARY KEY (tenant, challenge_hash)
);
CREATE INDEX passkeys_challenge_expiry_ix ON passkeys_challenge (tenant, expires_at);
