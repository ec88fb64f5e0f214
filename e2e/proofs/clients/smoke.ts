// The main job with the client that openapi-typescript and openapi-fetch make from the API's document.
// `contract.mjs` copies this beside the generated `api.d.ts`, checks its types strictly and runs it.
import assert from "node:assert/strict";
import createClient, { type Client } from "openapi-fetch";

import type { components, paths } from "./api.js";

type Schemas = components["schemas"];

const [origin = "", password = ""] = process.argv.slice(2);
assert.ok(origin && password, "smoke.js ORIGIN PASSWORD");

const QUESTION = "Which gloves protect from the new solvent?";
const REPLY = "The nitrile ones, changed every hour.";
const MEDICINE = "Zanthorvelin, one a day";
const PROBLEM = "Rotator cuff strain";
const HOW_TO = "Ask for a second pair of hands at the press.";
/** What the sandbox's form before an exam asks. */
const ANSWERS: Record<string, Schemas["Answer"]> = {
  noise_recent: true,
  noise_hours: "2.5",
  noise_protection: "sometimes",
  ear_symptoms: ["none"],
  respirator_use: "never",
  smoker: false,
  weight: { value: "181", unit: "[lb_av]" },
  height: { value: "70", unit: "[in_i]" },
  takes_medicines: true,
  medicines: MEDICINE,
};

interface Answered<T> {
  data?: T;
  error?: Schemas["Problem"];
  response: Response;
}

/** What an operation answered, which must not be a problem. */
function got<T>({ data, error, response }: Answered<T>): NonNullable<T> {
  if (error) throw new Error(`${response.url}: ${error.status} ${error.type} ${error.title}`);
  assert.ok(data !== undefined && data !== null, `${response.url}: ${response.status} without a body`);
  return data;
}

function found<T>(list: T[], wanted: (one: T) => boolean, what: string): T {
  const one = list.find(wanted);
  assert.ok(one, `${what} is not there`);
  return one;
}

function step(text: string): void {
  console.log(`    ${text}`);
}

function day(after: number): string {
  return new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
}

async function signedIn(name: string): Promise<{ api: Client<paths>; name: string }> {
  const anonymous = createClient<paths>({ baseUrl: origin });
  const body = { email: `${name}@sandbox.example`, password };
  const { access_token, session } = got(await anonymous.POST("/api/v1/auth/sessions", { body }));
  step(`${name}: signed in as ${session.display_name}`);
  const headers = { authorization: `Bearer ${access_token}` };
  return { api: createClient<paths>({ baseUrl: origin, headers }), name: session.display_name };
}

const { api: employee, name: person } = await signedIn("employee");

const due = got(await employee.GET("/api/v1/me/due-items"));
const item = found(due.items, (one) => one.allowed.includes("book"), "something to book");
assert.ok(item.appointment_type_id);
step(`employee: due are ${due.items.map((one) => `${one.name} by ${one.due_on}`).join(", ")}`);

const asked = { type: item.appointment_type_id, item: item.id, from: day(1), to: day(20) };
const slots = got(await employee.GET("/api/v1/me/slots", { params: { query: asked } }));
const slot = slots.items[0];
assert.ok(slot, "no time is free");
const hold = got(
  await employee.POST("/api/v1/me/slot-holds", {
    params: { header: { "Idempotency-Key": crypto.randomUUID() } },
    body: {
      appointment_type_id: item.appointment_type_id,
      item_id: item.id,
      starts_at: slot.starts_at,
      location_id: slot.location_id,
      modality: slot.modality,
    },
  }),
);
step(`employee: holds ${slot.local_date} ${slot.local_time}, one of ${slots.items.length} times, for ${hold.seconds_left} s`);
const visit = got(await employee.POST("/api/v1/me/appointments", { body: { hold_id: hold.id } }));
assert.equal(Date.parse(visit.starts_at), Date.parse(slot.starts_at));
const visits = got(await employee.GET("/api/v1/me/appointments"));
found(visits.items, (one) => one.id === visit.id, "the booked visit");
step(`employee: booked ${visit.public_name} (${visit.state})`);

