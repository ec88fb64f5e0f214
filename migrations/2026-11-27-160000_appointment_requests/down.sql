DROP TABLE appointment_requests;
