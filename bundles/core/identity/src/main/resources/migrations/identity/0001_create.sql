-- One row per account. email_index is a MAC of the normalised address, so that no
-- message about the unique key repeats an address; roles are words separated by a space.
CREATE TABLE identity_account (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  email VARCHAR(254) NOT NULL,
  email_index VARCHAR(64) NOT NULL,
  display_name VARCHAR(100) NOT NULL,
  roles VARCHAR(100) NOT NULL,
  plan_name VARCHAR(32) NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT identity_account_pk PRIMARY KEY (tenant, id),
  CONSTRAINT identity_account_email_uq UNIQUE (tenant, email_index)
);
