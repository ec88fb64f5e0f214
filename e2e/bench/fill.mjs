// Fills a sandbox with many people: rows are copied from the sandbox's own by
// statements that name only what differs, so a new column needs no change here.
// Every 2,500 people have an employer with a clinic and four providers of its
// own; every 25 people have a supervisor.
const PEOPLE_PER_CLINIC = 2500;
const PROVIDERS = 4;
export const TEAM = 25;
/** A clinic more, of the first employer: so many providers and as many rooms, six of ten half hours of a month taken. */
const BUSY = { providers: 20, days: 31, taken: 6 };

/** Ids by kind and number. */
const KIND = {
  employer: 1, location: 2, resource: 3, schedule: 4, window: 5, portal: 6, portalVersion: 7, type: 8, need: 9,
  person: 16, account: 17, employment: 18, self: 19, user: 20, supervisor: 21, appointment: 22, claim: 23,
  personClaim: 24, due: 25, conversation: 26, message: 27, event: 28, audit: 29, questionnaire: 30, version: 31,
  assignment: 32, response: 33, answer: 34, observation: 35, team: 36, revision: 37, roomClaim: 38,
};
export const id = (kind, n) => {
  const hex = n.toString(16).padStart(24, "0");
  return `0000b${KIND[kind].toString(16).padStart(3, "0")}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8, 12)}-${hex.slice(12)}`;
};
const sqlId = (kind, n) =>
  `('0000b${KIND[kind].toString(16).padStart(3, "0")}' || lpad(to_hex((${n})::bigint), 24, '0'))::uuid`;

export const clinics = (people) => Math.max(4, Math.ceil(people / PEOPLE_PER_CLINIC));
export const clinicOf = (person, people) => (person - 1) % clinics(people) + 1;
/** Where the busy clinic is. */
export const busyPlace = (people) => id("location", clinics(people) + 1);
export const providersOf = (clinic) =>
  Array.from({ length: PROVIDERS }, (_, n) => id("resource", (clinic - 1) * PROVIDERS + n + 1));

