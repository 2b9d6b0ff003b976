CREATE TABLE jobs_job (
  tenant VARCHAR(32) NOT NULL,
  id VARCHAR(36) NOT NULL,
  owner VARCHAR(36) NOT NULL,
  kind VARCHAR(100) NOT NULL,
  subject VARCHAR(200) NOT NULL,
  payload VARCHAR(4200) NOT NULL,
  state VARCHAR(10) NOT NULL,
  attempt INTEGER NOT NULL,
  max_attempts INTEGER NOT NULL,
  done_units BIGINT NOT NULL,
  total_units BIGINT NOT NULL,
  stage VARCHAR(100) NOT NULL,
  failure VARCHAR(500),
  created_at BIGINT NOT NULL,
  run_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  lease_version BIGINT NOT NULL,
  node VARCHAR(36) NOT NULL,
  cancel_requested SMALLINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX jobs_job_turn ON jobs_job (tenant, state, owner, run_at);
CREATE INDEX jobs_job_subject ON jobs_job (tenant, subject, id);
CREATE INDEX jobs_job_owner ON jobs_job (tenant, owner, id);
