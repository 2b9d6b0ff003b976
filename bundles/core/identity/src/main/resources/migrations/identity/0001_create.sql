-- One row per account. What is personal is sealed under the owner's key (base64url), which is not in this database. The
-- index is a MAC of the normalised address: a database repeats the values of a violated key in messages and in its own log,
-- and those are no addresses. roles and factors are words separated by a space.
CREATE TABLE identity_account (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  email VARCHAR(1200) NOT NULL,
  email_index VARCHAR(64) NOT NULL,
  username VARCHAR(400) NOT NULL,
  display_name VARCHAR(700) NOT NULL,
  artist_name VARCHAR(700) NOT NULL,
  socials VARCHAR(4000) NOT NULL,
  roles VARCHAR(100) NOT NULL,
  plan_name VARCHAR(32) NOT NULL,
  state VARCHAR(16) NOT NULL,
  epoch BIGINT NOT NULL,
  factors VARCHAR(200) NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT identity_account_pk PRIMARY KEY (tenant, id),
  CONSTRAINT identity_account_email_uq UNIQUE (tenant, email_index)
);

-- Addresses that accounts gave up, kept from sign-ups while the change can be undone.
CREATE TABLE identity_former_email (
  tenant VARCHAR(32) NOT NULL,
  email_index VARCHAR(64) NOT NULL,
  account VARCHAR(36) NOT NULL,
  kept_until BIGINT NOT NULL,
  CONSTRAINT identity_former_email_pk PRIMARY KEY (tenant, email_index)
);
CREATE INDEX identity_former_email_account_ix ON identity_former_email (tenant, account);
CREATE INDEX identity_former_email_until_ix ON identity_former_email (tenant, kept_until);

-- MACs of the skeletons of usernames: two names that look the same share one. kept_until is null while the name is in use.
CREATE TABLE identity_username (
  tenant VARCHAR(32) NOT NULL,
  name_key VARCHAR(64) NOT NULL,
  account VARCHAR(36) NOT NULL,
  kept_until BIGINT,
  CONSTRAINT identity_username_pk PRIMARY KEY (tenant, name_key)
);
CREATE INDEX identity_username_account_ix ON identity_username (tenant, account);

-- What the staff wrote about an account; the text is sealed under the key of the account that it is about.
CREATE TABLE identity_note (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  account VARCHAR(36) NOT NULL,
  author VARCHAR(36) NOT NULL,
  created_at BIGINT NOT NULL,
  note_text VARCHAR(11000) NOT NULL,
  CONSTRAINT identity_note_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX identity_note_account_ix ON identity_note (tenant, account, id);
