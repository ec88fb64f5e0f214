// People of a scenario: each with an address of their own, as a proxy in front tells it.
import { setTimeout as pause } from "node:timers/promises";

import { NoAnswer } from "../../harness/wire.mjs";

const QUESTION = "01900000-0000-7000-8000-000005a17011";

export class People {
  #all;
  #wire;
  #addresses = 0;

  constructor(all, wire) {
    this.#all = all;
    this.#wire = wire;
  }

  /** A header that says an address nobody has had yet. */
  address() {
    this.#addresses += 1;
    return { "x-forwarded-for": `10.${this.#addresses >> 16 & 255}.${this.#addresses >> 8 & 255}.${this.#addresses & 255}` };
  }

  /** Somebody who was not here before. */
  next() {
    return { ...this.#all.pop(), headers: this.address() };
  }

  /** The same, signed in; when many come at once, it is asked to wait. */
  async signedIn() {
    const person = this.next();
    for (let tries = 0; ; tries += 1) {
      const answer = await this.signIn(person);
      if (answer.status === 201) return { ...person, token: answer.body.access_token };
      if (answer.status !== 503 || tries > 100) throw new Error(`${person.email} cannot sign in: ${answer.status}`);
      await pause(200);
    }
  }

  signIn({ email, password, headers }) {
    return this.#wire.send("POST", "/api/v1/auth/sessions", { json: { email, password }, headers });
  }

  read(person) {
    return this.#wire.send("GET", "/api/v1/me/appointments", person);
  }

  write(person, text = "Is everything well again?") {
    return this.#wire.send("POST", "/api/v1/me/conversations",
      { ...person, json: { type_id: QUESTION, text }, key: crypto.randomUUID() });
  }

  /** Seconds until somebody new can sign in, read and write; none when that takes longer than `limit`. */
  async untilNormal(limit) {
    const from = performance.now();
    const seconds = () => (performance.now() - from) / 1000;
    const done = async (ask, status) => {
      while (seconds() < limit) {
        const answer = await ask().catch((error) => {
          if (!(error instanceof NoAnswer)) throw error;
        });
        if (answer?.status === status) return answer;
        await pause(100);
      }
      return undefined;
    };
    const person = this.next();
    const opened = await done(() => this.signIn(person), 201);
    const token = opened?.body.access_token;
    const all = opened && await done(() => this.read({ ...person, token }), 200)
      && await done(() => this.write({ ...person, token }), 201);
    return all ? seconds() : undefined;
  }
}
