-- A grant limited to some employers reaches the people who are or were employed by one of them, and
-- nobody else: not in a search, not by an id, not by a code, a contact point or a claim of theirs.
CREATE FUNCTION app.reaches_person(person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('app.employers', true), '') = '' OR EXISTS (
        SELECT 1 FROM public.employments e
         WHERE e.provider_org_id = app.provider_org() AND e.person_id = person AND app.reaches(e.employer_id))
$$;
COMMENT ON FUNCTION app.reaches_person(uuid) IS 'Whether the grant of the acting account covers an employer of the person, past ones included';

-- A list of none would read as no limit.
ALTER TABLE role_grants ADD CONSTRAINT role_grants_some_employer CHECK (employer_ids IS NULL OR cardinality(employer_ids) > 0);

-- Restrictive: no other policy of the table can open what these close.
CREATE POLICY limited ON persons AS RESTRICTIVE FOR SELECT TO salus_app USING (app.reaches_person(id));
CREATE POLICY limited ON person_identifiers AS RESTRICTIVE FOR SELECT TO salus_app USING (app.reaches(employer_id));
CREATE POLICY limited ON employments AS RESTRICTIVE FOR SELECT TO salus_app USING (app.reaches(employer_id));
CREATE POLICY limited ON contact_points AS RESTRICTIVE FOR SELECT TO salus_app USING (app.reaches_person(person_id));
CREATE POLICY limited ON relationships AS RESTRICTIVE FOR SELECT TO salus_app USING (app.reaches_person(person_id));
CREATE POLICY limited ON chart_keys AS RESTRICTIVE FOR SELECT TO salus_app USING (app.reaches_person(person_id));
CREATE POLICY limited ON pickup_codes AS RESTRICTIVE FOR SELECT TO salus_app USING (app.reaches_person(person_id));
CREATE POLICY limited ON slot_holds AS RESTRICTIVE FOR SELECT TO salus_app USING (app.reaches_person(person_id));
CREATE POLICY limited ON claims AS RESTRICTIVE FOR SELECT TO salus_app USING (person_id IS NULL OR app.reaches_person(person_id));
