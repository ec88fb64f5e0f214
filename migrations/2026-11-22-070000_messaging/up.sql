-- Conversations of one portal side with the clinic. Subjects and texts are sealed; a supervisor's
-- conversation is sealed by the organization's key, because no chart is open to a supervisor.
CREATE TABLE work_queues (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    time_zone text NOT NULL,
    weekdays smallint[] NOT NULL DEFAULT '{1,2,3,4,5}',
    opens_at time NOT NULL DEFAULT '08:00',
    closes_at time NOT NULL DEFAULT '17:00',
    holidays date[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CHECK (opens_at < closes_at),
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, name)
);
COMMENT ON TABLE work_queues IS 'Named groups of staff with business hours; what is sent to the clinic waits in one';
COMMENT ON COLUMN work_queues.weekdays IS 'Days worked: 1 Monday to 7 Sunday (ISO 8601)';
COMMENT ON COLUMN work_queues.holidays IS 'Local dates on which nobody answers';
CALL app.protect('work_queues');
CALL app.let_read('work_queues', '{me,clinic}', 'true');
CALL app.let('work_queues', '{admin,system}', 'true');
CALL app.let_team('work_queues', 'true', 'id, provider_org_id, name, time_zone, weekdays, opens_at, closes_at, holidays');

CREATE TABLE message_types (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    key text NOT NULL CHECK (key ~ '^[a-z0-9_]{1,40}$'),
    audience text NOT NULL CHECK (audience IN ('employee', 'supervisor')),
    kind text NOT NULL CHECK (kind IN ('conversation', 'questionnaire', 'request', 'module_link')),
    names jsonb NOT NULL,
    descriptions jsonb NOT NULL DEFAULT '{}',
    clinical boolean NOT NULL,
    scheduling boolean NOT NULL,
    work_queue_id uuid NOT NULL,
    reply_within smallint NOT NULL DEFAULT 18 CHECK (reply_within BETWEEN 1 AND 900),
    emergency_text boolean NOT NULL DEFAULT true,
    sending boolean NOT NULL DEFAULT true,
    position smallint NOT NULL,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CHECK (NOT (clinical AND audience = 'supervisor')),
    CHECK (NOT (clinical AND scheduling)),
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, key),
    FOREIGN KEY (provider_org_id, work_queue_id) REFERENCES work_queues (provider_org_id, id)
);
COMMENT ON TABLE message_types IS 'What a portal offers to write about';
COMMENT ON COLUMN message_types.names IS 'Name by language';
COMMENT ON COLUMN message_types.descriptions IS 'One sentence on what it is for, by language';
COMMENT ON COLUMN message_types.clinical IS 'About health: never on a supervisor''s portal, never shown to schedulers';
COMMENT ON COLUMN message_types.reply_within IS 'Business hours of the queue within which the clinic answers';
COMMENT ON COLUMN message_types.sending IS 'Whether new conversations may begin with it; those that exist go on';
CREATE INDEX message_types_order ON message_types (provider_org_id, audience, position, id);
CREATE INDEX message_types_queue ON message_types (provider_org_id, work_queue_id);
CALL app.protect('message_types');
CALL app.let_read('message_types', '{me,clinic}', 'true');
CALL app.let('message_types', '{admin,system}', 'true');
CALL app.let_team('message_types', 'audience = ''supervisor''',
    'id, provider_org_id, key, audience, kind, names, descriptions, clinical, scheduling, work_queue_id, reply_within, emergency_text, sending, position');

