-- A time is offered also when a blackout ends or a schedule has room for more.
ALTER TABLE offer_rounds
    DROP CONSTRAINT offer_rounds_freed_by_check,
    ADD CONSTRAINT offer_rounds_freed_by_check
        CHECK (freed_by IN ('cancellation', 'move', 'refusal', 'blackout_ended', 'capacity_added'));
