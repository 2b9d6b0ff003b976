-- Tables begin with the unit's name; the tenant begins every key.
CREATE TABLE example_note (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  owner_id VARCHAR(36) NOT NULL,
  note VARCHAR(500) NOT NULL,
  written_at BIGINT NOT NULL,
  CONSTRAINT example_note_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX example_note_owner_ix ON example_note (tenant, owner_id, id);
