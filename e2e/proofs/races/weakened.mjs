// A database that forbids nothing of what two must not do at once.

/**
 * Two may have the same time, the same key and the same number. Locks lock nothing: those that go by
 * a number are answered without being taken, and where rows are locked there are none. A view over a
 * function has no rows that could be locked; what is written to it is written to the table behind it,
 * by its key, whatever has become of the row meanwhile. It takes a moment, in which the others come.
 */
const CARELESS = `
  ALTER TABLE claims DROP CONSTRAINT claims_one_per_lane, DROP CONSTRAINT claims_one_per_person;
  ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_pkey;
  ALTER TABLE refresh_tokens DROP CONSTRAINT refresh_tokens_pkey;
  ALTER TABLE questionnaire_revisions DROP CONSTRAINT questionnaire_revisions_provider_org_id_response_id_revisio_key;

  CREATE FUNCTION public.pg_advisory_xact_lock(bigint) RETURNS void LANGUAGE sql AS 'SELECT';
  GRANT EXECUTE ON FUNCTION public.pg_advisory_xact_lock(bigint) TO PUBLIC;

  CREATE FUNCTION public.write_behind() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    behind text := TG_TABLE_NAME || '_behind';
    by_key text := format('%1$I = ($1).%1$I', TG_ARGV[0]);
    columns text;
  BEGIN
    PERFORM pg_sleep(0.03);
    IF TG_OP = 'INSERT' THEN
      EXECUTE format('INSERT INTO %I SELECT ($1).*', behind) USING NEW;
      RETURN NEW;
    ELSIF TG_OP = 'UPDATE' THEN
      SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns
        FROM pg_attribute WHERE attrelid = TG_RELID AND attnum > 0;
      EXECUTE format('UPDATE %I SET (%s) = (SELECT ($2).*) WHERE %s', behind, columns, by_key) USING OLD, NEW;
      RETURN NEW;
    END IF;
    EXECUTE format('DELETE FROM %I WHERE %s', behind, by_key) USING OLD;
    RETURN OLD;
  END
  $$;

  CREATE PROCEDURE public.lock_nothing(name text, key text) LANGUAGE plpgsql AS $$
  DECLARE
    filled record;
  BEGIN
    EXECUTE format('ALTER TABLE %1$I RENAME TO %1$s_behind', name);
    EXECUTE format('CREATE FUNCTION read_%1$s() RETURNS SETOF %1$s_behind LANGUAGE sql STABLE AS ''SELECT * FROM %1$s_behind''', name);
    EXECUTE format('CREATE VIEW %1$I WITH (security_invoker) AS SELECT * FROM read_%1$s()', name);
    EXECUTE format('GRANT ALL ON %I TO PUBLIC', name);
    FOR filled IN SELECT column_name, column_default FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = name || '_behind' AND column_default IS NOT NULL
    LOOP
      EXECUTE format('ALTER VIEW %I ALTER %I SET DEFAULT %s', name, filled.column_name, filled.column_default);
    END LOOP;
    EXECUTE format('CREATE TRIGGER write_behind INSTEAD OF INSERT OR UPDATE OR DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION write_behind(%L)', name, key);
  END
  $$;
  CALL lock_nothing('claims', 'id');
  CALL lock_nothing('slot_holds', 'id');
  CALL lock_nothing('refresh_tokens', 'token_hash');
  CALL lock_nothing('code_redemptions', 'id');
  CALL lock_nothing('pickup_codes', 'id');
  CALL lock_nothing('questionnaire_responses', 'id');`;

/** Makes the database of an installation careless; the server starts again to meet it. */
export async function weaken({ installation, query }) {
  await query(CARELESS);
  await query(`ALTER DATABASE ${installation.database} SET search_path = public, pg_catalog`);
  await installation.restart();
}
