-- Questionnaires and their versions; who is asked, what was answered, what it becomes as data.
CREATE TABLE questionnaires (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9-]{0,63}$'),
    title jsonb NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('exam', 'message', 'consent', 'applicant', 'injury', 'supervisor', 'survey', 'attestation')),
    respondent text NOT NULL CHECK (respondent IN ('self', 'supervisor', 'clinician', 'applicant', 'proxy')),
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, key)
);
COMMENT ON TABLE questionnaires IS 'What people are asked, whatever the version';
COMMENT ON COLUMN questionnaires.title IS 'The title by language';

CREATE TABLE questionnaire_versions (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    questionnaire_id uuid NOT NULL,
    number integer NOT NULL CHECK (number >= 1),
    state text NOT NULL CHECK (state IN ('draft', 'published', 'retired')),
    content jsonb NOT NULL CHECK (octet_length(content::text) <= 1048576),
    content_hash bytea CHECK (octet_length(content_hash) = 32),
    change_note text CHECK (char_length(change_note) BETWEEN 1 AND 500),
    published_at timestamptz,
    published_by uuid,
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    CHECK (state = 'draft' OR (content_hash IS NOT NULL AND change_note IS NOT NULL AND published_at IS NOT NULL)),
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, questionnaire_id, number),
    FOREIGN KEY (provider_org_id, questionnaire_id) REFERENCES questionnaires (provider_org_id, id)
);
COMMENT ON TABLE questionnaire_versions IS 'States of a questionnaire; the published one with the highest number is current';
COMMENT ON COLUMN questionnaire_versions.content_hash IS 'SHA-256 of the published content';

-- Answers point at a version for ever, so what was asked must stay what it was.
CREATE FUNCTION app.keep_published_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'retired'
        AND (to_jsonb(NEW) - 'state' - 'version') = (to_jsonb(OLD) - 'state' - 'version') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'questionnaire_version_published';
END
$$;
COMMENT ON FUNCTION app.keep_published_version() IS 'Refuses every change of a published version but its retirement';
CREATE TRIGGER keep_published BEFORE UPDATE OR DELETE ON questionnaire_versions
    FOR EACH ROW EXECUTE FUNCTION app.keep_published_version();

CREATE TABLE questionnaire_assignments (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    owner text NOT NULL CHECK (owner IN ('employer', 'provider', 'employee')),
    governance text NOT NULL CHECK (governance IN ('osha', 'hipaa', 'dot', 'faa', 'general')),
    questionnaire_id uuid NOT NULL,
    reason text NOT NULL CHECK (reason IN ('order', 'pre_visit', 'panel_action', 'case', 'applicant', 'consent', 'follow_up', 'ad_hoc')),
    appointment_id uuid,
    due_on date,
    state text NOT NULL CHECK (state IN ('open', 'in_progress', 'submitted', 'waived', 'cancelled')),
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, questionnaire_id) REFERENCES questionnaires (provider_org_id, id)
);
COMMENT ON TABLE questionnaire_assignments IS 'Questionnaires handed to persons to answer';
COMMENT ON COLUMN questionnaire_assignments.appointment_id IS 'The visit it prepares';
CREATE INDEX questionnaire_assignments_person ON questionnaire_assignments (provider_org_id, person_id, state, due_on, id);
CREATE INDEX questionnaire_assignments_employer ON questionnaire_assignments (provider_org_id, employer_id);
CREATE INDEX questionnaire_assignments_questionnaire ON questionnaire_assignments (provider_org_id, questionnaire_id);
CREATE UNIQUE INDEX questionnaire_assignments_once_per_visit ON questionnaire_assignments (provider_org_id, appointment_id, questionnaire_id)
    WHERE appointment_id IS NOT NULL AND state <> 'cancelled';

