DROP TABLE location_holidays;
