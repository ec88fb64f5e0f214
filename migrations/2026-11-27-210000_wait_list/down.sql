ALTER TABLE locations DROP COLUMN offer_minutes_soon, DROP COLUMN offer_minutes_later, DROP COLUMN offer_lead_hours;
DELETE FROM claims c USING offers o
    WHERE o.provider_org_id = c.provider_org_id AND o.id = c.offer_id AND o.request_id IS NULL;
DELETE FROM offers WHERE request_id IS NULL;
ALTER TABLE offers DROP COLUMN wait_list_item_id, DROP COLUMN round_id;
ALTER TABLE offers ALTER COLUMN request_id SET NOT NULL;
DROP TABLE offer_skips, offer_rounds, wait_list_items;