CREATE TABLE questionnaire_responses (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    owner text NOT NULL CHECK (owner IN ('employer', 'provider', 'employee')),
    governance text NOT NULL CHECK (governance IN ('osha', 'hipaa', 'dot', 'faa', 'general')),
    questionnaire_id uuid NOT NULL,
    questionnaire_version_id uuid NOT NULL,
    assignment_id uuid,
    author_account_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'submitted', 'reviewed', 'amended', 'expired', 'discarded', 'entered_in_error')),
    language text NOT NULL,
    revision integer NOT NULL DEFAULT 0,
    saved_at timestamptz NOT NULL,
    saved_on date NOT NULL,
    expires_at timestamptz NOT NULL,
    blank_recommended integer NOT NULL DEFAULT 0,
    severity smallint NOT NULL DEFAULT 0 CHECK (severity BETWEEN 0 AND 3),
    submitted_at timestamptz,
    reviewed_at timestamptz,
    reviewed_by uuid,
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    CHECK (state IN ('draft', 'expired', 'discarded') OR submitted_at IS NOT NULL),
    CHECK (state <> 'reviewed' OR (reviewed_at IS NOT NULL AND reviewed_by IS NOT NULL)),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, questionnaire_id) REFERENCES questionnaires (provider_org_id, id),
    FOREIGN KEY (provider_org_id, questionnaire_version_id) REFERENCES questionnaire_versions (provider_org_id, id),
    FOREIGN KEY (provider_org_id, assignment_id) REFERENCES questionnaire_assignments (provider_org_id, id),
    FOREIGN KEY (provider_org_id, author_account_id) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, reviewed_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE questionnaire_responses IS 'Answers of one person to one version, from draft to review';
COMMENT ON COLUMN questionnaire_responses.saved_on IS 'The person''s local date at the last save; what is shown may depend on it';
COMMENT ON COLUMN questionnaire_responses.version IS 'Counts every saved answer; an answer carries the version that brought it';
COMMENT ON COLUMN questionnaire_responses.severity IS '0 no flag, 1 info, 2 attention, 3 urgent';
CREATE UNIQUE INDEX questionnaire_responses_one_draft ON questionnaire_responses
    (provider_org_id, person_id, questionnaire_id, assignment_id, author_account_id) NULLS NOT DISTINCT WHERE state = 'draft';
CREATE INDEX questionnaire_responses_person ON questionnaire_responses (provider_org_id, person_id, submitted_at);
CREATE INDEX questionnaire_responses_to_review ON questionnaire_responses (provider_org_id, state, severity DESC, submitted_at, id) WHERE state <> 'draft';
CREATE INDEX questionnaire_responses_employer ON questionnaire_responses (provider_org_id, employer_id);
CREATE INDEX questionnaire_responses_questionnaire ON questionnaire_responses (provider_org_id, questionnaire_id);
CREATE INDEX questionnaire_responses_version ON questionnaire_responses (provider_org_id, questionnaire_version_id);
CREATE INDEX questionnaire_responses_assignment ON questionnaire_responses (provider_org_id, assignment_id);
CREATE INDEX questionnaire_responses_author ON questionnaire_responses (provider_org_id, author_account_id);
CREATE INDEX questionnaire_responses_reviewer ON questionnaire_responses (provider_org_id, reviewed_by);

