// Everything that presses the server from outside, and what it may answer.
import { Tally } from "../../harness/proof.mjs";
import { Wire } from "../../harness/wire.mjs";
import { head, peer } from "./sockets.mjs";
import { Watch } from "./watch.mjs";

const KIB = 1024;
const PART = " ".repeat(64 * KIB);
const HOLDS = "/api/v1/me/slot-holds";
const times = (count, work) => Promise.all(Array.from({ length: count }, (_, n) => work(n)));

/** What one scenario did and found. */
class Account {
  statuses = new Tally();
  requests = 0;
  longest = 0;
  findings = [];

  count(status, seconds) {
    this.requests += 1;
    this.statuses.add(status);
    this.longest = Math.max(this.longest, seconds);
  }

  /** Only these answers, none later than so many seconds. */
  expect(statuses, within) {
    const others = [...this.statuses.keys()].filter((status) => !statuses.includes(status));
    if (others.length > 0) this.findings.push(`answered ${this.statuses}; only ${statuses.join(", ")} may come`);
    if (this.longest > within) this.findings.push(`took ${this.longest.toFixed(1)} s; ${within} s at most`);
    return this;
  }

  /** This answer, at least once: else the scenario presses nothing. */
  expectSome(status) {
    if (!this.statuses.has(status)) this.findings.push(`never answered ${status}`);
    return this;
  }
}

/** Peers; each is over when the server has closed, which it must `within` so many seconds. */
async function peers(context, count, how, within) {
  const account = new Account();
  const said = await times(count, async (n) => peer(context.port, { limit: within + 5, ...how(n) }));
  for (const { statuses, answered, closed } of said) {
    account.count(statuses.at(-1) ?? "closed", answered ?? closed ?? within + 5);
  }
  const late = said.filter((one) => !(one.closed <= within)).length;
  if (late > 0) account.findings.push(`${late} of ${count} connections were not closed within ${within} s`);
  return account;
}

/** Requests at once, and meanwhile somebody else's, which must be answered as ever. */
async function flood(context, count, atOnce, request) {
  const account = new Account();
  const other = await context.people.signedIn();
  const watch = new Watch(context.origin, "/api/v1/me/appointments", 250, () => other);
  const wire = new Wire(context.origin);
  let next = 0;
  await times(atOnce, async () => {
    while (next < count) {
      const [method, path, how] = request(next);
      next += 1;
      const from = performance.now();
      const answer = await wire.send(method, path, how).catch(() => undefined);
      account.count(answer?.status ?? "no answer", (performance.now() - from) / 1000);
    }
  });
  wire.close();
  await watch.stop();
  if (watch.others(200).length > 0) account.findings.push(`somebody else was answered ${watch.statuses}`);
  if (watch.worst > 5) account.findings.push(`somebody else waited ${watch.worst.toFixed(1)} s`);
  return account;
}

/** Scenarios by name: those in which the server's patience has to end. */
export const SLOW = {
  async "slow body"(context) {
    const { token, headers } = await context.people.signedIn();
    const first = head("POST", HOLDS, { ...headers, authorization: `Bearer ${token}`, "content-type": "application/json", "content-length": 2000 });
    return (await peers(context, 50, () => ({ first, drops: ["{", " "] }), 17)).expect([408], 17);
  },
  async "slow body, nobody's"(context) {
    const first = () => head("POST", "/api/v1/auth/sessions",
      { ...context.people.address(), "content-type": "application/json", "content-length": 2000 });
    return (await peers(context, 50, () => ({ first: first(), drops: ["{", " "] }), 17)).expect([408], 17);
  },
  async "slow body unasked for"(context) {
    const { token, headers } = await context.people.signedIn();
    const first = head("GET", "/api/v1/me/appointments", { ...headers, authorization: `Bearer ${token}`, "content-length": 2000 });
    return (await peers(context, 50, () => ({ first, drops: [" "] }), 17)).expect([200, 400, 408], 17);
  },
  async "silent connections"(context) {
    return (await peers(context, 500, () => ({}), 17)).expect([408, "closed"], 17);
  },
  async "slow header"(context) {
    const first = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: ";
    return (await peers(context, 100, () => ({ first, drops: ["a"] }), 17)).expect([408, "closed"], 17);
  },
  async "body without an end"(context) {
    const { token, headers } = await context.people.signedIn();
    const first = head("POST", HOLDS,
      { ...headers, authorization: `Bearer ${token}`, "content-type": "application/json", "transfer-encoding": "chunked" });
    const drops = [`${PART.length.toString(16)}\r\n${PART}\r\n`];
    return (await peers(context, 10, () => ({ first, drops, every: 100 }), 35)).expect([413], 10);
  },
  async "slow second header"(context) {
    const first = head("GET", "/healthz");
    const drops = ["GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: ", "a"];
    return (await peers(context, 100, () => ({ first, drops }), 35)).expect([200, 408], 35);
  },
};

