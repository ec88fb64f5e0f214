// The server under pressure: refused in order, alive throughout, and soon as before.
//
//   cargo xtask prove overload -- [--seed N] [--negative-control]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { Cluster } from "../harness/cluster.mjs";
import { crowd } from "../harness/crowd.mjs";
import { Installation } from "../harness/installation.mjs";
import { anySeed, options, prove } from "../harness/proof.mjs";
import { Wire } from "../harness/wire.mjs";
import { held } from "./overload/held.mjs";
import { People } from "./overload/people.mjs";
import { QUICK, SLOW } from "./overload/scenarios.mjs";
import { watched } from "./overload/watch.mjs";

/** The limits that hold where nothing is set; who asks is told apart as behind a proxy. */
const USUAL = {
  SALUS_TRUSTED_PROXIES: "127.0.0.1",
  SALUS_PASSWORD__MEMORY_KIB: "65536",
  SALUS_PASSWORD__PASSES: "3",
  SALUS_RATES__SIGN_INS_PER_MINUTE: "30",
  SALUS_RATES__REQUESTS_PER_MINUTE: "300",
  SALUS_RATES__ANONYMOUS_PER_MINUTE: "60",
  SALUS_LOG: "error",
  SALUS_LOG_FORMAT: "json",
};
const LIFTED = {
  SALUS_PASSWORD__MEMORY_KIB: "64",
  SALUS_RATES__SIGN_INS_PER_MINUTE: "1000000",
  SALUS_RATES__REQUESTS_PER_MINUTE: "1000000",
  SALUS_RATES__ANONYMOUS_PER_MINUTE: "1000000",
};
/** Seconds within which everything is as before. */
const NORMAL = 10;

/** An installation to press. */
export async function pressed(changes, remains) {
  const folder = mkdtempSync(join(tmpdir(), "salus-overload-"));
  remains.add(async () => rmSync(folder, { recursive: true, force: true }));
  const cluster = await remains.make(Cluster.start(), (made) => made.remove());
  const starting = Installation.start({ ...USUAL, ...changes }, cluster);
  const installation = await remains.make(starting, (made) => made.stop({ keepDatabase: true }));
  const { origin } = installation;
  // Nobody meets a connection that the server closes at this moment.
  const wire = new Wire(origin, { kept: false });
  remains.add(async () => wire.close());
  const people = new People(await crowd(installation, cluster, { name: "passer", size: 200 }), wire);
  return { folder, cluster, installation, origin, port: Number(new URL(origin).port), wire, people };
}

/** Runs a scenario under watch and waits until all is as before. */
export async function press(name, context, scenario) {
  let outcome;
  const health = await watched(context.origin, async () => {
    outcome = await scenario(context);
  });
  const normal = "normal" in outcome ? outcome.normal : await context.people.untilNormal(NORMAL);
  const findings = [...outcome.findings, ...health.findings];
  if (normal === undefined) findings.push(`nobody can work as before ${NORMAL} s later`);
  if (!context.installation.serves) findings.push("the server ended");
  return { name, ...outcome, health: health.worst, normal, findings: [...new Set(findings)] };
}

const COLUMNS = ["scenario", "requests", "longest s", "health s", "normal s", "answers"];

function line(cells) {
  const widths = [32, 9, 10, 9, 9];
  return cells.map((cell, n) => (n === 0 ? String(cell).padEnd(widths[n]) : String(cell).padStart(widths[n] ?? 0))).join(" ");
}

/** A scenario's line of the table, and what it found. */
export function row({ name, requests, statuses, longest, health, normal, findings }) {
  const number = (value) => value?.toFixed(2) ?? "never";
  return [
    line([name, requests, number(longest), number(health), number(normal), `  ${statuses}`]),
    ...findings.slice(0, 10).map((text) => `    finding: ${text}`),
  ].join("\n");
}

async function runAll(scenarios, context) {
  console.log(line(COLUMNS));
  const outcomes = [];
  for (const [name, scenario] of Object.entries(scenarios)) {
    const outcome = await press(name, context, scenario);
    console.log(row(outcome));
    outcomes.push(outcome);
  }
  return outcomes;
}

/** With the limits lifted, and with a database that stays as it is, every scenario has to find something. */
async function controls(seed, remains) {
  const context = await pressed(LIFTED, remains);
  // Wrong passwords close an account by themselves; no setting lifts that.
  const lifted = ["flood of one account", "flood of writes of one account", "flood of nobody"];
  const outcomes = await runAll({
    ...Object.fromEntries(lifted.map((name) => [name, QUICK[name]])),
    "database held for good": (given) => held(given, { seconds: 3, seed, letGo: false }),
  }, context);
  const silent = outcomes.filter((one) => one.findings.length === 0).map((one) => one.name);
  console.log(silent.length === 0 ? "every control failed as it must" : `did not fail: ${silent.join(", ")}`);
  return silent.length === 0;
}

async function main(remains) {
  const { seed, negativeControl } = options({ seed: anySeed(), negativeControl: false });
  console.log(`seed ${seed}`);
  if (negativeControl) return controls(seed, remains);
  const context = await pressed({}, remains);
  const outcomes = await runAll({
    ...SLOW,
    ...QUICK,
    "database held": (given) => held(given, { seconds: 25, seed }),
  }, context);
  const found = outcomes.reduce((sum, one) => sum + one.findings.length, 0);
  console.log(`findings ${found}`);
  if (found > 0) console.log(context.installation.log(10));
  return found === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prove(main);
