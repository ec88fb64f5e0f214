-- Open pages that lost their connection ask what happened meanwhile.
CREATE INDEX outbox_events_age ON outbox_events (provider_org_id, created_at, id);
