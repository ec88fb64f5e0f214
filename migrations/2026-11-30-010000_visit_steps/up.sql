-- How a visit came to be what it is: a line for every step, written by the database itself, so that no
-- way of changing a visit can leave it out.
CREATE TABLE visit_steps (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    happened_at timestamptz NOT NULL,
    account_id uuid,
    hat text NOT NULL CHECK (hat IN ('me', 'team', 'clinic', 'admin', 'account', 'system')),
    state text NOT NULL,
    starts_at timestamptz NOT NULL,
    location_id uuid NOT NULL,
    modality text NOT NULL,
    sequence integer NOT NULL,
    attends boolean NOT NULL,
    denied boolean NOT NULL,
    FOREIGN KEY (provider_org_id, appointment_id) REFERENCES appointments (provider_org_id, id)
);
COMMENT ON TABLE visit_steps IS 'What a visit was after each step; what a step was follows from two of them';
COMMENT ON COLUMN visit_steps.location_id IS 'As the visit had it, which had its keys checked';
COMMENT ON COLUMN visit_steps.account_id IS 'Who did it; nobody where the server did';
COMMENT ON COLUMN visit_steps.hat IS 'In what capacity';
COMMENT ON COLUMN visit_steps.attends IS 'Whether the person had said that they will come';
COMMENT ON COLUMN visit_steps.denied IS 'Whether the clinic had said no';
CREATE INDEX visit_steps_visit ON visit_steps (provider_org_id, appointment_id, number);
CALL app.protect('visit_steps');
REVOKE INSERT, UPDATE, DELETE ON visit_steps FROM salus_app;
CALL app.let_read('visit_steps', '{clinic}', 'EXISTS (SELECT 1 FROM appointments a
    WHERE a.provider_org_id = visit_steps.provider_org_id AND a.id = visit_steps.appointment_id)');

-- The function below writes as the owner, whoever changes a visit.
CREATE POLICY kept_by_owner ON visit_steps FOR INSERT TO salus_owner WITH CHECK (true);
CREATE FUNCTION app.keep_visit_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO public.visit_steps (provider_org_id, appointment_id, happened_at, account_id, hat, state, starts_at, location_id, modality,
        sequence, attends, denied)
    VALUES (NEW.provider_org_id, NEW.id, coalesce(app.clock(), clock_timestamp()), app.account(),
        -- By a link in a mail the person gives a visit back, and the server writes it.
        CASE WHEN NEW.state = 'cancelled' AND NEW.cancelled_by_audience = 'employee' THEN 'me' ELSE coalesce(app.hat(), 'system') END, NEW.state,
        NEW.starts_at, NEW.location_id, NEW.modality, NEW.sequence, NEW.confirmed_at IS NOT NULL, NEW.denial_sealed IS NOT NULL);
    RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION app.keep_visit_step() FROM PUBLIC;
COMMENT ON FUNCTION app.keep_visit_step() IS 'Writes down what a visit became';
CREATE TRIGGER keep_first_step AFTER INSERT ON appointments FOR EACH ROW EXECUTE FUNCTION app.keep_visit_step();
CREATE TRIGGER keep_step AFTER UPDATE ON appointments FOR EACH ROW
    WHEN (OLD.state <> NEW.state OR OLD.sequence <> NEW.sequence OR (OLD.confirmed_at IS NULL) <> (NEW.confirmed_at IS NULL))
    EXECUTE FUNCTION app.keep_visit_step();

-- Of the visits there are: that they were made, and what they are now. The rest is in the audit trail.
ALTER TABLE appointments NO FORCE ROW LEVEL SECURITY;
INSERT INTO visit_steps (provider_org_id, appointment_id, happened_at, account_id, hat, state, starts_at, location_id, modality, sequence, attends, denied)
SELECT provider_org_id, id, created_at, created_by, CASE booked_by_audience WHEN 'employee' THEN 'me' WHEN 'supervisor' THEN 'team' ELSE 'clinic' END,
       CASE WHEN state = 'pending' OR denial_sealed IS NOT NULL THEN 'pending' ELSE 'booked' END, starts_at, location_id, modality, sequence, confirmed_at IS NOT NULL, false
  FROM appointments ORDER BY created_at, id;
INSERT INTO visit_steps (provider_org_id, appointment_id, happened_at, account_id, hat, state, starts_at, location_id, modality, sequence, attends, denied)
SELECT provider_org_id, id, CASE state WHEN 'no_show' THEN starts_at ELSE coalesce(cancelled_at, finished_at, begun_at, checked_in_at, starts_at) END,
       cancelled_by, CASE WHEN state IN ('checked_in', 'in_progress', 'fulfilled') OR cancelled_by_audience = 'clinic' THEN 'clinic'
           WHEN cancelled_by_audience = 'employee' THEN 'me' WHEN cancelled_by_audience = 'supervisor' THEN 'team' ELSE 'system' END,
       state, starts_at, location_id, modality, sequence, confirmed_at IS NOT NULL, denial_sealed IS NOT NULL
  FROM appointments WHERE state NOT IN ('pending', 'booked') ORDER BY created_at, id;
ALTER TABLE appointments FORCE ROW LEVEL SECURITY;
