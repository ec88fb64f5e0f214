-- What is planned together: which kind of visit follows another one, and in which order.
ALTER TABLE appointment_types
    ADD COLUMN bundle_order smallint NOT NULL DEFAULT 50 CHECK (bundle_order BETWEEN 1 AND 99),
    ADD COLUMN after_type_id uuid CHECK (after_type_id <> id),
    ADD COLUMN after_least_hours smallint CHECK (after_least_hours BETWEEN 0 AND 8760),
    ADD COLUMN after_most_hours smallint CHECK (after_most_hours BETWEEN after_least_hours AND 8760),
    ADD CHECK ((after_type_id IS NULL) = (after_least_hours IS NULL) AND (after_type_id IS NULL) = (after_most_hours IS NULL)),
    ADD FOREIGN KEY (provider_org_id, after_type_id) REFERENCES appointment_types (provider_org_id, id);
COMMENT ON COLUMN appointment_types.bundle_order IS 'Where it comes among visits made one after the other; the lower is earlier';
COMMENT ON COLUMN appointment_types.after_type_id IS 'The kind of visit that must be over, so many hours before, where both are due';
COMMENT ON COLUMN appointment_types.after_least_hours IS 'Hours from the end of that visit to the start of this one, at least';
COMMENT ON COLUMN appointment_types.after_most_hours IS 'The same, at most';
CREATE INDEX appointment_types_after ON appointment_types (provider_org_id, after_type_id) WHERE after_type_id IS NOT NULL;
