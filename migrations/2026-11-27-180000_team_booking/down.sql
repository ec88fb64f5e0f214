DROP FUNCTION app.free_report_holds(uuid);
DROP FUNCTION app.report_open_visits(uuid, uuid);
DROP FUNCTION app.report_times(uuid, timestamptz, uuid);
DROP POLICY held_for_reports ON claims;
DROP POLICY of_reports ON claims;
DROP POLICY of_reports ON slot_holds;
DROP POLICY of_reports ON appointments;
DROP POLICY own_reports ON relationships;

DROP POLICY team_frees ON claims;
DROP POLICY team_keeps ON claims;
DROP POLICY team_takes ON claims;
DROP POLICY team ON claims;
REVOKE ALL ON claims FROM salus_supervisor;
DROP POLICY team_changes ON slot_holds;
DROP POLICY team_keeps ON slot_holds;
DROP POLICY team ON slot_holds;
REVOKE ALL ON slot_holds FROM salus_supervisor;
DROP POLICY team_changes ON questionnaire_assignments;
DROP POLICY team ON questionnaire_assignments;
REVOKE ALL ON questionnaire_assignments FROM salus_supervisor;
GRANT INSERT ON questionnaire_assignments TO salus_supervisor;
DROP POLICY team_moves ON appointment_resources;
DROP POLICY team_books ON appointment_resources;
DROP POLICY team ON appointment_resources;
REVOKE ALL ON appointment_resources FROM salus_supervisor;
DROP POLICY team_changes ON appointments;
DROP POLICY team_books ON appointments;
REVOKE ALL ON appointments FROM salus_supervisor;
GRANT SELECT (id, provider_org_id, employer_id, person_id, appointment_type_id, location_id, modality, starts_at, shown_ends_at, time_zone, state, version)
    ON appointments TO salus_supervisor;
REVOKE SELECT (closed_at) ON due_items FROM salus_supervisor;
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['blackouts', 'schedule_types', 'schedule_windows', 'schedules', 'resources',
        'appointment_type_questionnaires', 'appointment_type_locations', 'appointment_type_needs']
    LOOP
        EXECUTE format('DROP POLICY team ON %I', t);
        EXECUTE format('REVOKE ALL ON %I FROM salus_supervisor', t);
    END LOOP;
END
$$;
REVOKE SELECT (duration, shown_duration, buffer_before, buffer_after, modalities, clinic_confirms, min_notice_to_book,
    cancel_notice, move_notice, max_moves, max_per_day, display_order, active) ON appointment_types FROM salus_supervisor;
ALTER TABLE appointments DROP COLUMN supervisor_comment_sealed;
