-- The rules that staff set aside for a time they propose, and why: the visit it becomes bears the mark.
ALTER TABLE offers
    ADD COLUMN override_kinds text[] NOT NULL DEFAULT '{}'
        CHECK (override_kinds <@ ARRAY['double_book', 'outside_hours', 'inside_blackout', 'ignore_buffer', 'over_cap',
            'not_qualified', 'location_not_linked', 'region']),
    ADD COLUMN override_reason_sealed bytea,
    ADD CONSTRAINT offers_override_has_a_reason
        CHECK ((cardinality(override_kinds) > 0) = (override_reason_sealed IS NOT NULL));
COMMENT ON COLUMN offers.override_kinds IS 'Rules that were set aside for the time';
COMMENT ON COLUMN offers.override_reason_sealed IS 'Why, for staff';
