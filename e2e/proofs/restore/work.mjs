// What people do before and after a backup, and what they hold in their hands afterwards.
import { PASSWORD } from "../../harness/installation.mjs";

/** What is written to the clinic before the backup; it is sealed in the database. */
export const SEALED = "Which gloves protect from the solvent that came on Monday?";
/** What is written after the backup. */
export const LOST = "This was written after the backup.";

/** A request that may be refused: its status and what it answers. */
export async function ask(origin, method, path, { token, cookie, body, key } = {}) {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(cookie ? { cookie, "sec-fetch-site": "same-origin" } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(key ? { "idempotency-key": key } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const cookies = response.headers.getSetCookie().map((line) => line.split(";")[0]);
  return { status: response.status, cookie: cookies[0], answer: text ? JSON.parse(text) : undefined };
}

/** Signs in; what a browser holds then. */
export async function signIn(origin, name) {
  const body = { email: `${name}@sandbox.example`, password: PASSWORD };
  const { status, cookie, answer } = await ask(origin, "POST", "/auth/sessions", { body });
  return { status, cookie, token: answer?.access_token };
}

/** Books the first free time of the next weeks. */
export async function book(api, name) {
  const { id } = await hold(api, name);
  return api.as(name, "POST", "/me/appointments", { hold_id: id });
}

/** Keeps the first free time of the next weeks for a few minutes. */
export async function hold(api, name) {
  const types = await api.as(name, "GET", "/me/appointment-types");
  const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  for (const type of types.items) {
    for (let week = 0; week < 8; week += 1) {
      const query = `type=${type.id}&from=${day(3 + 7 * week)}&to=${day(9 + 7 * week)}`;
      const { items } = await api.as(name, "GET", `/me/slots?${query}`);
      if (items.length === 0) continue;
      const { starts_at, location_id, modality } = items[0];
      return api.as(name, "POST", "/me/slot-holds", {
        appointment_type_id: type.id, starts_at, location_id, modality,
      });
    }
  }
  throw new Error(`no time is free for ${name}`);
}

/** Writes to the clinic; the conversation's id. */
export async function write(api, text) {
  const types = await api.as("employee", "GET", "/me/message-types");
  const conversation = await api.as("employee", "POST", "/me/conversations", {
    type_id: types.items[0].id, subject: "Gloves", text,
  });
  return conversation.id;
}

/** A person of the clinic by name. */
export async function person(api, name) {
  const found = await api.as("clinician", "GET", `/clinic/people?q=${name}`);
  if (found.items.length !== 1) throw new Error(`${found.items.length} people are named ${name}`);
  return found.items[0];
}

/** A pick-up code, shown or sent. */
export function code(api, who, channel) {
  return api.as("clinician", "POST", `/clinic/people/${who.id}/pickup-codes`, { channel });
}

/** Begins to redeem a code and goes on until digits are sent to an address. */
export async function redeem(origin, shown, who) {
  const started = await ask(origin, "POST", "/public/code-redemptions", { body: { code: shown } });
  if (started.status !== 201) throw new Error(`the code is not taken: ${JSON.stringify(started.answer)}`);
  const { id, token } = started.answer;
  const steps = [{ birth_date: who.birth_date }, { who: "myself" }, { email: "somebody@new.example" }];
  for (const step of steps) {
    const answered = await ask(origin, "PATCH", `/public/code-redemptions/${id}`, { body: { token, ...step } });
    if (answered.status !== 200) throw new Error(`an answer is not taken: ${JSON.stringify(answered.answer)}`);
  }
  return { id, token };
}
