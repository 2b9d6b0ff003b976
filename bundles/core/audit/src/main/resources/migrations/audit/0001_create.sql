-- One row per act. Ids and words only; facts are lines of name=value.
CREATE TABLE audit_entry (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  happened_at BIGINT NOT NULL,
  actor_kind VARCHAR(16) NOT NULL,
  actor VARCHAR(36) NOT NULL,
  action VARCHAR(100) NOT NULL,
  subject VARCHAR(100) NOT NULL,
  owner VARCHAR(36),
  peer VARCHAR(100) NOT NULL,
  success SMALLINT NOT NULL,
  facts VARCHAR(2500) NOT NULL,
  CONSTRAINT audit_entry_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX audit_entry_owner_ix ON audit_entry (tenant, owner, id);
CREATE INDEX audit_entry_actor_ix ON audit_entry (tenant, actor, id);
CREATE INDEX audit_entry_at_ix ON audit_entry (tenant, happened_at);
