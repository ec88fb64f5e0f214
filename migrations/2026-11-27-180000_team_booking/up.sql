-- Supervisors find, take, move and give back times for those who report to them: the columns and rows
-- that finding a time needs, of kinds of visits they may see, and no more.

ALTER TABLE appointments ADD COLUMN supervisor_comment_sealed bytea;
COMMENT ON COLUMN appointments.supervisor_comment_sealed IS 'What the supervisor who booked wrote, for the person to read; sealed by the organization''s key, since no chart is open to a supervisor';

-- What the clinic set up, as far as it decides when a visit can be.
GRANT SELECT (duration, shown_duration, buffer_before, buffer_after, modalities, clinic_confirms, min_notice_to_book,
    cancel_notice, move_notice, max_moves, max_per_day, display_order, active) ON appointment_types TO salus_supervisor;
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['appointment_type_needs', 'appointment_type_locations', 'appointment_type_questionnaires']
    LOOP
        EXECUTE format('CREATE POLICY team ON %1$I FOR SELECT TO salus_supervisor USING (app.hat() = ''team'' AND EXISTS (
            SELECT 1 FROM appointment_types t WHERE t.provider_org_id = %1$I.provider_org_id
               AND t.id = %1$I.appointment_type_id AND t.supervisor_bookable))', t);
    END LOOP;
END
$$;
GRANT SELECT (provider_org_id, appointment_type_id, position, kind, skill, resource_id, count) ON appointment_type_needs TO salus_supervisor;
GRANT SELECT (provider_org_id, appointment_type_id, location_id) ON appointment_type_locations TO salus_supervisor;
GRANT SELECT (provider_org_id, appointment_type_id, questionnaire_id, position) ON appointment_type_questionnaires TO salus_supervisor;
CALL app.let_team('resources', 'active', 'id, provider_org_id, kind, name, skills, home_location_id, active');
CALL app.let_team('schedules', 'deleted_at IS NULL AND ''supervisor'' = ANY (audience)',
    'id, provider_org_id, resource_id, location_id, modality, all_types, effective_from, effective_until, every_n_weeks, interval_minutes, offset_minutes, capacity, daily_cap, overbook, opens_at, audience, priority, deleted_at, version');
CALL app.let_team('schedule_windows', 'EXISTS (SELECT 1 FROM schedules s
    WHERE s.provider_org_id = schedule_windows.provider_org_id AND s.id = schedule_windows.schedule_id)',
    'provider_org_id, schedule_id, weekday, on_date, start_minute, end_minute');
CALL app.let_team('schedule_types', 'EXISTS (SELECT 1 FROM appointment_types t
    WHERE t.provider_org_id = schedule_types.provider_org_id AND t.id = schedule_types.appointment_type_id)',
    'provider_org_id, schedule_id, appointment_type_id');
CALL app.let_team('blackouts', 'deleted_at IS NULL',
    'id, provider_org_id, resource_id, location_id, starts_local, ends_local, whole_days, modality, yearly, deleted_at, version');

-- Visits of a kind they may book.
GRANT SELECT (local_start, moves, sequence) ON appointments TO salus_supervisor;
GRANT SELECT (closed_at) ON due_items TO salus_supervisor;
GRANT INSERT (id, provider_org_id, employer_id, person_id, owner, governance, appointment_type_id, location_id, modality, starts_at, ends_at,
    shown_ends_at, local_start, time_zone, state, booked_by_audience, comment_sealed, supervisor_comment_sealed, created_at, created_by) ON appointments TO salus_supervisor;
GRANT UPDATE (location_id, modality, starts_at, ends_at, shown_ends_at, local_start, time_zone, state, cancel_reason_id, cancel_comment_sealed,
    denial_sealed, cancelled_at, cancelled_by, cancelled_by_audience, sequence, moves, confirmed_at, version) ON appointments TO salus_supervisor;
CREATE POLICY team_books ON appointments FOR INSERT TO salus_supervisor
    WITH CHECK (app.hat() = 'team' AND booked_by_audience = 'supervisor' AND created_by = app.account()
        AND comment_sealed IS NULL AND state IN ('pending', 'booked') AND person_id = ANY ((SELECT app.reports())::uuid[])
        AND EXISTS (SELECT 1 FROM appointment_types t
            WHERE t.provider_org_id = appointments.provider_org_id AND t.id = appointments.appointment_type_id AND t.supervisor_bookable));
