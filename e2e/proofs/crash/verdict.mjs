// After the work: what the clients were told against what the database and the API say.

/** What each kind of request makes, and the table it must stand in afterwards, once. */
const TABLES = {
  hold: { table: "slot_holds", by: "account_id" },
  book: { table: "appointments", by: "created_by" },
  conversation: { table: "conversations", by: "created_by" },
  message: { table: "messages", by: "author_account_id", where: "seq > 1" },
  start: { table: "questionnaire_responses", by: "author_account_id" },
};

/** What a change leaves behind. */
const CHANGES = {
  save: "SELECT r.id FROM questionnaire_responses r JOIN questionnaire_answers a ON a.response_id = r.id",
  submit: `SELECT r.id FROM questionnaire_responses r JOIN questionnaire_revisions v ON v.response_id = r.id
           WHERE r.state = 'submitted' AND r.revision = 1`,
  cancel: "SELECT id FROM appointments WHERE state = 'cancelled'",
};

/** Statements that list what must not be. */
const NEVER = [
  ["overlap", "a provider, room or device has two visits at once",
    `SELECT r.resource_id, a.id, b.id FROM appointments a
     JOIN appointment_resources r ON r.appointment_id = a.id
     JOIN appointment_resources s ON s.resource_id = r.resource_id
     JOIN appointments b ON b.id = s.appointment_id AND b.id > a.id
     WHERE a.state <> 'cancelled' AND b.state <> 'cancelled' AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at`],
  ["overlap", "a person has two visits at once",
    `SELECT a.person_id, a.id, b.id FROM appointments a JOIN appointments b ON b.person_id = a.person_id AND b.id > a.id
     WHERE a.state <> 'cancelled' AND b.state <> 'cancelled' AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at`],
  ["overlap", "a time is taken twice",
    `SELECT a.id, b.id FROM claims a JOIN claims b ON b.id > a.id AND a.lane = b.lane
       AND (a.resource_id = b.resource_id OR a.person_id = b.person_id)
     WHERE a.starts_at < b.ends_at AND b.starts_at < a.ends_at`],
  ["torn", "a visit is without its claims, or claims are without a live visit",
    `SELECT a.id, a.state, count(DISTINCT c.id) FROM appointments a LEFT JOIN claims c ON c.appointment_id = a.id
     GROUP BY a.id HAVING count(DISTINCT c.id) <> CASE WHEN a.state = 'cancelled' THEN 0 ELSE
       1 + (SELECT count(*) FROM appointment_resources r WHERE r.appointment_id = a.id) END`],
  ["torn", "a conversation counts other messages than it has",
    `SELECT c.id, c.last_seq FROM conversations c WHERE c.last_seq <> (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id)`],
  ["torn", "a form is submitted and its assignment is not, or the other way round",
    `SELECT r.id FROM questionnaire_responses r JOIN questionnaire_assignments q ON q.id = r.assignment_id
     WHERE (r.state = 'submitted') <> (q.state = 'submitted')`],
  ["torn", "an answer was kept for a request that made nothing",
    `SELECT k.key, k.location FROM idempotency_keys k WHERE k.status IS NULL
       OR (k.operation = 'book_my_appointment' AND NOT EXISTS
         (SELECT 1 FROM appointments a WHERE k.location LIKE '%' || a.id))`],
  // What the sandbox began with was not booked or written by anybody's request.
  ["unaudited", "a visit without its line of the trail", audited("appointments", "book_my_appointment", "create", "created_by")],
  ["unaudited", "a cancellation without its line of the trail",
    audited("(SELECT * FROM appointments WHERE state = 'cancelled')", "cancel_my_appointment", "change", "cancelled_by")],
  ["unaudited", "a message without its line of the trail",
    audited("messages", "send_my_message', 'start_my_conversation", "create", "author_account_id")],
  ["unaudited", "a conversation without its line of the trail",
    `SELECT c.id FROM conversations c JOIN crowd_accounts o ON o.id = c.created_by WHERE NOT EXISTS (SELECT 1
       FROM audit_events e JOIN messages m ON m.id = ANY (e.object_ids)
       WHERE m.conversation_id = c.id AND e.operation = 'start_my_conversation' AND e.outcome = 'allowed')`],
  ["unaudited", "a draft without its line of the trail",
    audited("questionnaire_responses", "start_my_response", "create", "author_account_id")],
  ["unaudited", "a submission without its line of the trail",
    audited("(SELECT * FROM questionnaire_responses WHERE state = 'submitted')", "submit_my_response", "change", "author_account_id")],
  ["unaudited", "a line of the trail about something that is not there",
    `SELECT e.operation, e.object_ids FROM audit_events e JOIN crowd_accounts o ON o.id = e.account_id
     WHERE e.operation IN ('book_my_appointment', 'send_my_message') AND e.act = 'create' AND e.outcome = 'allowed'
       AND cardinality(e.object_ids) > 0
       AND NOT EXISTS (SELECT 1 FROM appointments a WHERE a.id = ANY (e.object_ids))
       AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.id = ANY (e.object_ids))`],
  ["untold", "a visit of which nobody was told", told("appointments", "appointment.booked", "appointment_id", "created_by")],
  ["untold", "a submission of which nobody was told",
    told("(SELECT * FROM questionnaire_responses WHERE state = 'submitted')", "questionnaires.submitted", "id", "author_account_id")],
];

function audited(rows, operation, act, by) {
  return `SELECT t.id FROM ${rows} t JOIN crowd_accounts o ON o.id = t.${by}
    WHERE (SELECT count(*) FROM audit_events e WHERE t.id = ANY (e.object_ids) AND e.operation IN ('${operation}')
      AND e.act = '${act}' AND e.outcome = 'allowed' AND e.account_id = t.${by}) <> 1`;
}

