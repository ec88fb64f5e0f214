DROP TABLE departments, employer_locations, locations, employers, provider_organizations;
DROP SCHEMA app CASCADE;
REVOKE USAGE ON SCHEMA public FROM salus_app, salus_supervisor, salus_audit, salus_authn;
