// Databases compared: counts and contents of every table.

/** Tables that restoring changes, and how. */
export const CHANGED = {
  sessions: "all ended",
  refresh_tokens: "removed",
  signing_keys: "removed",
  pickup_codes: "pending ones void",
  code_redemptions: "unfinished ones removed",
  slot_holds: "live ones ended",
  claims: "those of holds removed",
  idempotency_keys: "unfinished ones removed",
  outbox_mails: "waiting ones held",
  outbox_events: "notices held",
  audit_events: "the restore noted",
};

export async function tables(cluster, database) {
  return cluster.query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1", database);
}

/** How many rows each table has. */
export async function counts(cluster, database) {
  const names = await tables(cluster, database);
  const query = names.map((name) => `SELECT '${name}', count(*) FROM ${name}`).join(" UNION ALL ");
  const rows = await cluster.query(query, database);
  return Object.fromEntries(rows.map((row) => row.split("|")).map(([name, rows]) => [name, Number(rows)]));
}

/** A fingerprint of everything in a table. */
export async function digest(cluster, database, table) {
  const query = `SELECT md5(coalesce(string_agg(row, '' ORDER BY row), '')) FROM (SELECT md5(t::text) AS row FROM ${table} t) rows`;
  return (await cluster.query(query, database))[0];
}

/** One number. */
export async function number(cluster, database, query) {
  return Number((await cluster.query(query, database))[0]);
}

/** Waits until every event of the trail is sealed, and in more blocks than some. */
export async function sealed(cluster, database, blocks = 0) {
  const open = `SELECT count(*) FROM audit_events e WHERE NOT EXISTS (SELECT 1 FROM audit_blocks WHERE e.id = ANY (event_ids))`;
  const until = Date.now() + 60_000;
  for (;;) {
    const found = await number(cluster, database, "SELECT coalesce(max(number), 0) FROM audit_blocks");
    if (found > blocks && (await number(cluster, database, open)) === 0) return found;
    if (Date.now() > until) throw new Error(`the trail is not sealed: ${found} blocks, ${await number(cluster, database, open)} events are left`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
