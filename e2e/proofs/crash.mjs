// Processes are killed while people work: nothing that was acknowledged is lost, nothing is done
// twice, everything stands in the trail.
//
//   cargo xtask prove crash -- [--seed N] [--rounds N] [--clients N] [--negative-control]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { Cluster } from "../harness/cluster.mjs";
import { crowd, openAllDay } from "../harness/crowd.mjs";
import { Installation } from "../harness/installation.mjs";
import { anySeed, Dice, options, prove, Remains, Tally } from "../harness/proof.mjs";
import { Wire } from "../harness/wire.mjs";
import { Work } from "./crash/clients.mjs";
import { Journal } from "./crash/journal.mjs";
import { killed, KILLS } from "./crash/kills.mjs";
import { verdict } from "./crash/verdict.mjs";

/** A server that never tires of so many people from one machine. */
const SETTINGS = {
  SALUS_SESSIONS__ACCESS_SECONDS: "900",
  SALUS_PASSWORD__QUEUE: "1000",
  SALUS_LOG: "warn",
  SALUS_LOG_FORMAT: "json",
};
/**
 * Commits are answered before they are on the disk, and stay in PostgreSQL's memory. Its WAL writer
 * would hand them to the system, which outlives a killed process as it would not outlive the
 * machine; it is held for that reason.
 */
const FORGETFUL = [
  "synchronous_commit = off", "wal_buffers = 64MB", "shared_buffers = 256MB", "checkpoint_timeout = 1h",
  "bgwriter_lru_maxpages = 0",
];
const ORDINARY = { kinds: Object.keys(KILLS), forgetful: false, careless: false, crowding: 0.3 };
/** Without what forbids it, two may take the same time. */
const CARELESS = `
  ALTER TABLE claims DROP CONSTRAINT claims_one_per_lane, DROP CONSTRAINT claims_one_per_person;
  CREATE FUNCTION public.pg_advisory_xact_lock(bigint) RETURNS void LANGUAGE sql AS 'SELECT';
  GRANT EXECUTE ON FUNCTION public.pg_advisory_xact_lock(bigint) TO salus_app;`;

/**
 * An installation at work: what it was asked, what was killed, what does not hold afterwards.
 * `kinds` are the kills that come, `crowding` is how often everybody wants the same few times.
 */
export async function crash(settings, remains) {
  const { seed, rounds, clients, kinds, forgetful, careless, crowding } = { ...ORDINARY, ...settings };
  const dice = new Dice(seed);
  const place = mkdtempSync(join(tmpdir(), "salus-crash-"));
  remains.add(async () => rmSync(place, { recursive: true, force: true }));
  const cluster = await remains.make(Cluster.start(forgetful ? FORGETFUL : []), (made) => made.remove());
  const installation = await remains.make(Installation.start(SETTINGS, cluster), (made) => made.stop({ keepDatabase: true }));
  const id = () => Work.id(dice);
  const people = await crowd(installation, cluster, { name: "crowd", size: clients * (rounds + 2), forms: 6, id });
  await openAllDay(installation, cluster);
  if (careless) await weaken(installation, cluster);
  const forget = async () => {
    if (!forgetful) return;
    // The people themselves have to stay.
    await cluster.query("CHECKPOINT");
    await cluster.holdOne("walwriter");
  };
  await forget();

  const journal = new Journal(join(place, "journal.jsonl"));
  const wire = new Wire(installation.origin);
  const work = new Work({ wire, journal, dice: dice.fork(), people: [...people], crowding });
  const working = work.run(clients);
  // Looked at below; while kills go on, a failure of a client must not end the whole.
  working.catch(() => {});
  const kills = new Tally();
  const bag = [];
  let slowest = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      await pause(dice.between(600, 3000));
      if (kinds.length === 0) continue;
      // Every kind comes before one comes again.
      if (bag.length === 0) bag.push(...shuffled(kinds, dice));
      const kind = bag.pop();
      kills.add(kind);
      slowest = Math.max(slowest, await killed(kind, { installation, cluster, dice, wire }));
      await forget();
    }
    await pause(500);
  } finally {
    work.stopping = true;
  }
  await working;
  const findings = await verdict({ installation, cluster, journal, people, wire, name: "crowd" });
  findings.push(...work.findings.map((text) => ({ kind: "answer", text })));
  for (const { request, id } of work.failed) {
    const why = installation.log(Infinity).split("\n").find((line) => line.includes(id)) ?? "";
    findings.push({ kind: "answer", text: `500 to ${request}: ${why.match(/"cause":"(.*?)"[,}]/)?.[1]}` });
  }
  if (/panicked/.test(installation.log(Infinity))) findings.push({ kind: "answer", text: "the server panicked" });
  wire.close();
  const requests = journal.read();
  journal.close();
  return { kills, slowest, work, requests, findings };
}

