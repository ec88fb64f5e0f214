// Many more workers of the sandbox's employer, each with an account of their own, made from
// `employee@` by the database's administrator: so many are too slow to enrol one by one.
import { PASSWORD } from "./installation.mjs";

const MODEL = "01900000-0000-7000-8000-000005a11004";
const ASSIGNED = "01900000-0000-7000-8000-000005a14101";

/** Makes `size` people called `name`, each with `forms` questionnaires to answer; `id` gives ids. */
export async function crowd(installation, cluster, { name, size, forms = 1, id = () => crypto.randomUUID() }) {
  const people = Array.from({ length: size }, (_, n) => ({
    person: id(), account: id(), email: `${name}${n + 1}@sandbox.example`,
  }));
  const values = people.map(({ person, account, email }) => `('${person}'::uuid, '${account}'::uuid, '${email}')`);
  await cluster.query(
    `BEGIN;
     CREATE TEMP TABLE crowd AS SELECT * FROM (VALUES ${values.join(", ")}) AS new (person, account, email);
     ${copies("persons", `id = '${MODEL}'`, "'id', person")}
     ${copies("accounts", `id = (SELECT account_id FROM relationships WHERE person_id = '${MODEL}' AND kind = 'self')`,
      "'id', account, 'epoch', 1")}
     ${copies("employments", `person_id = '${MODEL}'`, "'id', gen_random_uuid(), 'person_id', person")}
     ${copies("relationships", `person_id = '${MODEL}' AND kind IN ('self', 'portal_user')`,
      "'id', gen_random_uuid(), 'person_id', person, 'account_id', account")}
     ${copies("questionnaire_assignments", `id = '${ASSIGNED}'`,
      "'id', gen_random_uuid(), 'person_id', person, 'state', 'open'", `, generate_series(1, ${forms})`)}
     INSERT INTO sign_in_names (name, kind, provider_org_id, account_id, created_at)
       SELECT email, 'email', provider_org_id, id, created_at FROM accounts JOIN crowd ON id = account;
     COMMIT;`,
    installation.database,
  );
  return people.map((one) => ({ ...one, password: PASSWORD }));
}

/** Copies rows, one for each of the crowd, with some columns changed. */
function copies(table, rows, changes, times = "") {
  return `INSERT INTO ${table} SELECT (jsonb_populate_record(NULL::${table},
    to_jsonb(old) || jsonb_build_object(${changes}))).* FROM (SELECT * FROM ${table} WHERE ${rows}) old, crowd${times};`;
}

/** Opens the clinic around the clock, so that so many find a time. */
export async function openAllDay(installation, cluster) {
  await cluster.query(
    `UPDATE schedule_windows SET start_minute = CASE WHEN start_minute >= 720 THEN 720 ELSE 0 END,
       end_minute = CASE WHEN end_minute <= 720 THEN 720 ELSE 1440 END`,
    installation.database,
  );
}
