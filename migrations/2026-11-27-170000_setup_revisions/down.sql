DROP TABLE setup_revisions;