CREATE POLICY team_changes ON appointments FOR UPDATE TO salus_supervisor
    USING (app.hat() = 'team' AND person_id = ANY ((SELECT app.reports())::uuid[])
        AND EXISTS (SELECT 1 FROM appointment_types t
            WHERE t.provider_org_id = appointments.provider_org_id AND t.id = appointments.appointment_type_id AND t.supervisor_bookable))
    WITH CHECK (app.hat() = 'team' AND person_id = ANY ((SELECT app.reports())::uuid[])
        AND state IN ('pending', 'booked', 'cancelled'));

CALL app.let_team('appointment_resources', 'EXISTS (SELECT 1 FROM appointments a
    WHERE a.provider_org_id = appointment_resources.provider_org_id AND a.id = appointment_resources.appointment_id)',
    'provider_org_id, appointment_id, resource_id, position');
GRANT INSERT, DELETE ON appointment_resources TO salus_supervisor;
CREATE POLICY team_books ON appointment_resources FOR INSERT TO salus_supervisor
    WITH CHECK (app.hat() = 'team' AND EXISTS (SELECT 1 FROM appointments a
        WHERE a.provider_org_id = appointment_resources.provider_org_id AND a.id = appointment_resources.appointment_id));
CREATE POLICY team_moves ON appointment_resources FOR DELETE TO salus_supervisor
    USING (app.hat() = 'team' AND EXISTS (SELECT 1 FROM appointments a
        WHERE a.provider_org_id = appointment_resources.provider_org_id AND a.id = appointment_resources.appointment_id));

-- The unanswered form of such a visit goes with it; which form it is stays unseen.
GRANT SELECT (provider_org_id, appointment_id, state, version), UPDATE (state, due_on, version) ON questionnaire_assignments TO salus_supervisor;
CREATE POLICY team ON questionnaire_assignments FOR SELECT TO salus_supervisor
    USING (app.hat() = 'team' AND reason = 'pre_visit' AND state IN ('open', 'in_progress', 'cancelled')
        AND EXISTS (SELECT 1 FROM appointments a
            WHERE a.provider_org_id = questionnaire_assignments.provider_org_id AND a.id = questionnaire_assignments.appointment_id));
CREATE POLICY team_changes ON questionnaire_assignments FOR UPDATE TO salus_supervisor
    USING (app.hat() = 'team' AND state IN ('open', 'in_progress')
        AND EXISTS (SELECT 1 FROM appointments a
            WHERE a.provider_org_id = questionnaire_assignments.provider_org_id AND a.id = questionnaire_assignments.appointment_id))
    WITH CHECK (app.hat() = 'team' AND state IN ('open', 'in_progress', 'cancelled'));

-- The times they keep.
GRANT SELECT (id, provider_org_id, account_id, employer_id, person_id, appointment_type_id, location_id, modality, starts_at, ends_at,
    shown_ends_at, resource_ids, item_id, moving_id, expires_at, extended, ended_at, created_at, version) ON slot_holds TO salus_supervisor;
GRANT INSERT ON slot_holds TO salus_supervisor;
GRANT UPDATE (ended_at, version) ON slot_holds TO salus_supervisor;
CREATE POLICY team ON slot_holds FOR SELECT TO salus_supervisor USING (app.hat() = 'team' AND account_id = app.account());
CREATE POLICY team_keeps ON slot_holds FOR INSERT TO salus_supervisor
    WITH CHECK (app.hat() = 'team' AND account_id = app.account() AND person_id = ANY ((SELECT app.reports())::uuid[]));
CREATE POLICY team_changes ON slot_holds FOR UPDATE TO salus_supervisor
    USING (app.hat() = 'team' AND account_id = app.account() AND person_id = ANY ((SELECT app.reports())::uuid[]));

-- What is taken: of resources all of it, of persons only by visits they may see.
GRANT SELECT (id, provider_org_id, resource_id, person_id, lane, starts_at, ends_at, local_date, schedule_id, appointment_id, hold_id, expires_at) ON claims TO salus_supervisor;
GRANT INSERT, DELETE ON claims TO salus_supervisor;
GRANT UPDATE (appointment_id, hold_id, expires_at) ON claims TO salus_supervisor;
CREATE POLICY team ON claims FOR SELECT TO salus_supervisor
    USING (app.hat() = 'team' AND (person_id IS NULL OR EXISTS (SELECT 1 FROM appointments a
        WHERE a.provider_org_id = claims.provider_org_id AND a.id = claims.appointment_id)));
CREATE POLICY team_takes ON claims FOR INSERT TO salus_supervisor
    WITH CHECK (app.hat() = 'team' AND (person_id IS NULL OR person_id = ANY ((SELECT app.reports())::uuid[]))
        AND (appointment_id IS NULL OR EXISTS (SELECT 1 FROM appointments a
            WHERE a.provider_org_id = claims.provider_org_id AND a.id = claims.appointment_id))
        AND (hold_id IS NULL OR EXISTS (SELECT 1 FROM slot_holds h
            WHERE h.provider_org_id = claims.provider_org_id AND h.id = claims.hold_id)));
