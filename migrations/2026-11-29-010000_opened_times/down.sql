DELETE FROM offer_rounds WHERE freed_by IN ('blackout_ended', 'capacity_added');
ALTER TABLE offer_rounds
    DROP CONSTRAINT offer_rounds_freed_by_check,
    ADD CONSTRAINT offer_rounds_freed_by_check
        CHECK (freed_by IN ('cancellation', 'move', 'refusal')) NOT VALID;
