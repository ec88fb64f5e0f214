DROP TABLE claims, slot_holds, appointment_resources, appointments, cancel_reason_texts, cancel_reasons, blackouts,
    schedule_windows, schedule_types, schedules, appointment_type_questionnaires, appointment_type_locations, appointment_type_needs,
    appointment_type_texts, appointment_types, resources;
