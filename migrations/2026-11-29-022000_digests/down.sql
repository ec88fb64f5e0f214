DROP TABLE digests, digest_choices;
