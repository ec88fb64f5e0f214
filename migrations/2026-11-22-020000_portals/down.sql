DROP TABLE portal_versions, portals, portal_images;
