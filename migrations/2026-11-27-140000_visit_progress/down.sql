ALTER TABLE appointments
    DROP COLUMN denial_sealed,
    DROP COLUMN finished_at,
    DROP COLUMN begun_at,
    DROP COLUMN check_in_comment_sealed,
    DROP COLUMN checked_in_at;
