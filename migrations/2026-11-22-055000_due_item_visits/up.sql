-- Due items and their catalogue point at visits and kinds of visits.
ALTER TABLE order_items ADD CONSTRAINT order_items_appointment_type_fk
    FOREIGN KEY (provider_org_id, appointment_type_id) REFERENCES appointment_types (provider_org_id, id);
ALTER TABLE due_items ADD CONSTRAINT due_items_appointment_fk
    FOREIGN KEY (provider_org_id, appointment_id) REFERENCES appointments (provider_org_id, id);
