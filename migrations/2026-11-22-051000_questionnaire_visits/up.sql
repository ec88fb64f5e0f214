-- A questionnaire handed over for a visit belongs to a real visit.
ALTER TABLE questionnaire_assignments ADD CONSTRAINT questionnaire_assignments_visit
    FOREIGN KEY (provider_org_id, appointment_id) REFERENCES appointments (provider_org_id, id);
CREATE INDEX questionnaire_assignments_appointment ON questionnaire_assignments (provider_org_id, appointment_id);
