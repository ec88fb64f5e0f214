// People at work: each books, writes and answers; what got no answer is sent again with the same
// key until it has one.
import { setTimeout as pause } from "node:timers/promises";

import { Tally } from "../../harness/proof.mjs";
import { NoAnswer } from "../../harness/wire.mjs";

const KINDS = ["01900000-0000-7000-8000-000005a13001", "01900000-0000-7000-8000-000005a13002",
  "01900000-0000-7000-8000-000005a13003"];
const QUESTION = "01900000-0000-7000-8000-000005a17011";
const DAY = 24 * 60 * 60 * 1000;
/** How long somebody goes on asking before they give up; a finding then. */
const PATIENCE = 90_000;
/** How long a list of free times is believed. */
const STALE = 1500;

const ANSWERS = {
  noise_recent: false, ear_symptoms: ["none"], respirator_use: "never", smoker: false,
  weight: { value: "176", unit: "[lb_av]" }, height: { value: "70", unit: "[in_i]" },
  takes_medicines: true, medicines: "Ibuprofen 200 mg",
};

/** What all clients share. */
export class Work {
  statuses = new Tally();
  requests = 0;
  again = 0;
  /** What no interruption excuses: nobody answers for long, or the server does not know what happened. */
  findings = [];
  failed = [];
  stopping = false;
  #slots = new Map();

  /** `crowding` is how often everybody wants one of the first free times, from 0 to 1. */
  constructor({ wire, journal, dice, people, crowding }) {
    Object.assign(this, { wire, journal, dice, people, crowding });
  }

  /** So many clients work until they are told to stop. */
  async run(clients) {
    await Promise.all(Array.from({ length: clients }, () => new Client(this, this.dice.fork()).work()));
  }

  nextPerson() {
    return this.people.pop();
  }

  /** An id as the clients give them, from the dice. */
  static id(dice) {
    const digits = (count) => Array.from({ length: count }, () => dice.below(16).toString(16)).join("");
    return `${digits(8)}-${digits(4)}-4${digits(3)}-a${digits(3)}-${digits(12)}`;
  }

  /** Free times of a kind on a day, as somebody has seen them not long ago. */
  async slots(client, kind, day) {
    const name = `${kind} ${day}`;
    const known = this.#slots.get(name);
    if (known && known.at > Date.now() - STALE) return known.slots;
    const answer = await client.ask("GET", `/me/slots?type=${kind}&from=${day}&to=${day}`);
    const slots = answer?.body.items ?? [];
    this.#slots.set(name, { at: Date.now(), slots });
    return slots;
  }
}

class Client {
  #shared;
  #visits = [];
  #forms;
  #conversation;

  constructor(work, dice) {
    this.#shared = work;
    this.dice = dice;
  }

  async work() {
    while (!this.#shared.stopping) {
      const person = this.#shared.nextPerson();
      if (!person) return;
      this.person = person;
      this.#visits = [];
      this.#forms = undefined;
      this.#conversation = undefined;
      const acts = 8 + this.dice.below(10);
      for (let act = 0; act < acts && !this.#shared.stopping; act += 1) await this.#act();
    }
  }

  #act() {
    const dice = this.dice.next();
    if (dice < 0.55) return this.#book();
    if (dice < 0.8) return this.#write();
    if (dice < 0.95) return this.#answer();
    return this.#giveBack();
  }