function shuffled(all, dice) {
  return all.map((one) => [dice.next(), one]).sort(([a], [b]) => a - b).map(([, one]) => one);
}

async function weaken(installation, cluster) {
  await cluster.query(CARELESS, installation.database);
  await cluster.query(`ALTER DATABASE ${installation.database} SET search_path = public, pg_catalog`);
  await installation.restart();
}

/** What a run has to say. */
export function summary({ kills, slowest, work, requests, findings }) {
  const done = requests.filter((one) => one.made.length > 0);
  const doubtful = requests.filter((one) => one.doubts.length > 0);
  const resolved = doubtful.filter((one) => one.made.length + one.refused.length > 0);
  const by = (all) => {
    const tally = new Tally();
    all.forEach((one) => tally.add(one.kind));
    return tally;
  };
  return [
    `kills        ${kills.sum}: ${kills}`,
    `ready after  ${slowest.toFixed(1)} s at most`,
    `requests     ${requests.length} that change something; ${work.requests} sent in all, ${work.again} of them again`,
    `answers      ${work.statuses}`,
    `acknowledged ${done.length}: ${by(done)}`,
    `doubtful     ${doubtful.length}: ${by(doubtful)}`,
    `resolved     ${resolved.length}: ${resolved.filter((one) => one.made.length > 0).length} done, the others not`,
    `findings     ${findings.length}`,
    ...findings.slice(0, 30).map(({ kind, text }) => `  ${kind}: ${text}`),
  ].join("\n");
}

/** Runs something that must not hold and says whether it was noticed. */
async function control(name, kinds, settings, whole) {
  console.log(`control: ${name}`);
  const remains = new Remains();
  whole.add(() => remains.clear());
  try {
    const outcome = await crash(settings, remains);
    console.log(summary(outcome));
    const noticed = outcome.findings.filter((one) => kinds.includes(one.kind));
    console.log(noticed.length > 0
      ? `the control failed as it must: ${noticed.length} findings of ${kinds.join(" and ")}\n`
      : `the control did not fail: no finding of ${kinds.join(" or ")}\n`);
    return noticed.length > 0;
  } finally {
    await remains.clear();
  }
}

async function main(remains) {
  const { seed, rounds, clients, negativeControl } = options({ seed: anySeed(), rounds: 20, clients: 16, negativeControl: false });
  console.log(`seed         ${seed}; ${rounds} rounds, ${clients} clients`);
  if (negativeControl) {
    const lost = await control("commits are acknowledged before they are on the disk", ["lost"],
      { seed, rounds: 3, clients, kinds: ["postgres"], forgetful: true }, remains);
    const doubled = await control("nothing forbids that a time is taken twice", ["overlap"],
      { seed, rounds: 4, clients, kinds: [], careless: true, crowding: 1 }, remains);
    return lost && doubled;
  }
  const outcome = await crash({ seed, rounds, clients }, remains);
  console.log(summary(outcome));
  return outcome.findings.length === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prove(main);
