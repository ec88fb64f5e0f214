ALTER TABLE due_items DROP CONSTRAINT due_items_appointment_fk;
ALTER TABLE order_items DROP CONSTRAINT order_items_appointment_type_fk;
