-- 0 where the site's settings say that loudness is not measured; the figures are null then.
ALTER TABLE analysis_track ADD COLUMN loudness_measured SMALLINT DEFAULT 1 NOT NULL;
