// The people of the races: some race against each other, some against themselves.

/** How long a sign-in is used; its token lasts longer. */
const FRESH = 10 * 60 * 1000;
/** So many sign in at a time: more would wait for their passwords to be hashed. */
const DOORS = 8;

export class People {
  #others;
  #crowd;
  #wire;
  #dice;

  /** `clients` of `all` are the crowd that wants the same thing; the others come one by one. */
  constructor(all, clients, { wire, dice }) {
    this.#others = [...all];
    this.#crowd = this.#others.splice(0, clients);
    this.#wire = wire;
    this.#dice = dice;
  }

  /** Somebody who was not here before. */
  next() {
    const person = this.#others.pop();
    if (!person) throw new Error("there are no more people");
    return person;
  }

  /** So many of the crowd, signed in, in an order that the dice give. */
  async crowd(clients) {
    const all = shuffled(this.#crowd, this.#dice).slice(0, clients);
    for (let first = 0; first < all.length; first += DOORS) {
      await Promise.all(all.slice(first, first + DOORS).map((person) => this.signedIn(person)));
    }
    return all;
  }

  /** Those who won are content, and others come for them. */
  replace(winners) {
    this.#crowd = this.#crowd.map((person) => (winners.includes(person) ? this.next() : person));
  }

  async signedIn(person = this.next()) {
    const until = Date.now() + FRESH;
    if (!(person.until > Date.now())) Object.assign(person, await this.opened(person), { until });
    return person;
  }

  /** A further session of somebody, as on another device: what a browser holds then. */
  async opened({ email, password }) {
    const { body, headers } = await this.send("POST", "/auth/sessions", { json: { email, password } });
    return { token: body.access_token, cookie: cookieOf(headers) };
  }

  /** Arranges something, which has to succeed. */
  async send(method, path, request) {
    const answer = await this.ask(method, path, request);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** Asks for something that may be refused. */
  ask(method, path, request = {}) {
    return this.#wire.send(method, `/api/v1${path}`, request);
  }
}

/** The cookie an answer sets, as it is sent back. */
export function cookieOf(headers) {
  return headers["set-cookie"]?.[0].split(";")[0];
}

export function shuffled(all, dice) {
  return all.map((one) => [dice.next(), one]).sort(([a], [b]) => a - b).map(([, one]) => one);
}