/** Fills the database; `models` are ids of rows the API made: a visit, a conversation. */
export async function fill(sql, people, models, say) {
  const columns = new Map();
  for (const line of await sql(`select table_name, column_name from information_schema.columns
      where table_schema = 'public' and is_generated = 'NEVER' order by table_name, ordinal_position`)) {
    const [table, column] = line.split("|");
    if (!columns.has(table)) columns.set(table, []);
    columns.get(table).push(column);
  }
  /** One copy of the model rows for each n of 1 to count. */
  const copies = (table, model, count, changes) => {
    const all = columns.get(table);
    for (const name of Object.keys(changes)) {
      if (!all.includes(name)) throw new Error(`${table} has no column ${name}`);
    }
    const values = all.map((name) => changes[name] ?? `old.${name}`);
    return `INSERT INTO ${table} (${all.join(", ")}) SELECT ${values.join(", ")}
      FROM generate_series(1, ${count}) n, (SELECT * FROM ${table} WHERE ${model}) old;`;
  };
  const [employee] = await sql("select account_id from sign_in_names where name = 'employee@sandbox.example'");
  const [person] = await sql(`select person_id from relationships where account_id = '${employee}' and kind = 'self'`);
  const [visit] = await sql(`select employer_id, location_id from appointments where id = '${models.appointment}'`);
  const [northwind, clinic] = visit.split("|");
  const [nurse] = await sql("select id from resources where kind = 'provider' and name like 'J. Lee%'");
  const [schedule] = await sql(`select id from schedules where resource_id = '${nurse}'`);
  const [type] = await sql("select id from appointment_types where code = 'FIT'");
  const [room] = await sql("select id from resources where kind = 'room' order by name limit 1");
  const [portals] = await sql(`select string_agg(quote_literal(id), ',') from portals where employer_id = '${northwind}'`);
  const [audit] = await sql("select id from audit_events where account_id is not null and person_id is not null limit 1");

  const places = clinics(people);
  const ofPlace = `((n - 1) % ${places} + 1)`;
  const resources = places * PROVIDERS;
  // People of one provider follow each other in time, half an hour each, in the past.
  const ofResource = `((n - 1) % ${resources} + 1)`;
  const start = `(date_trunc('day', now()) - interval '2 days' - ((n - 1) / ${resources} + 1) * interval '30 minutes')`;
  const end = `(${start} + interval '30 minutes')`;
  const busy = busySteps(people, { copies, models, nurse, room, schedule, type, northwind, clinic });
  const steps = [
    ["the clinics", [
      copies("employers", `id = '${northwind}'`, places, { id: sqlId("employer", "n"), code: "'bench-' || n", name: "'Employer ' || n" }),
      copies("portals", `id IN (${portals})`, places, {
        id: sqlId("portal", "2 * n + (old.audience = 'supervisor')::int"), employer_id: sqlId("employer", "n"),
        slug: "'bench-' || old.audience || '-' || n",
      }),
      copies("portal_versions", `portal_id IN (${portals})`, places, {
        id: sqlId("portalVersion", `2 * n + (SELECT (p.audience = 'supervisor')::int FROM portals p WHERE p.id = old.portal_id)`),
        portal_id: sqlId("portal", `2 * n + (SELECT (p.audience = 'supervisor')::int FROM portals p WHERE p.id = old.portal_id)`),
      }),
      copies("locations", `id = '${clinic}'`, places, { id: sqlId("location", "n"), code: "'BENCH' || n", name: "'Clinic ' || n" }),
      copies("employer_locations", `employer_id = '${northwind}' AND location_id = '${clinic}'`, places, {
        employer_id: sqlId("employer", "n"), location_id: sqlId("location", "n"),
      }),
      copies("resources", `id = '${nurse}'`, resources, {
        id: sqlId("resource", "n"), account_id: sqlId("account", "n"), name: "'Nurse ' || n", home_location_id: sqlId("location", `(n - 1) / ${PROVIDERS} + 1`),
      }),
      copies("schedules", `id = '${schedule}'`, resources, {
        id: sqlId("schedule", "n"), resource_id: sqlId("resource", "n"), location_id: sqlId("location", `(n - 1) / ${PROVIDERS} + 1`),
      }),
      copies("schedule_windows", `schedule_id = '${schedule}'`, resources, {
        id: sqlId("window", "n * 1000 + old.weekday * 100 + old.start_minute / 60"), schedule_id: sqlId("schedule", "n"),
      }),
      copies("appointment_types", `id = '${type}'`, 1, { id: sqlId("type", "n"), code: "'BENCH'" }),
      copies("appointment_type_texts", `appointment_type_id = '${type}'`, 1, { appointment_type_id: sqlId("type", "n") }),
      copies("appointment_type_needs", `appointment_type_id = '${type}' AND kind = 'provider'`, 1, {
        id: sqlId("need", "n"), appointment_type_id: sqlId("type", "n"),
      }),
      copies("appointment_type_locations", `appointment_type_id = '${type}' AND location_id = '${clinic}'`, places, {
        appointment_type_id: sqlId("type", "1"), location_id: sqlId("location", "n"),
      }),
    ]],
    ["people and accounts", [
      copies("persons", `id = '${person}'`, people, { id: sqlId("person", "n"), last_name: "'Person ' || n" }),
      copies("accounts", `id = '${employee}'`, people, { id: sqlId("account", "n"), display_name: "'Person ' || n", epoch: "1" }),
      copies("sign_in_names", `name = 'employee@sandbox.example'`, people, { name: "'p' || n || '@bench.example'", account_id: sqlId("account", "n") }),
      copies("employments", `person_id = '${person}' AND employer_id = '${northwind}'`, people, {
        id: sqlId("employment", "n"), person_id: sqlId("person", "n"), employer_id: sqlId("employer", ofPlace), department_id: "NULL", location_id: "NULL",
      }),
      ...["self", "portal_user"].map((kind) => copies("relationships", `person_id = '${person}' AND kind = '${kind}'`, people, {
        id: sqlId(kind === "self" ? "self" : "user", "n"), person_id: sqlId("person", "n"), account_id: sqlId("account", "n"),
      })),
      // The supervisor of a team is the first of the team after.
      copies("relationships", `person_id = '${person}' AND kind = 'supervisor' AND line = 'solid'`, people, {
        id: sqlId("supervisor", "n"), person_id: sqlId("person", "n"),
        account_id: sqlId("account", `(((n - 1) / ${TEAM} + 1) * ${TEAM}) % ${people} + 1`),
      }),
    ]],
    ["visits", [
      copies("appointments", `id = '${models.appointment}'`, people, {
        id: sqlId("appointment", "n"), person_id: sqlId("person", "n"), employer_id: sqlId("employer", ofPlace),
        location_id: sqlId("location", `(${ofResource} - 1) / ${PROVIDERS} + 1`), appointment_type_id: sqlId("type", "1"),
        starts_at: start, ends_at: end, shown_ends_at: end, local_start: `${start}::timestamp`, state: "'fulfilled'", created_by: sqlId("account", "n"),
      }),
      copies("appointment_resources", `appointment_id = '${models.appointment}' AND position = 0`, people, {
        appointment_id: sqlId("appointment", "n"), resource_id: sqlId("resource", ofResource),
      }),
      copies("claims", `appointment_id = '${models.appointment}' AND person_id IS NOT NULL`, people, {
        id: sqlId("personClaim", "n"), person_id: sqlId("person", "n"), appointment_id: sqlId("appointment", "n"), starts_at: start, ends_at: end, local_date: `${start}::date`,
      }),
      copies("claims", `appointment_id = '${models.appointment}' AND resource_id = '${nurse}'`, people, {
        id: sqlId("claim", "n"), resource_id: sqlId("resource", ofResource), schedule_id: sqlId("schedule", ofResource),
        appointment_id: sqlId("appointment", "n"), starts_at: start, ends_at: end, local_date: `${start}::date`,
      }),
      copies("due_items", `id = (SELECT id FROM due_items WHERE person_id = '${person}' AND status IN ('pending', 'ordered') LIMIT 1)`, people, {
        id: sqlId("due", "n"), person_id: sqlId("person", "n"), employer_id: sqlId("employer", ofPlace), appointment_id: "NULL",
      }),
    ]],
    ["a busy clinic", busy],
    ["conversations", [
      copies("conversations", `id = '${models.conversation}'`, people >> 1, {
        id: sqlId("conversation", "n"), person_id: sqlId("person", "n"), employer_id: sqlId("employer", ofPlace), created_by: sqlId("account", "n"), last_seq: "4",
      }),
      ...[1, 2, 3, 4].map((seq) => copies("messages", `conversation_id = '${models.conversation}' AND seq = 1`, people >> 1, {
        id: sqlId("message", `4 * n + ${seq}`), person_id: sqlId("person", "n"), employer_id: sqlId("employer", ofPlace),
        conversation_id: sqlId("conversation", "n"), seq, author_account_id: sqlId("account", "n"),
      })),
      copies("outbox_events", `kind = 'message.sent' AND id = (SELECT id FROM outbox_events WHERE kind = 'message.sent' LIMIT 1)`, people >> 1, {
        id: sqlId("event", "n"), delivered_at: "created_at",
      }),
    ]],
    ["the form of twenty questions", [
      copies("questionnaires", "key = 'pre-exam' AND provider_org_id = (SELECT provider_org_id FROM persons WHERE id = '" + person + "')", 1,
        { id: sqlId("questionnaire", "n"), key: "'bench'" }),
      copies("questionnaire_versions", `state = 'published' AND questionnaire_id = (SELECT id FROM questionnaires WHERE key = 'pre-exam' AND provider_org_id = (SELECT provider_org_id FROM persons WHERE id = '${person}'))`, 1,
        { id: sqlId("version", "n"), questionnaire_id: sqlId("questionnaire", "n"), content: `'${JSON.stringify(form()).replaceAll("'", "''")}'::jsonb` }),
      copies("questionnaire_assignments", `person_id = '${person}' AND appointment_id IS NULL`, people, {
        id: sqlId("assignment", "n"), person_id: sqlId("person", "n"), employer_id: sqlId("employer", ofPlace), questionnaire_id: sqlId("questionnaire", "1"),
      }),
    ]],
    ["answers of every tenth person", [
      copies("questionnaire_responses", `id = '${models.response}'`, Math.ceil(people / 10), {
        id: sqlId("response", "n"), person_id: sqlId("person", "10 * n"), employer_id: sqlId("employer", ofPlace),
        author_account_id: sqlId("account", "10 * n"), created_by: sqlId("account", "10 * n"), assignment_id: "NULL",
      }),
      ...Array.from({ length: 4 }, (_, part) => [
        copies("questionnaire_answers", `response_id = '${models.response}' AND id = (SELECT id FROM questionnaire_answers WHERE response_id = '${models.response}' ORDER BY link_id OFFSET ${part} LIMIT 1)`,
          Math.ceil(people / 10), { id: sqlId("answer", `4 * n + ${part}`), response_id: sqlId("response", "n") }),
        copies("observations", `response_id = '${models.response}' AND id = (SELECT id FROM observations WHERE response_id = '${models.response}' ORDER BY link_id OFFSET ${part} LIMIT 1)`,
          Math.ceil(people / 10), {
            id: sqlId("observation", `4 * n + ${part}`), response_id: sqlId("response", "n"), person_id: sqlId("person", "10 * n"),
            employer_id: sqlId("employer", ofPlace), created_by: sqlId("account", "10 * n"),
          }),
      ]).flat(),
    ]],
    ["the trail", [
      copies("audit_events", `id = '${audit}'`, people, {
        id: sqlId("audit", "n"), person_id: sqlId("person", "n"), account_id: sqlId("account", "n"),
        xact: "app.audit_offset() + pg_current_xact_id()::text::bigint",
      }),
    ]],
  ];
  for (const [what, statements] of steps) {
    say(`filling in ${what}`);
    // Copies of rows that fit need no further look at what they refer to.
    await sql(`SET session_replication_role = replica; SET work_mem = '256MB'; BEGIN; ${statements.join("\n")} COMMIT;`);
  }
  say("vacuuming");
  await sql("VACUUM (ANALYZE)");
  await sql("CHECKPOINT");
}

