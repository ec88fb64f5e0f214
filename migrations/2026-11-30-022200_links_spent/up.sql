-- A link by which a visit was given back, or an offered time taken or left, has served.
ALTER TABLE appointment_links ADD COLUMN spent_at timestamptz;
COMMENT ON COLUMN appointment_links.spent_at IS 'When a visit was given back by it, or an offered time taken or left; it opens nothing any more';