function told(rows, kind, name, by) {
  return `SELECT t.id FROM ${rows} t JOIN crowd_accounts o ON o.id = t.${by}
    WHERE (SELECT count(*) FROM outbox_events e WHERE e.kind = '${kind}' AND e.payload ->> '${name}' = t.id::text) <> 1`;
}

/** Everything that does not hold of what the people called `name` did: kind and words. */
export async function verdict({ installation, cluster, journal, people, wire, name }) {
  const findings = [];
  const find = (kind, text) => findings.push({ kind, text });
  const query = (sql) => cluster.query(sql, installation.database);
  const requests = journal.read();
  await query(`CREATE TABLE crowd_accounts AS SELECT account_id AS id FROM sign_in_names WHERE name LIKE '${name}%'`);
  await query("CREATE INDEX crowd_objects ON audit_events USING gin (object_ids); ANALYZE");
  try {
    compareAnswers(requests, find);
    for (const [kind, where] of Object.entries(TABLES)) await compareTable(kind, where, requests, query, find);
    for (const [kind, sql] of Object.entries(CHANGES)) await compareChange(kind, sql, requests, query, find);
    for (const [kind, words, sql] of NEVER) {
      const rows = await query(sql);
      if (rows.length > 0) find(kind, `${words}: ${rows.length}, first ${rows[0]}`);
    }
  } finally {
    // The doctor wants to see the installation as it is.
    await query("DROP TABLE crowd_accounts; DROP INDEX crowd_objects");
  }
  await compareApi(requests, people, wire, find);
  for (const [kind, ...command] of [["trail", "audit", "verify"], ["doctor", "doctor"]]) {
    try {
      await installation.salus(...command);
    } catch (error) {
      find(kind, [error.stdout, error.stderr].join("\n").split("\n").filter((line) => /^(broken|wrong|salus:)/.test(line)).join("; "));
    }
  }
  return findings;
}

/** Every request has one answer, and no two requests made the same. */
function compareAnswers(requests, find) {
  const made = new Map();
  for (const { key, kind, made: all, refused } of requests) {
    const things = new Set(all);
    if (things.size > 1) find("double", `${kind} ${key} made ${[...things].join(" and ")}`);
    if (things.size > 0 && refused.length > 0) find("double", `${kind} ${key} was done and refused`);
    if (things.size === 0 && refused.length === 0) find("unresolved", `${kind} ${key}`);
    if (!(kind in TABLES)) continue;
    for (const thing of things) {
      if (made.has(`${kind} ${thing}`)) find("double", `${kind} ${key} and ${made.get(`${kind} ${thing}`)} made the same ${thing}`);
      made.set(`${kind} ${thing}`, key);
    }
  }
}

const acknowledged = (requests, kind) => requests.filter((one) => one.kind === kind && one.made.length > 0);

/** What was acknowledged stands in the table, and nothing else of these people does. */
async function compareTable(kind, { table, by, where = "true" }, requests, query, find) {
  const rows = new Set(await query(`SELECT id FROM ${table} WHERE ${by} IN (SELECT id FROM crowd_accounts) AND ${where}`));
  const told = new Set(acknowledged(requests, kind).flatMap((one) => one.made));
  report("lost", `${kind}: acknowledged and not there`, [...told].filter((id) => !rows.has(id)), find);
  report("double", `${kind}: there and acknowledged to nobody`, [...rows].filter((id) => !told.has(id)), find);
}

async function compareChange(kind, sql, requests, query, find) {
  const rows = new Set(await query(sql));
  const told = acknowledged(requests, kind).flatMap((one) => one.made);
  report("lost", `${kind}: acknowledged and not there`, told.filter((id) => !rows.has(id)), find);
}

function report(kind, words, ids, find) {
  if (ids.length > 0) find(kind, `${words}: ${ids.length}, first ${ids[0]}`);
}

/** Each person sees through the API what they were told is done. */
async function compareApi(requests, people, wire, find) {
  const cancelled = new Set(acknowledged(requests, "cancel").flatMap((one) => one.made));
  const active = new Set(requests.map((one) => one.account));
  for (const { account, email, password, headers } of people.filter((one) => active.has(one.account))) {
    const own = requests.filter((one) => one.account === account);
    const signedIn = await wire.send("POST", "/api/v1/auth/sessions", { json: { email, password }, headers });
    const get = (path) => wire.send("GET", `/api/v1/me${path}`, { token: signedIn.body.access_token, headers });
    const list = async (path) => new Set(((await get(path)).body.items ?? []).map((one) => one.id));
    const expect = (what, there, ids) => report("lost", `${what} not shown to ${email}`, ids.filter((id) => !there.has(id)), find);
    const made = (kind) => acknowledged(own, kind).flatMap((one) => one.made);

    expect("a visit", await list("/appointments?view=upcoming"), made("book").filter((id) => !cancelled.has(id)));
    expect("a conversation", await list("/conversations?limit=200"), made("conversation"));
    for (const conversation of new Set(acknowledged(own, "message").map((one) => one.conversation))) {
      const said = acknowledged(own, "message").filter((one) => one.conversation === conversation);
      expect("a message", await list(`/conversations/${conversation}/messages`), said.flatMap((one) => one.made));
    }
    for (const id of made("submit")) {
      const { body } = await get(`/responses/${id}`);
      if (body.state !== "submitted") find("lost", `a submission not shown to ${email}: ${id} is ${body.state ?? body.type}`);
    }
  }
}