/** A kind of visit that needs a provider and a room, and a month of visits in rooms and with providers of one clinic. */
function busySteps(people, { copies, models, nurse, room, schedule, type, northwind, clinic }) {
  const place = clinics(people) + 1;
  const first = clinics(people) * PROVIDERS;
  const { providers, days, taken } = BUSY;
  const at = sqlId("location", place);
  const provider = `(${first} + (n - 1) % ${providers} + 1)`;
  const ofRoom = `(${provider} + ${providers})`;
  const slots = 14;
  // Half hours from eight to noon and from one to four, at the clinic.
  const slot = `((n - 1) / ${providers} % ${slots})`;
  const start = `((current_date + 1 + ((n - 1) / ${providers * slots})::int) + interval '8 hours' + ${slot} * interval '30 minutes'
    + (${slot} >= 8)::int * interval '1 hour') AT TIME ZONE (SELECT time_zone FROM locations WHERE id = '${clinic}')`;
  const end = `(${start} + interval '30 minutes')`;
  const local = `(${start} AT TIME ZONE (SELECT time_zone FROM locations WHERE id = '${clinic}'))`;
  const who = `((n - 1) % ${people} + 1)`;
  const some = (statement) => statement.replace(/\) n, /, `) n CROSS JOIN LATERAL (SELECT 1 WHERE hashint4(n) & 1023 < ${Math.round(102.4 * taken)}) taken, `);
  const visits = providers * slots * days;
  return [
    copies("locations", `id = '${clinic}'`, 1, { id: at, code: "'BENCHBUSY'", name: "'Busy clinic'" }),
    copies("employer_locations", `employer_id = '${northwind}' AND location_id = '${clinic}'`, 1, { employer_id: sqlId("employer", 1), location_id: at }),
    copies("resources", `id = '${nurse}'`, providers, {
      id: sqlId("resource", `${first} + n`), account_id: sqlId("account", `${first} + n`), name: "'Busy nurse ' || n", home_location_id: at,
    }),
    copies("resources", `id = '${room}'`, providers, {
      id: sqlId("resource", `${first} + ${providers} + n`), name: "'Busy room ' || n", home_location_id: at,
    }),
    copies("schedules", `id = '${schedule}'`, 2 * providers, {
      id: sqlId("schedule", `${first} + n`), resource_id: sqlId("resource", `${first} + n`), location_id: at,
    }),
    copies("schedule_windows", `schedule_id = '${schedule}'`, 2 * providers, {
      id: sqlId("window", `(${first} + n) * 1000 + old.weekday * 100 + old.start_minute / 60`), schedule_id: sqlId("schedule", `${first} + n`),
    }),
    copies("appointment_types", `id = '${type}'`, 1, { id: sqlId("type", 2), code: "'BENCHROOM'" }),
    copies("appointment_type_texts", `appointment_type_id = '${type}'`, 1, { appointment_type_id: sqlId("type", 2) }),
    copies("appointment_type_needs", `appointment_type_id = '${type}' AND kind = 'provider'`, 1, {
      id: sqlId("need", 2), appointment_type_id: sqlId("type", 2),
    }),
    copies("appointment_type_needs", `appointment_type_id = '${type}' AND kind = 'provider'`, 1, {
      id: sqlId("need", 3), appointment_type_id: sqlId("type", 2), kind: "'room'", skill: "NULL", resource_id: "NULL", position: "old.position + 1",
    }),
    copies("appointment_type_locations", `appointment_type_id = '${type}' AND location_id = '${clinic}'`, 1, {
      appointment_type_id: sqlId("type", 2), location_id: at,
    }),
    some(copies("appointments", `id = '${models.appointment}'`, visits, {
      id: sqlId("appointment", `${people} + n`), person_id: sqlId("person", who), location_id: at, appointment_type_id: sqlId("type", 2),
      employer_id: sqlId("employer", 1), starts_at: start, ends_at: end, shown_ends_at: end, local_start: local, created_by: sqlId("account", who),
    })),
    ...[["personClaim", `person_id IS NOT NULL`, { person_id: sqlId("person", who) }],
      ["claim", `resource_id = '${nurse}'`, { resource_id: sqlId("resource", provider), schedule_id: sqlId("schedule", provider) }],
      ["roomClaim", `resource_id = '${nurse}'`, { resource_id: sqlId("resource", ofRoom), schedule_id: sqlId("schedule", ofRoom) }],
    ].map(([kind, model, whose]) => some(copies("claims", `appointment_id = '${models.appointment}' AND ${model}`, visits, {
      id: sqlId(kind, `${people} + n`), ...whose, appointment_id: sqlId("appointment", `${people} + n`), starts_at: start, ends_at: end, local_date: `${local}::date`,
    }))),
  ];
}

function form() {
  const items = Array.from({ length: 20 }, (_, n) => ({
    link_id: `q${n + 1}`, type: "integer", text: { en: `Question ${n + 1}`, es: `Pregunta ${n + 1}` }, requirement: "required",
    min: "0", max: "100", observation: { system: "local", code: `q${n + 1}`, display: `Question ${n + 1}` },
  }));
  return {
    base_language: "en", languages: ["en", "es"], minutes: 5,
    items: [{ link_id: "page", type: "page", text: { en: "Questions", es: "Preguntas" }, items }],
  };
}
export const ANSWERS = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`q${n + 1}`, String(n + 1)]));
