-- One row per account. What is personal is sealed under the owner's key (base64url), which is not in this database. The
-- indexes are MACs of the normalised address and of the username's skeleton: a database repeats the values of a violated
-- key in messages and in its own log, and those are no addresses. roles and factors are words separated by a space.
CREATE TABLE identity_account (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  email VARCHAR(1200) NOT NULL,
  email_index VARCHAR(64) NOT NULL,
  username VARCHAR(400) NOT NULL,
  username_index VARCHAR(64),
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
  CONSTRAINT identity_account_email_uq UNIQUE (tenant, email_index),
  CONSTRAINT identity_account_username_uq UNIQUE (tenant, username_index)
);
