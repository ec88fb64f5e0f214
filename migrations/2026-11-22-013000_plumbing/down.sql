DROP TABLE outbox_mails, outbox_events, idempotency_keys, chart_keys, organization_keys;
