// The database hangs: every process of PostgreSQL is held while people work, and let go again.
import { get } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { crowd, openAllDay } from "../../harness/crowd.mjs";
import { Dice, Tally } from "../../harness/proof.mjs";
import { NoAnswer, Wire } from "../../harness/wire.mjs";
import { Work } from "../crash/clients.mjs";
import { Journal } from "../crash/journal.mjs";
import { verdict } from "../crash/verdict.mjs";
import { Watch } from "./watch.mjs";

/** The server's deadline of a request and what a busy machine adds, in seconds. */
const DEADLINE = 15 + 2;
/** Seconds within which everything is as before. */
const NORMAL = 10;
/** A stalled database is told as soon as nobody gets a connection or an answer of it. */
const UNREADY = 3;
const CLIENTS = 12;
const STREAMS = 20;

/** A wire on which every answer is told of. */
class Timed extends Wire {
  constructor(origin, told) {
    super(origin, { kept: false });
    this.told = told;
  }

  async send(method, path, request) {
    const from = performance.now();
    try {
      const answer = await super.send(method, path, request);
      this.told(answer.status, (performance.now() - from) / 1000, `${method} ${path}`);
      return answer;
    } catch (error) {
      if (error instanceof NoAnswer) this.told("no answer", (performance.now() - from) / 1000, `${method} ${path}`);
      throw error;
    }
  }
}

/** An open page that hears what changes. */
class Stream {
  heard = [];
  status;
  last;

  constructor(context, person) {
    this.context = context;
    this.person = person;
    this.open();
  }

  open() {
    const { port } = this.context;
    this.ended = false;
    const headers = {
      ...this.person.headers, authorization: `Bearer ${this.person.token}`,
      ...(this.last ? { "last-event-id": this.last } : {}),
    };
    const end = () => { this.ended = true; };
    const from = performance.now();
    this.opened = new Promise((resolve) => {
      this.request = get({ host: "127.0.0.1", port, path: "/api/v1/me/events", headers, agent: false }, (answer) => {
        this.status = answer.statusCode;
        resolve((performance.now() - from) / 1000);
        let text = "";
        answer.on("data", (part) => {
          text += part;
          const events = text.split("\n\n");
          text = events.pop();
          for (const event of events) {
            this.last = event.match(/^id: (.*)$/m)?.[1] ?? this.last;
            const kind = event.match(/^event: (.*)$/m)?.[1];
            if (kind) this.heard.push(kind);
          }
        });
        answer.on("close", end);
        answer.on("error", end);
      }).on("error", () => {
        end();
        resolve((performance.now() - from) / 1000);
      });
    });
  }

  close() {
    this.request.destroy();
  }
}

/** Holds the database for so many seconds; `letGo` off shows that the harness notices when it stays so. */
export async function held(context, { seconds, seed, letGo = true }) {
  const { cluster, installation, people, origin } = context;
  const statuses = new Tally();
  const findings = [];
  let requests = 0;
  let longest = 0;
  let holding = false;
  const told = (status, took, what) => {
    if (!holding) return;
    requests += 1;
    statuses.add(status);
    longest = Math.max(longest, took);
    if (status === 500 || status === "no answer") findings.push(`${what}: ${status} after ${took.toFixed(1)} s`);
  };

  const dice = new Dice(seed);
  const workers = (await crowd(installation, cluster, { name: `held${seed}x`, size: CLIENTS * 6, forms: 4, id: () => Work.id(dice) }))
    .map((one) => ({ ...one, headers: people.address() }));
  await openAllDay(installation, cluster);
  const listeners = await Promise.all(Array.from({ length: STREAMS }, () => people.signedIn()));
  const late = await Promise.all(Array.from({ length: 5 }, () => people.signedIn()));
  const streams = listeners.map((person) => new Stream(context, person));
  await Promise.all(streams.map((stream) => stream.opened));
  const wire = new Timed(origin, told);
  const journal = new Journal(join(context.folder, `held-${seed}.jsonl`));
  const work = new Work({ wire, journal, dice, people: [...workers], crowding: 0.3 });
  const working = work.run(CLIENTS);
  working.catch(() => {});
  let normal;
  try {
    await pause(1500);
    await cluster.hold();
    holding = true;
    const ready = new Watch(origin, "/readyz", 500);
    // Who says that a file comes, and who wants a stream, waits no longer than others.
    const files = late.map((person) => wire.send("GET", "/api/v1/me/appointments",
      { ...person, headers: { ...person.headers, "content-type": "text/csv" }, patience: (DEADLINE + 5) * 1000 }).catch(() => {}));
    const opening = late.map((person) => new Stream(context, person));
    await pause(seconds * 1000);
    await ready.stop();
    if (ready.others(503).length > 0) findings.push(`/readyz answered ${ready.statuses} while the database was held`);
    if (ready.worst > UNREADY) findings.push(`/readyz took ${ready.worst.toFixed(1)} s`);
    if (seconds > DEADLINE) {
      const open = await Promise.race([Promise.all(opening.map((stream) => stream.opened)), pause(100)]);
      if (!open) findings.push(`a stream that is opened meanwhile is not answered in ${seconds} s`);
    }
    holding = false;
    if (letGo) cluster.letGo();
    normal = await people.untilNormal(NORMAL);
    if (!letGo) cluster.letGo();
    if (normal === undefined) findings.push(`not as before ${NORMAL} s after`);
    await Promise.all(files);
    opening.forEach((stream) => stream.close());
    await pause(2000);
  } finally {
    holding = false;
    cluster.letGo();
    work.stopping = true;
  }
  await working;
  if (longest > DEADLINE) findings.push(`an answer took ${longest.toFixed(1)} s`);
  findings.push(...work.findings);
  findings.push(...(await pool(context)));
  findings.push(...(await heard(context, streams)));
  streams.forEach((stream) => stream.close());
  const kept = await verdict({ installation, cluster, journal, people: workers, wire, name: `held${seed}x` });
  findings.push(...kept.map(({ kind, text }) => `${kind}: ${text}`));
  journal.close();
  wire.close();
  return { requests, statuses, longest, normal, findings };
}

/** No connection of the pool is broken, and none still waits in a transaction. */
async function pool({ cluster, installation, people }) {
  const person = await people.signedIn();
  const findings = [];
  const answers = await Promise.all(Array.from({ length: 100 }, () => people.read(person)));
  const others = answers.filter((answer) => answer.status !== 200);
  if (others.length > 0) findings.push(`${others.length} of 100 reads failed afterwards, the first with ${others[0].status}`);
  const [left] = await cluster.query(
    `SELECT count(*) FROM pg_stat_activity WHERE usename = 'salus_app' AND datname = '${installation.database}'
       AND state LIKE 'idle in transaction%' AND state_change < now() - interval '1 second'`);
  if (left !== "0") findings.push(`${left} connections were left in a transaction`);
  return findings;
}

/** Whoever listens hears again; a page whose stream ended opens it again, as browsers do. */
async function heard(context, streams) {
  const ended = streams.filter((stream) => stream.ended);
  ended.forEach((stream) => stream.open());
  await Promise.all(ended.map((stream) => stream.opened));
  await Promise.all(streams.map(async (stream) => {
    stream.heard = [];
    await context.people.write(stream.person);
  }));
  const until = Date.now() + 5_000;
  const deaf = () => streams.filter((stream) => !stream.heard.includes("message.sent"));
  while (deaf().length > 0 && Date.now() < until) await pause(50);
  return deaf().length > 0 ? [`${deaf().length} of ${streams.length} streams hear nothing afterwards`] : [];
}
