-- Blocks seal the trail behind the writing: a write only notes its transaction, and whoever seals takes
-- what all finished transactions have left, in their order.

-- What a cluster restored from a dump adds to its own transaction numbers, so that they go on where the
-- dumped ones ended. Restoring replaces it.
CREATE FUNCTION app.audit_offset() RETURNS bigint LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS 'SELECT 0::bigint';
COMMENT ON FUNCTION app.audit_offset() IS 'Added to transaction numbers of this cluster';

ALTER TABLE audit_events ADD COLUMN xact bigint NOT NULL DEFAULT app.audit_offset() + pg_current_xact_id()::text::bigint;
COMMENT ON COLUMN audit_events.xact IS 'The transaction that appended the event; the order of sealing';
CREATE INDEX audit_events_xact ON audit_events (xact, id);

CREATE TABLE audit_blocks (
    number bigint PRIMARY KEY CHECK (number > 0),
    sealed_at timestamptz NOT NULL,
    last_xact bigint NOT NULL,
    last_event uuid NOT NULL,
    event_ids uuid[] NOT NULL CHECK (cardinality(event_ids) > 0),
    leaves bytea NOT NULL,
    root bytea NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    key_id text NOT NULL,
    signature bytea NOT NULL,
    CHECK (length(leaves) = 32 * cardinality(event_ids))
);
COMMENT ON TABLE audit_blocks IS 'Audit events sealed together: a Merkle tree, chained to the block before and signed';
COMMENT ON COLUMN audit_blocks.last_xact IS 'With last_event: the place in the order where the next block begins';
COMMENT ON COLUMN audit_blocks.leaves IS 'The hash of each event, in order, so that a changed one can be named';
ALTER TABLE audit_blocks ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_blocks FORCE ROW LEVEL SECURITY;
GRANT SELECT ON audit_blocks TO salus_authn;
CREATE POLICY installation ON audit_blocks FOR SELECT TO salus_authn USING (true);
GRANT INSERT ON audit_blocks TO salus_audit;
CREATE POLICY append ON audit_blocks FOR INSERT TO salus_audit WITH CHECK (true);

GRANT SELECT ON audit_events TO salus_audit;
CREATE POLICY sealing ON audit_events FOR SELECT TO salus_audit USING (true);

-- The events after a place in the order, of finished transactions only.
CREATE FUNCTION app.audit_after(p_xact bigint, p_event uuid, p_limit integer)
RETURNS SETOF public.audit_events LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT * FROM public.audit_events
     WHERE (xact, id) > (p_xact, p_event)
       AND xact < app.audit_offset() + pg_snapshot_xmin(pg_current_snapshot())::text::bigint
     ORDER BY xact, id LIMIT p_limit
$$;
COMMENT ON FUNCTION app.audit_after(bigint, uuid, integer) IS 'Events to be sealed or checked, of all organizations';

-- The only way to a block.
CREATE FUNCTION app.append_audit_block(
    p_number bigint, p_sealed_at timestamptz, p_last_xact bigint, p_last_event uuid, p_event_ids uuid[], p_leaves bytea,
    p_root bytea, p_previous bytea, p_hash bytea, p_key_id text, p_signature bytea)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO public.audit_blocks (number, sealed_at, last_xact, last_event, event_ids, leaves, root, previous, hash, key_id, signature)
    VALUES (p_number, p_sealed_at, p_last_xact, p_last_event, p_event_ids, p_leaves, p_root, p_previous, p_hash, p_key_id, p_signature)
$$;
COMMENT ON FUNCTION app.append_audit_block(bigint, timestamptz, bigint, uuid, uuid[], bytea, bytea, bytea, bytea, text, bytea) IS 'Appends a block';

GRANT CREATE ON SCHEMA app TO salus_audit;
ALTER FUNCTION app.audit_after(bigint, uuid, integer) OWNER TO salus_audit;
ALTER FUNCTION app.append_audit_block(bigint, timestamptz, bigint, uuid, uuid[], bytea, bytea, bytea, bytea, text, bytea) OWNER TO salus_audit;
REVOKE CREATE ON SCHEMA app FROM salus_audit;
REVOKE ALL ON FUNCTION app.audit_after(bigint, uuid, integer),
    app.append_audit_block(bigint, timestamptz, bigint, uuid, uuid[], bytea, bytea, bytea, bytea, text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.audit_after(bigint, uuid, integer),
    app.append_audit_block(bigint, timestamptz, bigint, uuid, uuid[], bytea, bytea, bytea, bytea, text, bytea) TO salus_authn;
