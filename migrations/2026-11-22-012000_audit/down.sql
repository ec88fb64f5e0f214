DROP FUNCTION app.record_audit(uuid[], uuid[], text[], text[], text[], text[], text[], text[], text[], text, text, text, text, text, uuid);
DROP TABLE audit_events;
