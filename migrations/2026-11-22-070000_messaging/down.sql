DROP TABLE conversation_drafts, read_pointers, message_receipts, messages, conversations, message_types, work_queues;
