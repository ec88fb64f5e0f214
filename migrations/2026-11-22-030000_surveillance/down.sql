DROP TABLE due_items, order_items;