const assignments = got(await employee.GET("/api/v1/me/questionnaire-assignments"));
const assignment = found(assignments.items, (one) => one.state === "open", "a questionnaire to answer");
const draft = got(await employee.POST("/api/v1/me/responses", { body: { assignment_id: assignment.id } }));
const operations = Object.entries(ANSWERS).map(([link, value]) => ({
  op_id: crypto.randomUUID(),
  path: `/answers/${link}`,
  base: 0,
  value,
}));
const path = { id: draft.id };
const saved = got(await employee.PATCH("/api/v1/me/responses/{id}", { params: { path }, body: { operations } }));
assert.deepEqual(Object.keys(saved.answers).sort(), Object.keys(ANSWERS).sort());
const sent = got(
  await employee.POST("/api/v1/me/responses/{id}/submission", {
    params: { path },
    body: { person_id: draft.person_id, version: saved.version, today: saved.today, answers: ANSWERS, leave_blank: true },
  }),
);
assert.equal(sent.state, "submitted");
step(`employee: sent ${operations.length} answers to "${assignment.title["en"]}", receipt ${sent.receipt}`);

const types = got(await employee.GET("/api/v1/me/message-types"));
const type = found(types.items, (one) => one.clinical, "a clinical type of message");
const conversation = got(
  await employee.POST("/api/v1/me/conversations", { body: { type_id: type.id, subject: "Gloves", text: QUESTION } }),
);
step(`employee: wrote to the clinic (${conversation.type_name})`);

const { api: clinic, name: clinician } = await signedIn("clinician");

const responses = got(await clinic.GET("/api/v1/clinic/responses"));
found(responses.items, (one) => one.id === draft.id, "the sent answers");
const reading = await clinic.GET("/api/v1/clinic/responses/{id}", { params: { path } });
const read = got(reading);
const medicine = found(read.answers, (one) => one.link_id === "medicines", "the answer about medicines");
assert.equal(medicine.entered, MEDICINE);
const version = reading.response.headers.get("etag");
assert.ok(version, "the answers have no version");
const signed = got(
  await clinic.POST("/api/v1/clinic/responses/{id}/review", { params: { path, header: { "If-Match": version } } }),
);
step(`clinician: read ${read.answers.length} answers and ${read.observations.length} observations, now ${signed.state}`);

const thread = { params: { path: { id: conversation.id } } };
const written = got(await clinic.GET("/api/v1/clinic/conversations/{id}/messages", thread));
found(written.items, (one) => one.text === QUESTION, "the employee's message");
got(await clinic.POST("/api/v1/clinic/conversations/{id}/messages", { ...thread, body: { text: REPLY } }));
step("clinician: read the message and replied");

const restriction = got(
  await clinic.POST("/api/v1/clinic/people/{id}/restrictions", {
    params: { path: { id: draft.person_id } },
    body: {
      kind: "lift",
      limit: { shape: "weight", lines: [{ value: "20", unit: "lb", frequency: "any" }] },
      ends: day(20),
      comment: HOW_TO,
      problem: PROBLEM,
    },
  }),
);
step(`clinician: wrote "${restriction.sentences.map((one) => one.text).join(" ")}"`);

const { api: supervisor } = await signedIn("supervisor");

const team = got(await supervisor.GET("/api/v1/team/people"));
const report = found(team.items, (one) => one.name === person, person);
const status = got(
  await supervisor.GET("/api/v1/team/people/{id}/work-status", { params: { path: { id: report.id } } }),
);
const shown = JSON.stringify([report, status]);
assert.ok(shown.includes("20 lb") && shown.includes(HOW_TO), "the supervisor does not see the restriction");
for (const secret of [QUESTION, REPLY, MEDICINE, PROBLEM]) assert.ok(!shown.includes(secret), `a supervisor sees "${secret}"`);
step(`supervisor: ${report.name} is ${status.status}, ${status.restrictions.length} restrictions, nothing clinical`);

const answered = got(await employee.GET("/api/v1/me/conversations/{id}/messages", thread));
found(answered.items, (one) => one.text === REPLY, "the reply");
const ledger = got(await employee.GET("/api/v1/me/access-ledger"));
const look = found(ledger.items, (one) => one.by === clinician, `${clinician} in the record's ledger`);
step(`employee: read the reply; "${look.by}" (${look.role}) opened the record: ${look.data_class}, ${look.act}`);
