-- One row per letter. Recipient, subject and bodies are sealed, under the owner's key when it has an owner, and
-- leave with the letter; what stays for a few days says only that one of that template was sent or failed.
CREATE TABLE mail_message (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  template VARCHAR(100) NOT NULL,
  lang VARCHAR(35) NOT NULL,
  host VARCHAR(255) NOT NULL,
  owner VARCHAR(36),
  state VARCHAR(16) NOT NULL,
  tries INTEGER NOT NULL,
  reason VARCHAR(200) NOT NULL,
  created_at BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  ended_at BIGINT,
  recipient VARCHAR(2000),
  subject VARCHAR(4000),
  body_text VARCHAR(32672),
  body_html VARCHAR(32672),
  CONSTRAINT mail_message_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX mail_message_owner_ix ON mail_message (tenant, owner);
CREATE INDEX mail_message_state_ix ON mail_message (tenant, state, created_at);
CREATE INDEX mail_message_ended_ix ON mail_message (tenant, ended_at);
