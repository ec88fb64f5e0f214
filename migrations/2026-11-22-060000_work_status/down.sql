DROP TABLE accommodation_restrictions, accommodations, restriction_versions, restrictions;
