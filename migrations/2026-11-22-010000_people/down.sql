DROP FUNCTION app.enter_system(uuid, timestamptz);
DROP FUNCTION app.enter(uuid, integer, text, timestamptz, timestamptz, boolean);
DROP TABLE throttles, signing_keys, refresh_tokens, sessions, role_grants, relationships, sign_in_names, accounts,
    employments, contact_points, person_identifiers, persons CASCADE;
DROP FUNCTION app.supervises(uuid);