CREATE POLICY team_keeps ON claims FOR UPDATE TO salus_supervisor
    USING (app.hat() = 'team' AND EXISTS (SELECT 1 FROM slot_holds h
        WHERE h.provider_org_id = claims.provider_org_id AND h.id = claims.hold_id))
    WITH CHECK (app.hat() = 'team');
CREATE POLICY team_frees ON claims FOR DELETE TO salus_supervisor
    USING (app.hat() = 'team' AND (expires_at <= app.clock()
        OR EXISTS (SELECT 1 FROM slot_holds h
            WHERE h.provider_org_id = claims.provider_org_id AND h.id = claims.hold_id)
        OR EXISTS (SELECT 1 FROM appointments a
            WHERE a.provider_org_id = claims.provider_org_id AND a.id = claims.appointment_id)));

-- When a report is busy is known to whoever looks for a time for them, by what is never said: a stretch, a
-- number. The functions below run as the owner, who is let see just that, under this hat alone.
CREATE POLICY own_reports ON relationships FOR SELECT TO salus_owner
    USING (app.hat() = 'team' AND provider_org_id = app.provider_org() AND account_id = app.account());
CREATE POLICY of_reports ON appointments FOR SELECT TO salus_owner
    USING (app.hat() = 'team' AND provider_org_id = app.provider_org() AND person_id = ANY ((SELECT app.reports())::uuid[]));
CREATE POLICY of_reports ON slot_holds TO salus_owner
    USING (app.hat() = 'team' AND provider_org_id = app.provider_org() AND person_id = ANY ((SELECT app.reports())::uuid[]));
CREATE POLICY of_reports ON claims FOR SELECT TO salus_owner
    USING (app.hat() = 'team' AND provider_org_id = app.provider_org() AND (person_id = ANY ((SELECT app.reports())::uuid[])
        OR EXISTS (SELECT 1 FROM slot_holds h WHERE h.provider_org_id = claims.provider_org_id AND h.id = claims.hold_id)));
CREATE POLICY held_for_reports ON claims FOR DELETE TO salus_owner
    USING (app.hat() = 'team' AND provider_org_id = app.provider_org()
        AND EXISTS (SELECT 1 FROM slot_holds h WHERE h.provider_org_id = claims.provider_org_id AND h.id = claims.hold_id));

CREATE FUNCTION app.report_times(p_person uuid, p_from timestamptz, p_moving uuid)
RETURNS TABLE (starts_at timestamptz, ends_at timestamptz) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT c.starts_at, c.ends_at FROM public.claims c
     WHERE c.provider_org_id = app.provider_org() AND c.person_id = p_person AND c.ends_at > p_from
       AND c.appointment_id IS DISTINCT FROM p_moving
     ORDER BY c.ends_at;
END
$$;
COMMENT ON FUNCTION app.report_times(uuid, timestamptz, uuid) IS 'When a report is elsewhere, beside a visit that is moved; not by what';

CREATE FUNCTION app.report_open_visits(p_person uuid, p_moving uuid)
RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    RETURN (SELECT count(*) FROM public.appointments a
     WHERE a.provider_org_id = app.provider_org() AND a.person_id = p_person AND a.starts_at > app.clock()
       AND a.state IN ('pending', 'booked') AND a.id IS DISTINCT FROM p_moving);
END
$$;
COMMENT ON FUNCTION app.report_open_visits(uuid, uuid) IS 'How many visits a report has ahead, beside one that is moved';

CREATE FUNCTION app.free_report_holds(p_person uuid)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    ended integer;
BEGIN
    DELETE FROM public.claims c USING public.slot_holds h
     WHERE c.provider_org_id = app.provider_org() AND h.provider_org_id = c.provider_org_id AND h.id = c.hold_id
       AND h.person_id = p_person AND h.ended_at IS NULL;
    UPDATE public.slot_holds h SET ended_at = app.clock(), version = h.version + 1
     WHERE h.provider_org_id = app.provider_org() AND h.person_id = p_person AND h.ended_at IS NULL;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END
$$;
COMMENT ON FUNCTION app.free_report_holds(uuid) IS 'Ends the time kept for a report, by whomever: a new one frees the old';

REVOKE ALL ON FUNCTION app.report_times(uuid, timestamptz, uuid), app.report_open_visits(uuid, uuid), app.free_report_holds(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.report_times(uuid, timestamptz, uuid), app.report_open_visits(uuid, uuid), app.free_report_holds(uuid) TO salus_supervisor;
