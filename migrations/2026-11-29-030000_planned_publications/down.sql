DROP TABLE planned_publications;
