// 64 at the same moment, and only one may win: for a time, under a key, with a token, a code, a draft.
//
//   cargo xtask prove races -- [--seed N] [--rounds N] [--clients N] [--negative-control]
import { fileURLToPath } from "node:url";

import { Cluster } from "../harness/cluster.mjs";
import { crowd, openAllDay } from "../harness/crowd.mjs";
import { Installation } from "../harness/installation.mjs";
import { anySeed, Dice, options, prove, Tally } from "../harness/proof.mjs";
import { Wire } from "../harness/wire.mjs";
import { code, newcomers, renewal } from "./races/access.mjs";
import { confirmation, seats, slot } from "./races/booking.mjs";
import { People } from "./races/people.mjs";
import { percentile, run } from "./races/start.mjs";
import { weaken } from "./races/weakened.mjs";
import { draft, message, submission } from "./races/writing.mjs";

/** Each race, by what must hold of it. */
export const RACES = {
  "one free time": slot,
  "three free seats": seats,
  "one hold confirmed": confirmation,
  "one message under one key": message,
  "one refresh token": renewal,
  "one pick-up code": code,
  "one answer of a draft": draft,
  "one submission": submission,
};

/** A server that never tires of so many people from one machine. */
const SETTINGS = {
  SALUS_SESSIONS__ACCESS_SECONDS: "900",
  SALUS_RATES__CODES_PER_HOUR: "10000",
  SALUS_LOG: "warn",
  SALUS_LOG_FORMAT: "json",
};
/** Milliseconds within which 99 of 100 have their answer. */
const SOON = 1000;

/** An installation with people enough for so many rounds of every race; in a cluster of the caller's if one is given. */
export async function arranged({ seed, rounds, clients }, remains, cluster) {
  const dice = new Dice(seed);
  const starting = Installation.start(SETTINGS, cluster);
  const installation = await remains.make(starting, (made) => made.stop({ keepDatabase: cluster !== undefined }));
  // Nobody meets a connection that the server closes at this moment.
  const wire = new Wire(installation.origin, { kept: false });
  const racing = new Wire(installation.origin);
  remains.add(async () => [wire, racing].forEach((one) => one.close()));
  const query = (sql) => installation.query(sql);
  // Nine a round: four who won a time, and five who race against themselves.
  const all = await crowd(installation, { query }, { name: "racer", size: clients + rounds * 9 });
  await openAllDay(installation, { query });
  const people = new People(all, clients, { wire, dice });
  const context = { installation, racing, people, query, dice, clients };
  return { ...context, newcomers: await newcomers(rounds, context) };
}

const COLUMNS = ["race", "rounds", "p50 ms", "p99 ms", "answers"];

function line(cells) {
  const widths = [27, 6, 7, 7];
  return cells.map((cell, n) => (n === 0 ? String(cell).padEnd(widths[n]) : String(cell).padStart(widths[n] ?? 0))).join(" ");
}

/** A race's line of the table, and what it found. */
export function row({ name, rounds, times: waited, statuses, findings }) {
  const number = (part) => percentile(waited, part).toFixed(0);
  const found = new Tally();
  findings.forEach(({ kind, text }) => found.add(`${kind}: ${text}`));
  return [
    line([name, rounds, number(0.5), number(0.99), `  ${statuses}`]),
    ...[...found].slice(0, 10).map(([text, times]) => `    ${text}${times > 1 ? ` (${times} times)` : ""}`),
  ].join("\n");
}

async function runAll(context, rounds, finish = (outcome) => outcome) {
  console.log(line(COLUMNS));
  const outcomes = [];
  for (const [name, race] of Object.entries(RACES)) {
    const outcome = finish(await run(name, race, context, rounds));
    console.log(row(outcome));
    outcomes.push(outcome);
  }
  return outcomes;
}

function timed(outcome) {
  const p99 = percentile(outcome.times, 0.99);
  if (p99 >= SOON) outcome.findings.push({ kind: "slow", text: `one of 100 waited ${p99.toFixed(0)} ms or longer` });
  return outcome;
}

/** Whether nobody noticed that more won than may. */
export const silent = ({ findings }) => !findings.some(({ kind }) => kind === "double");

/** With a database that forbids nothing, every race has to find two who won. */
async function control(context, rounds) {
  await weaken(context);
  const failed = (await runAll(context, rounds)).filter(silent).map(({ name }) => name);
  console.log(failed.length === 0 ? "every control failed as it must" : `did not fail: ${failed.join(", ")}`);
  return failed.length === 0;
}

async function main(remains) {
  const { negativeControl, ...settings } = options({ seed: anySeed(), rounds: 20, clients: 64, negativeControl: false });
  if (negativeControl) settings.rounds = Math.min(settings.rounds, 3);
  console.log(`seed ${settings.seed}; ${settings.rounds} rounds, ${settings.clients} clients`);
  // A cluster that is durable like a real one: how long people wait is looked at.
  const cluster = await remains.make(Cluster.start(), (made) => made.remove());
  const context = await arranged(settings, remains, cluster);
  if (negativeControl) return control(context, settings.rounds);
  const outcomes = await runAll(context, settings.rounds, timed);
  const found = outcomes.reduce((sum, one) => sum + one.findings.length, 0);
  console.log(`findings ${found}`);
  return found === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prove(main);