CREATE TABLE conversations (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid,
    portal_side text NOT NULL CHECK (portal_side IN ('employee', 'supervisor')),
    account_id uuid,
    message_type_id uuid NOT NULL,
    scheduling boolean NOT NULL,
    owner text NOT NULL CHECK (owner IN ('employer', 'provider', 'employee')),
    governance text NOT NULL CHECK (governance IN ('osha', 'hipaa', 'dot', 'faa', 'general')),
    state text NOT NULL CHECK (state IN ('open', 'closed')),
    subject_sealed bytea,
    last_seq integer NOT NULL DEFAULT 0 CHECK (last_seq >= 0),
    last_message_at timestamptz NOT NULL,
    last_side text CHECK (last_side IN ('portal', 'clinic')),
    needs_reply boolean GENERATED ALWAYS AS (state = 'open' AND last_side IS NOT DISTINCT FROM 'portal') STORED NOT NULL,
    reply_due_at timestamptz,
    closed_at timestamptz,
    closed_by_side text CHECK (closed_by_side IN ('portal', 'clinic')),
    close_reason_sealed bytea,
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    CHECK ((portal_side = 'employee') = (account_id IS NULL)),
    CHECK (portal_side = 'supervisor' OR person_id IS NOT NULL),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, message_type_id) REFERENCES message_types (provider_org_id, id),
    FOREIGN KEY (provider_org_id, created_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE conversations IS 'Threads between one portal side and the clinic';
COMMENT ON COLUMN conversations.portal_side IS 'employee: the person themself; supervisor: account_id, about one report or about none';
COMMENT ON COLUMN conversations.scheduling IS 'Copied from the type: schedulers see these and no others';
COMMENT ON COLUMN conversations.last_side IS 'Who wrote last; a message taken back does not count';
COMMENT ON COLUMN conversations.reply_due_at IS 'Until when the clinic said it would answer';
CREATE INDEX conversations_person ON conversations (provider_org_id, person_id, state DESC, last_message_at DESC, id DESC);
CREATE INDEX conversations_account ON conversations (provider_org_id, account_id, state DESC, last_message_at DESC, id DESC);
CREATE INDEX conversations_inbox ON conversations (provider_org_id, state DESC, last_message_at DESC, id DESC);
CREATE INDEX conversations_waiting ON conversations (provider_org_id, last_message_at, id) WHERE needs_reply;
CREATE INDEX conversations_employer ON conversations (provider_org_id, employer_id);
CREATE INDEX conversations_type ON conversations (provider_org_id, message_type_id);
CREATE INDEX conversations_created_by ON conversations (provider_org_id, created_by);
CALL app.protect('conversations');
REVOKE DELETE ON conversations FROM salus_app;
CALL app.let('conversations', '{me}', 'portal_side = ''employee'' AND person_id = app.person()');
CALL app.let('conversations', '{clinic}',
    'app.reaches(employer_id) AND (app.has_role(''clinician'') OR (app.has_role(''scheduler'') AND scheduling))');
CALL app.let('conversations', '{system}', 'true');
GRANT SELECT, INSERT, UPDATE ON conversations TO salus_supervisor;
CREATE POLICY team ON conversations TO salus_supervisor
    USING (app.hat() = 'team' AND portal_side = 'supervisor' AND account_id = app.account())
    WITH CHECK (app.hat() = 'team' AND portal_side = 'supervisor' AND account_id = app.account());

CREATE TABLE messages (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid,
    conversation_id uuid NOT NULL,
    seq integer NOT NULL CHECK (seq >= 1),
    side text NOT NULL CHECK (side IN ('portal', 'clinic')),
    author_account_id uuid NOT NULL,
    author_name text NOT NULL CHECK (char_length(author_name) BETWEEN 1 AND 200),
    body_sealed bytea NOT NULL,
    sent_at timestamptz NOT NULL,
    retracted_at timestamptz,
    created_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, conversation_id, seq),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, conversation_id) REFERENCES conversations (provider_org_id, id),
    FOREIGN KEY (provider_org_id, author_account_id) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE messages IS 'What was written; never edited, never removed';
COMMENT ON COLUMN messages.seq IS 'Number in the conversation, from 1';
COMMENT ON COLUMN messages.author_name IS 'How the author signed, as it was then';
COMMENT ON COLUMN messages.retracted_at IS 'Taken back within five minutes, unseen: its text is shown to nobody';
CREATE INDEX messages_employer ON messages (provider_org_id, employer_id);
CREATE INDEX messages_person ON messages (provider_org_id, person_id);
CREATE INDEX messages_author ON messages (provider_org_id, author_account_id);
CALL app.protect('messages');
REVOKE DELETE ON messages FROM salus_app;
CALL app.let('messages', '{me,clinic}', 'EXISTS (SELECT 1 FROM conversations c
    WHERE c.provider_org_id = messages.provider_org_id AND c.id = messages.conversation_id)');
