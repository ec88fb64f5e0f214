-- The server looks before it serves whether everything it knows has been run here.
GRANT SELECT ON __diesel_schema_migrations TO salus_app;
