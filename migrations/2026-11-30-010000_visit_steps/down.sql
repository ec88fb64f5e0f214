DROP TRIGGER keep_step ON appointments;
DROP TRIGGER keep_first_step ON appointments;
DROP FUNCTION app.keep_visit_step();
DROP TABLE visit_steps;
