DROP INDEX portal_versions_account;
ALTER TABLE portal_versions DROP CONSTRAINT portal_versions_provider_org_id_published_by_fkey;
DROP POLICY publish_admin ON portal_versions;
DROP POLICY publish_admin ON portals;
DROP POLICY read_admin ON appointment_types;
DROP TABLE portal_drafts;
