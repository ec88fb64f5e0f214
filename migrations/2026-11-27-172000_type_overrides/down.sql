DROP TABLE type_overrides;
