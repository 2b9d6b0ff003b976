-- One row per act. Ids and words only; facts are lines of name=value. leaf is what the tree holds of
-- the row (a version, the time and two hashes), mac says that this platform wrote it. When its people
-- are erased, actor_kind to salt are emptied: the act itself can still be proven by act_salt.
CREATE TABLE audit_entry (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  happened_at BIGINT NOT NULL,
  action VARCHAR(100) NOT NULL,
  success SMALLINT NOT NULL,
  act_salt VARCHAR(22) NOT NULL,
  actor_kind VARCHAR(16) NOT NULL,
  actor VARCHAR(36) NOT NULL,
  subject VARCHAR(100) NOT NULL,
  owner VARCHAR(36) NOT NULL,
  peer VARCHAR(100) NOT NULL,
  facts VARCHAR(2500) NOT NULL,
  salt VARCHAR(43) NOT NULL,
  leaf VARCHAR(98) NOT NULL,
  mac VARCHAR(43) NOT NULL,
  CONSTRAINT audit_entry_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX audit_entry_owner_ix ON audit_entry (tenant, owner, id);
CREATE INDEX audit_entry_actor_ix ON audit_entry (tenant, actor, id);
-- Which leaf of the tree an entry is. Written once, by whoever holds the row of audit_tree.
CREATE TABLE audit_leaf (
  tenant VARCHAR(32) NOT NULL,
  idx BIGINT NOT NULL,
  entry VARCHAR(36) NOT NULL,
  CONSTRAINT audit_leaf_pk PRIMARY KEY (tenant, idx)
);
CREATE UNIQUE INDEX audit_leaf_entry_ix ON audit_leaf (tenant, entry);
-- c2sp.org/tlog-tiles: up to 256 hashes in base64; height -1 has the leaves themselves.
CREATE TABLE audit_tile (
  tenant VARCHAR(32) NOT NULL,
  height INTEGER NOT NULL,
  tile BIGINT NOT NULL,
  width INTEGER NOT NULL,
  content VARCHAR(26000) NOT NULL,
  CONSTRAINT audit_tile_pk PRIMARY KEY (tenant, height, tile)
);
-- The log's key, sealed, and its last signed checkpoint.
CREATE TABLE audit_tree (
  tenant VARCHAR(32) NOT NULL,
  origin VARCHAR(300) NOT NULL,
  sealed_key VARCHAR(400) NOT NULL,
  leaves BIGINT NOT NULL,
  checkpoint VARCHAR(1000) NOT NULL,
  signed_at BIGINT NOT NULL,
  CONSTRAINT audit_tree_pk PRIMARY KEY (tenant)
);
-- What the tenant's file said when it was last noted: a fingerprint of each value.
CREATE TABLE audit_settings (
  tenant VARCHAR(32) NOT NULL,
  fingerprints VARCHAR(16000) NOT NULL,
  CONSTRAINT audit_settings_pk PRIMARY KEY (tenant)
);