/** Those that are over at once. */
export const QUICK = {
  async "huge body"(context) {
    const { token, headers } = await context.people.signedIn();
    const first = head("POST", HOLDS,
      { ...headers, authorization: `Bearer ${token}`, "content-type": "application/json", "content-length": 1 << 30 });
    return (await peers(context, 20, () => ({ first, drops: [PART], every: 10 }), 10)).expect([413], 10);
  },
  async "deep JSON"(context) {
    const person = await context.people.signedIn();
    const send = (body) => context.wire.send("POST", HOLDS,
      { ...person, headers: { ...person.headers, "content-type": "application/json", "content-length": body.length }, raw: body });
    const account = new Account();
    await times(20, async () => {
      const from = performance.now();
      account.count((await send("[".repeat(200 * KIB))).status, (performance.now() - from) / 1000);
      account.count((await send(`{"a":`.repeat(40 * KIB))).status, (performance.now() - from) / 1000);
      account.count((await send(`[${"1,".repeat(100 * KIB)}1]`)).status, (performance.now() - from) / 1000);
    });
    return account.expect([400, 413], 5).expectSome(400).expectSome(413);
  },
  async "huge query"(context) {
    const { token, headers } = await context.people.signedIn();
    const common = { ...headers, authorization: `Bearer ${token}`, connection: "close" };
    const lengths = [9 * KIB, 100 * KIB, 1024 * KIB];
    const how = (n) => ({ first: head("GET", `/api/v1/me/slots?type=${"a".repeat(lengths[n % 3])}`, common) });
    return (await peers(context, 30, how, 15)).expect([400, 408, 414, 431, "closed"], 15).expectSome(400);
  },
  async "sign-in flood, one address"(context) {
    const headers = context.people.address();
    const json = { email: "employee@sandbox.example", password: "not the right one" };
    const account = await flood(context, 300, 300, () => ["POST", "/api/v1/auth/sessions", { headers, json }]);
    return account.expect([401, 429, 503], 15).expectSome(429);
  },
  async "sign-in flood, many addresses"(context) {
    const account = await flood(context, 300, 300, (n) => ["POST", "/api/v1/auth/sessions", {
      headers: context.people.address(), json: { email: `nobody${n}@sandbox.example`, password: "not the right one" },
    }]);
    return account.expect([401, 429, 503], 15);
  },
  async "flood of one account"(context) {
    const person = await context.people.signedIn();
    const account = await flood(context, 1500, 50, () => ["GET", "/api/v1/me/appointments", person]);
    return account.expect([200, 429, 503], 15).expectSome(429);
  },
  async "flood of writes of one account"(context) {
    const person = await context.people.signedIn();
    const account = await flood(context, 600, 100, () => ["POST", HOLDS, { ...person, json: {}, key: crypto.randomUUID() }]);
    return account.expect([422, 429, 503], 15).expectSome(429);
  },
  async "flood of nobody"(context) {
    const headers = context.people.address();
    const account = await flood(context, 600, 50, () => ["GET", "/api/v1/auth/session", { headers }]);
    return account.expect([401, 429, 503], 15).expectSome(429);
  },
};