  async #book() {
    const { dice } = this;
    const work = this.#shared;
    const kind = dice.of(KINDS);
    const crowded = dice.next() < work.crowding;
    const day = new Date(Date.now() + (3 + (crowded ? 0 : dice.below(50))) * DAY).toISOString().slice(0, 10);
    const slots = await work.slots(this, kind, day);
    if (slots.length === 0) return;
    const slot = slots[dice.below(crowded ? Math.min(3, slots.length) : slots.length)];
    const hold = await this.#create("hold", "/me/slot-holds", {
      appointment_type_id: kind, starts_at: slot.starts_at, location_id: slot.location_id, modality: slot.modality,
    });
    if (!hold || dice.next() < 0.05) return;
    const book = () => this.#create("book", "/me/appointments", { hold_id: hold.id, comment: "By the side door." });
    // Some press twice, and each press has a key of its own.
    const visits = await Promise.all(dice.next() < 0.1 ? [book(), book()] : [book()]);
    this.#visits.push(...visits.filter(Boolean));
  }

  async #write() {
    if (!this.#conversation) {
      this.#conversation = await this.#create("conversation", "/me/conversations", {
        type_id: QUESTION, subject: "A question", text: "May I lift with this shoulder?",
      });
      return;
    }
    const path = `/me/conversations/${this.#conversation.id}/messages`;
    await this.#create("message", path, { text: `It began ${this.dice.below(30)} days ago.` },
      { conversation: this.#conversation.id });
  }

  async #answer() {
    if (!this.#forms) {
      const list = await this.ask("GET", "/me/questionnaire-assignments");
      this.#forms = (list?.body.items ?? []).filter((form) => form.state === "open").map((form) => form.id);
    }
    const assignment = this.#forms.pop();
    if (!assignment) return;
    const draft = await this.#create("start", "/me/responses", { assignment_id: assignment });
    if (!draft) return;
    const operations = Object.entries(ANSWERS).map(([name, value]) => ({
      op_id: Work.id(this.dice), path: `/answers/${name}`, value, base: 0,
    }));
    const saved = await this.#change("save", "PATCH", `/me/responses/${draft.id}`, { operations }, draft.id);
    if (!saved) return;
    await this.#change("submit", "POST", `/me/responses/${draft.id}/submission`, {
      person_id: this.person.person, version: saved.version, today: saved.today, answers: ANSWERS,
    }, draft.id, { already: "already-submitted" });
  }

  async #giveBack() {
    const visit = this.#visits.pop();
    if (!visit) return;
    await this.#change("cancel", "POST", `/me/appointments/${visit.id}/cancellation`, { reason: "cannot_come" },
      visit.id, { already: "version-conflict", headers: { "if-match": `"${visit.version}"` } });
  }

  /** Asks for something to be made, under a key. Some ask twice although they were told. */
  async #create(kind, path, json, about) {
    const key = Work.id(this.dice);
    const first = await this.#until(kind, key, "POST", path, { key, json }, about);
    if (first && this.dice.next() < 0.05) {
      this.#shared.again += 1;
      const second = await this.ask("POST", path, { key, json });
      if (second) this.#shared.journal.acknowledged(key, second.status, second.body.id ?? `answer ${second.status}`);
    }
    return first;
  }

  /** Changes something. Repeating that is safe without a key: the change is there already then. */
  #change(kind, method, path, json, made, { already, headers } = {}) {
    const key = Work.id(this.dice);
    return this.#until(kind, key, method, path, { json, headers }, {}, { made, already });
  }

  /** Sends a request until it is known what became of it. */
  async #until(kind, key, method, path, request, about, { made, already } = {}) {
    const { journal } = this.#shared;
    journal.sent(key, kind, this.person.account, about);
    let doubted = false;
    const doubt = (why) => {
      doubted = true;
      journal.doubted(key, why);
    };
    const answer = await this.ask(method, path, request, doubt);
    if (!answer) return undefined;
    const { status, body } = answer;
    if (status < 300) {
      journal.acknowledged(key, status, made ?? body.id);
      return body;
    }
    const slug = body.type?.split("/").pop();
    if (doubted && already && slug === already) {
      journal.acknowledged(key, status, made);
      return undefined;
    }
    journal.refused(key, status, slug);
    return undefined;
  }

  /** Asks until there is an answer that says yes or no; tells `doubt` of every one that does not. */
  async ask(method, path, request = {}, doubt = () => {}) {
    const until = Date.now() + PATIENCE;
    for (let tries = 0; ; tries += 1) {
      try {
        const token = await this.#token();
        if (token) {
          if (tries > 0) this.#shared.again += 1;
          const answer = await this.#send(method, `/api/v1${path}`, { ...request, token });
          const slug = answer.body?.type?.split("/").pop();
          if (answer.status === 401) this.person.token = undefined;
          else if (slug === "rate-limited") await pause(Number(answer.headers["retry-after"]) * 1000);
          else if (answer.status < 500 && slug !== "idempotency-in-progress") return answer;
          else doubt(`${answer.status} ${slug}`);
        }
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        this.#shared.statuses.add("no answer");
        doubt("no answer");
      }
      if (Date.now() > until) {
        this.#shared.findings.push(`no answer for ${PATIENCE / 1000} s: ${method} ${path}`);
        return undefined;
      }
      await pause(this.dice.between(50, 300));
    }
  }

  async #token() {
    if (!this.person.token) {
      const { email, password } = this.person;
      const answer = await this.#send("POST", "/api/v1/auth/sessions", { json: { email, password } });
      if (answer.status === 201) this.person.token = answer.body.access_token;
    }
    return this.person.token;
  }

  async #send(method, path, request) {
    this.#shared.requests += 1;
    const headers = { ...this.person.headers, ...request.headers };
    const answer = await this.#shared.wire.send(method, path, { ...request, headers });
    this.#shared.statuses.add(answer.status);
    if (answer.status === 500) this.#shared.failed.push({ request: `${method} ${path}`, id: answer.body?.instance });
    return answer;
  }
}