CREATE TABLE questionnaire_answers (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    response_id uuid NOT NULL,
    link_id text NOT NULL CHECK (char_length(link_id) BETWEEN 1 AND 64),
    instance text NOT NULL DEFAULT '',
    value_sealed bytea,
    version integer NOT NULL,
    saved_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, response_id, link_id, instance),
    FOREIGN KEY (provider_org_id, response_id) REFERENCES questionnaire_responses (provider_org_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE questionnaire_answers IS 'Single answers as typed, sealed; drafts keep hidden ones, submission deletes them';
COMMENT ON COLUMN questionnaire_answers.value_sealed IS 'Null when the answer was cleared';
COMMENT ON COLUMN questionnaire_answers.instance IS 'The round of each repeat around the item; empty outside of repeats';

CREATE TABLE questionnaire_operations (
    op_id uuid NOT NULL,
    provider_org_id uuid NOT NULL,
    response_id uuid NOT NULL,
    answer_version integer NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (provider_org_id, response_id, op_id),
    FOREIGN KEY (provider_org_id, response_id) REFERENCES questionnaire_responses (provider_org_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE questionnaire_operations IS 'Changes applied to drafts, so that a repeated one changes nothing';

CREATE TABLE questionnaire_revisions (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    response_id uuid NOT NULL,
    revision integer NOT NULL CHECK (revision >= 1),
    language text NOT NULL,
    content_sealed bytea NOT NULL,
    content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
    submitted_at timestamptz NOT NULL,
    submitted_by uuid NOT NULL,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, response_id, revision),
    FOREIGN KEY (provider_org_id, response_id) REFERENCES questionnaire_responses (provider_org_id, id)
);
COMMENT ON TABLE questionnaire_revisions IS 'What was submitted, as it was submitted: answers, calculated values, flags, the facts rules knew';
COMMENT ON COLUMN questionnaire_revisions.content_hash IS 'SHA-256 over version, language and content before sealing';

CREATE TABLE observations (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    owner text NOT NULL CHECK (owner IN ('employer', 'provider', 'employee')),
    governance text NOT NULL CHECK (governance IN ('osha', 'hipaa', 'dot', 'faa', 'general')),
    response_id uuid,
    link_id text,
    instance text NOT NULL DEFAULT '',
    system text NOT NULL CHECK (system IN ('loinc', 'local')),
    code text NOT NULL CHECK (char_length(code) BETWEEN 1 AND 64),
    display text NOT NULL CHECK (char_length(display) BETWEEN 1 AND 255),
    status text NOT NULL CHECK (status IN ('preliminary', 'final', 'amended', 'entered_in_error')),
    value_decimal text CHECK (value_decimal ~ '^-?[0-9]+(\.[0-9]+)?$'),
    value_number numeric GENERATED ALWAYS AS (value_decimal::numeric) STORED,
    value_unit text,
    value_bool boolean,
    value_date date,
    value_codes text[],
    value_text_sealed bytea,
    observed_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    CHECK (num_nonnulls(value_decimal, value_bool, value_date, value_codes, value_text_sealed) = 1),
    CHECK ((response_id IS NULL) = (link_id IS NULL)),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, response_id) REFERENCES questionnaire_responses (provider_org_id, id)
);
COMMENT ON TABLE observations IS 'Coded things known of a person, made from answers or measured; numbers and codes are plain so that they can be compared';
COMMENT ON COLUMN observations.value_decimal IS 'The exact decimal as text; value_number is the same for comparisons';
COMMENT ON COLUMN observations.value_unit IS 'UCUM code';
CREATE UNIQUE INDEX observations_once ON observations (provider_org_id, response_id, link_id, instance) WHERE response_id IS NOT NULL;
CREATE INDEX observations_person ON observations (provider_org_id, person_id, code, observed_at);
CREATE INDEX observations_employer ON observations (provider_org_id, employer_id);

CALL app.protect('questionnaires');
CALL app.let_read('questionnaires', '{me,clinic}', 'true');
CALL app.let('questionnaires', '{admin,system}', 'true');
CALL app.protect('questionnaire_versions');
CALL app.let_read('questionnaire_versions', '{me}', 'state <> ''draft''');
CALL app.let_read('questionnaire_versions', '{clinic}', 'true');
CALL app.let('questionnaire_versions', '{admin,system}', 'true');

CALL app.protect('questionnaire_assignments');
CALL app.let('questionnaire_assignments', '{me}', 'person_id = app.person()');
CALL app.let('questionnaire_assignments', '{clinic,system}', 'app.reaches(employer_id)');
-- A supervisor who books for a report hands over the visit's form without ever seeing it.
CREATE POLICY hand_over_team ON questionnaire_assignments FOR INSERT TO salus_supervisor
    WITH CHECK (app.hat() = 'team' AND app.supervises(person_id) AND reason = 'pre_visit' AND appointment_id IS NOT NULL);
GRANT INSERT ON questionnaire_assignments TO salus_supervisor;

-- Answers are for the person and for clinicians; a draft is the person's alone.
CALL app.protect('questionnaire_responses');
CALL app.let('questionnaire_responses', '{me}', 'person_id = app.person()');
CALL app.let('questionnaire_responses', '{clinic}', 'app.has_role(''clinician'') AND app.reaches(employer_id)
    AND (state NOT IN (''draft'', ''expired'', ''discarded'') OR author_account_id = app.account())');
CALL app.let('questionnaire_responses', '{system}', 'true');
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['questionnaire_answers', 'questionnaire_operations', 'questionnaire_revisions'] LOOP
        CALL app.protect(t);
        CALL app.let(t, '{me,clinic,system}', format('EXISTS (SELECT 1 FROM questionnaire_responses r
            WHERE r.provider_org_id = %1$I.provider_org_id AND r.id = %1$I.response_id)', t));
    END LOOP;
END
$$;
CALL app.protect('observations');
CALL app.let('observations', '{me}', 'person_id = app.person()');
CALL app.let('observations', '{clinic}', 'app.has_role(''clinician'') AND app.reaches(employer_id)');
CALL app.let('observations', '{system}', 'true');
