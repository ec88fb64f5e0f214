DROP POLICY make_admin ON portals;
ALTER TABLE portals DROP COLUMN begins_with;
