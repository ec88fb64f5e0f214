DROP TABLE appointment_links;
