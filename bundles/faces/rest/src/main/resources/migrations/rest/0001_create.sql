-- What was done under an account's Idempotency-Key. A status of 0: it is being done, by whoever
-- holds the claim, until the lease ends. Nothing of a body is kept.
CREATE TABLE rest_idempotency (
  tenant VARCHAR(32) NOT NULL,
  account VARCHAR(36) NOT NULL,
  idem_key VARCHAR(128) NOT NULL,
  fingerprint VARCHAR(64) NOT NULL,
  claim VARCHAR(36) NOT NULL,
  lease_until BIGINT NOT NULL,
  status INTEGER NOT NULL,
  location VARCHAR(2000),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, account, idem_key)
);
CREATE INDEX rest_idempotency_age ON rest_idempotency (tenant, created_at);
