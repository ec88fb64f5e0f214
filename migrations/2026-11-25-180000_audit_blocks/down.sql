DROP FUNCTION app.append_audit_block(bigint, timestamptz, bigint, uuid, uuid[], bytea, bytea, bytea, bytea, text, bytea);
DROP FUNCTION app.audit_after(bigint, uuid, integer);
DROP POLICY sealing ON audit_events;
REVOKE SELECT ON audit_events FROM salus_audit;
DROP TABLE audit_blocks;
DROP INDEX audit_events_xact;
ALTER TABLE audit_events DROP COLUMN xact;
DROP FUNCTION app.audit_offset();
