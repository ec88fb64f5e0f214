-- Mails that gather what happened to visits: how often somebody wants one, and which were written.
CREATE TABLE digest_choices (
    provider_org_id uuid NOT NULL,
    account_id uuid NOT NULL,
    rhythm text NOT NULL CHECK (rhythm IN ('none', 'daily', 'weekly')),
    changed_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (provider_org_id, account_id),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE digest_choices IS 'How often somebody wants a digest; who never chose gets the usual one';
CALL app.protect('digest_choices');
REVOKE DELETE ON digest_choices FROM salus_app;
CALL app.let('digest_choices', '{account}', 'account_id = app.account()');
CALL app.let_read('digest_choices', '{system}', 'true');

CREATE TABLE digests (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    account_id uuid NOT NULL,
    reader text NOT NULL CHECK (reader IN ('staff', 'supervisor')),
    due_at timestamptz NOT NULL,
    begun_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, account_id, reader, due_at),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE digests IS 'The digests whose turn has come, each once, also where there was nothing to say';
COMMENT ON COLUMN digests.due_at IS 'Up to when it tells; the next one tells from there on';
CALL app.protect('digests');
REVOKE UPDATE, DELETE ON digests FROM salus_app;
CALL app.let('digests', '{system}', 'true');