CALL app.let('messages', '{system}', 'true');
GRANT SELECT, INSERT, UPDATE ON messages TO salus_supervisor;
CREATE POLICY team ON messages TO salus_supervisor
    USING (app.hat() = 'team' AND EXISTS (SELECT 1 FROM conversations c
        WHERE c.provider_org_id = messages.provider_org_id AND c.id = messages.conversation_id))
    WITH CHECK (app.hat() = 'team' AND EXISTS (SELECT 1 FROM conversations c
        WHERE c.provider_org_id = messages.provider_org_id AND c.id = messages.conversation_id));

CREATE TABLE message_receipts (
    provider_org_id uuid NOT NULL,
    message_id uuid NOT NULL,
    account_id uuid NOT NULL,
    account_name text NOT NULL CHECK (char_length(account_name) BETWEEN 1 AND 200),
    delivered_at timestamptz NOT NULL,
    seen_at timestamptz,
    PRIMARY KEY (provider_org_id, message_id, account_id),
    FOREIGN KEY (provider_org_id, message_id) REFERENCES messages (provider_org_id, id),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE message_receipts IS 'When a message reached an account of the other side, and when it was seen there';
COMMENT ON COLUMN message_receipts.seen_at IS 'First time shown in a visible page; marking unread changes nothing here';
CREATE INDEX message_receipts_account ON message_receipts (provider_org_id, account_id);
CALL app.protect('message_receipts');
REVOKE DELETE ON message_receipts FROM salus_app;
CALL app.let_read('message_receipts', '{me,clinic}', 'EXISTS (SELECT 1 FROM messages m
    WHERE m.provider_org_id = message_receipts.provider_org_id AND m.id = message_receipts.message_id)');
CALL app.let('message_receipts', '{me,clinic}', 'account_id = app.account() AND EXISTS (SELECT 1 FROM messages m
    WHERE m.provider_org_id = message_receipts.provider_org_id AND m.id = message_receipts.message_id)');
CALL app.let('message_receipts', '{system}', 'true');
GRANT SELECT, INSERT, UPDATE ON message_receipts TO salus_supervisor;
CREATE POLICY team_read ON message_receipts FOR SELECT TO salus_supervisor
    USING (app.hat() = 'team' AND EXISTS (SELECT 1 FROM messages m
        WHERE m.provider_org_id = message_receipts.provider_org_id AND m.id = message_receipts.message_id));
CREATE POLICY team ON message_receipts TO salus_supervisor
    USING (app.hat() = 'team' AND account_id = app.account())
    WITH CHECK (app.hat() = 'team' AND account_id = app.account());

CREATE TABLE read_pointers (
    provider_org_id uuid NOT NULL,
    account_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    read_seq integer NOT NULL CHECK (read_seq >= 0),
    moved_at timestamptz NOT NULL,
    PRIMARY KEY (provider_org_id, account_id, conversation_id),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, conversation_id) REFERENCES conversations (provider_org_id, id)
);
COMMENT ON TABLE read_pointers IS 'Up to which message an account has read a conversation';
CREATE INDEX read_pointers_conversation ON read_pointers (provider_org_id, conversation_id);
CALL app.protect('read_pointers');
CALL app.let('read_pointers', '{me,clinic}', 'account_id = app.account()');
CALL app.let('read_pointers', '{system}', 'true');
GRANT SELECT, INSERT, UPDATE ON read_pointers TO salus_supervisor;
CREATE POLICY team ON read_pointers TO salus_supervisor
    USING (app.hat() = 'team' AND account_id = app.account())
    WITH CHECK (app.hat() = 'team' AND account_id = app.account());

CREATE TABLE conversation_drafts (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    account_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    body_sealed bytea NOT NULL,
    saved_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, account_id, conversation_id),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, conversation_id) REFERENCES conversations (provider_org_id, id)
);
COMMENT ON TABLE conversation_drafts IS 'What an account has typed and not sent, kept 30 days';
CREATE INDEX conversation_drafts_conversation ON conversation_drafts (provider_org_id, conversation_id);
CALL app.protect('conversation_drafts');
CALL app.let('conversation_drafts', '{me,clinic}', 'account_id = app.account()');
CALL app.let('conversation_drafts', '{system}', 'true');
GRANT SELECT, INSERT, UPDATE, DELETE ON conversation_drafts TO salus_supervisor;
CREATE POLICY team ON conversation_drafts TO salus_supervisor
    USING (app.hat() = 'team' AND account_id = app.account())
    WITH CHECK (app.hat() = 'team' AND account_id = app.account());
