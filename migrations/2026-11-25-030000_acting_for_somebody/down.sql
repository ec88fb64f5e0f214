DROP FUNCTION app.enter(uuid, integer, text, timestamptz, timestamptz, boolean, uuid);

-- The one door of a signed-in request: checks that the session lives and that nothing about the
-- account changed since the token was made, moves the idle clock, and sets the context the
-- policies read, all in one call.
CREATE FUNCTION app.enter(p_session uuid, p_epoch integer, p_hat text, p_clock timestamptz, p_session_clock timestamptz, p_moves_idle boolean)
RETURNS TABLE (account_id uuid, provider_org_id uuid, display_name text, language text, assurance text, person_id uuid, is_portal_user boolean, is_supervisor boolean, roles text[], capabilities text[], employers uuid[], reports uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
    s record;
BEGIN
    SELECT x.id, x.account_id, x.provider_org_id, x.assurance, x.last_seen_at, a.display_name, a.language
      INTO s
      FROM public.sessions x JOIN public.accounts a ON a.provider_org_id = x.provider_org_id AND a.id = x.account_id
     WHERE x.id = p_session AND x.ended_at IS NULL AND x.expires_at > p_session_clock
       AND x.last_seen_at + make_interval(secs => x.idle_seconds) > p_session_clock
       AND a.state = 'active' AND a.epoch = p_epoch;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'session is over' USING ERRCODE = 'SA401', CONSTRAINT = 'session_over';
    END IF;
    IF p_moves_idle AND s.last_seen_at < p_session_clock - interval '30 seconds' THEN
        UPDATE public.sessions SET last_seen_at = p_session_clock WHERE id = p_session;
    END IF;

    account_id := s.account_id;
    provider_org_id := s.provider_org_id;
    display_name := s.display_name;
    language := s.language;
    assurance := s.assurance;
    SELECT r.person_id INTO person_id FROM public.relationships r
     WHERE r.provider_org_id = s.provider_org_id AND r.account_id = s.account_id AND r.kind = 'self'
       AND r.starts_at <= p_clock AND (r.ends_at IS NULL OR r.ends_at > p_clock);
    SELECT coalesce(bool_or(r.kind = 'portal_user' AND r.person_id = enter.person_id), false),
           coalesce(bool_or(r.kind IN ('supervisor', 'backup_supervisor', 'delegate')), false)
      INTO is_portal_user, is_supervisor
      FROM public.relationships r
     WHERE r.provider_org_id = s.provider_org_id AND r.account_id = s.account_id
       AND r.starts_at <= p_clock AND (r.ends_at IS NULL OR r.ends_at > p_clock);
    is_portal_user := is_portal_user AND EXISTS (
        SELECT 1 FROM public.employments e
         WHERE e.provider_org_id = s.provider_org_id AND e.person_id = enter.person_id AND e.kind <> 'applicant'
           AND e.status <> 'ended' AND (e.ends_at IS NULL OR e.ends_at > p_clock));
    SELECT coalesce(array_agg(DISTINCT g.role), '{}'),
           coalesce((SELECT array_agg(DISTINCT c) FROM public.role_grants h, unnest(h.capabilities) c
                      WHERE h.provider_org_id = s.provider_org_id AND h.account_id = s.account_id
                        AND h.starts_at <= p_clock AND (h.ends_at IS NULL OR h.ends_at > p_clock)), '{}'),
           CASE WHEN bool_or(g.employer_ids IS NULL) THEN NULL
                ELSE (SELECT array_agg(DISTINCT e) FROM public.role_grants h, unnest(h.employer_ids) e
                       WHERE h.provider_org_id = s.provider_org_id AND h.account_id = s.account_id
                         AND h.starts_at <= p_clock AND (h.ends_at IS NULL OR h.ends_at > p_clock)) END
      INTO roles, capabilities, employers
      FROM public.role_grants g
     WHERE g.provider_org_id = s.provider_org_id AND g.account_id = s.account_id
       AND g.starts_at <= p_clock AND (g.ends_at IS NULL OR g.ends_at > p_clock);

    reports := '{}';
    IF p_hat = 'team' THEN
        SELECT coalesce(array_agg(DISTINCT r.person_id), '{}') INTO reports
          FROM public.relationships r
         WHERE r.provider_org_id = s.provider_org_id AND r.account_id = s.account_id
           AND r.kind IN ('supervisor', 'backup_supervisor')
           AND r.starts_at <= p_clock AND (r.ends_at IS NULL OR r.ends_at > p_clock);
    END IF;

    PERFORM set_config('app.hat', p_hat, true),
            set_config('app.provider_org', s.provider_org_id::text, true),
            set_config('app.account', s.account_id::text, true),
            set_config('app.session', p_session::text, true),
            set_config('app.person', coalesce(enter.person_id::text, ''), true),
            set_config('app.roles', array_to_string(roles, ','), true),
            set_config('app.employers', CASE WHEN p_hat IN ('clinic', 'admin') THEN coalesce(array_to_string(employers, ','), '') ELSE '' END, true),
            set_config('app.clock', p_clock::text, true);
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION app.enter(uuid, integer, text, timestamptz, timestamptz, boolean) IS 'Checks the session and sets the actor''s context for this transaction';

GRANT CREATE ON SCHEMA app TO salus_authn;
ALTER FUNCTION app.enter(uuid, integer, text, timestamptz, timestamptz, boolean) OWNER TO salus_authn;
REVOKE CREATE ON SCHEMA app FROM salus_authn;
REVOKE ALL ON FUNCTION app.enter(uuid, integer, text, timestamptz, timestamptz, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.enter(uuid, integer, text, timestamptz, timestamptz, boolean) TO salus_app;
