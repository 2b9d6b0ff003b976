-- 1 while a job's handler has not been told that the job was cancelled: its bundle was away.
ALTER TABLE jobs_job ADD COLUMN untold SMALLINT DEFAULT 0 NOT NULL;
