DROP TABLE appointment_reminders;
