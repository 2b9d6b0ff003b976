-- One row per wish of the staff to read what somebody else uploaded. track_id is empty for all of the owner's tracks;
-- asked_by and approved_by are empty for the operator at the console and account ids otherwise; what is not (yet) has time 0.
CREATE TABLE breakglass_grant (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  owner_id VARCHAR(36) NOT NULL,
  track_id VARCHAR(36) NOT NULL,
  staff_id VARCHAR(36) NOT NULL,
  asked_by VARCHAR(36) NOT NULL,
  approved_by VARCHAR(36) NOT NULL,
  ticket VARCHAR(40) NOT NULL,
  reason VARCHAR(2500) NOT NULL,
  wanted_millis BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,
  approved_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL,
  CONSTRAINT breakglass_grant_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX breakglass_grant_owner_ix ON breakglass_grant (tenant, owner_id, id);
CREATE INDEX breakglass_grant_staff_ix ON breakglass_grant (tenant, staff_id, id);
