DROP INDEX appointment_types_after;
ALTER TABLE appointment_types
    DROP COLUMN after_most_hours,
    DROP COLUMN after_least_hours,
    DROP COLUMN after_type_id,
    DROP COLUMN bundle_order;
