DROP INDEX outbox_events_age;
