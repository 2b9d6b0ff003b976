-- The order of the list as it is asked for, so that a page reads its rows and not the whole library.
DROP INDEX catalog_track_owner;
CREATE INDEX catalog_track_recent ON catalog_track (tenant, owner, created_at DESC, id DESC);
