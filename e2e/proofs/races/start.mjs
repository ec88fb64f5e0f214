// Many requests that set off at the same moment, and what came back.
import { Tally } from "../../harness/proof.mjs";
import { NoAnswer } from "../../harness/wire.mjs";

/** An answer in few words: the status, and which problem it was. */
export function label({ status, slug }) {
  return [status ?? "no answer", slug].filter(Boolean).join(" ");
}

/** Sends all at once and gives back their answers in the same order, each with the milliseconds it took. */
export async function atOnce(wire, requests) {
  // The way is open when they set off, so that they come closer together.
  await Promise.all(requests.map(() => wire.send("GET", "/healthz").catch(unanswered)));
  return Promise.all(requests.map(async ({ method, path, ...request }) => {
    const from = performance.now();
    const answer = await wire.send(method, `/api/v1${path}`, request).catch(unanswered);
    return { ...answer, slug: answer.body?.type?.split("/").pop(), took: performance.now() - from };
  }));
}

function unanswered(error) {
  if (!(error instanceof NoAnswer)) throw error;
  return { status: undefined, headers: {} };
}

/** Runs a race some times. `race` arranges it: what is sent, and a judge of the answers. */
export async function run(name, race, context, rounds) {
  const outcome = { name, rounds, statuses: new Tally(), times: [], findings: [] };
  for (let round = 0; round < rounds; round += 1) {
    const { requests, judge } = await race(context);
    const answers = await atOnce(context.racing, requests);
    answers.forEach((answer) => outcome.statuses.add(label(answer)));
    outcome.times.push(...answers.map((answer) => answer.took));
    outcome.findings.push(...failed(answers, context.installation), ...await judge(answers));
  }
  return outcome;
}

/**
 * Nobody is left without an answer, and nobody is told that the server is at a loss. Who is turned
 * away because it takes too long is told apart: that is a question of how fast a machine is.
 */
function failed(answers, installation) {
  return answers.filter((answer) => !answered(answer)).map((answer) => {
    const { instance } = answer.body ?? {};
    const line = instance && installation.log(Infinity).split("\n").find((one) => one.includes(instance));
    const text = `${label(answer)} ${line?.match(/"cause":"(.*?)"[,}]/)?.[1] ?? ""}`.trim();
    return { kind: label(answer) === "503 unavailable" ? "away" : "failed", text };
  });
}

/** Whether somebody was told something; what it is, the judges see to. */
export function answered({ status }) {
  return status !== undefined && status < 500;
}

/**
 * So many won, and everybody else was told one of the things a loser is told. `won` is what a winner
 * is told.
 */
export function winners(answers, { won, wins = 1, lost }) {
  const findings = [];
  const count = answers.filter((answer) => label(answer) === won).length;
  if (count > wins) findings.push({ kind: "double", text: `${count} won where ${wins} may` });
  if (count < wins) findings.push({ kind: "nobody", text: `${count} won where ${wins} should` });
  const told = new Set(answers.filter(answered).map(label));
  for (const other of told) {
    if (other !== won && !lost.includes(other)) findings.push({ kind: "told", text: `somebody was told ${other}` });
  }
  return findings;
}

/** What the database has is what the winners were told: ids, no more and no fewer than may be. */
export function kept(what, rows, told, wins = 1) {
  if (rows.length > wins) return [{ kind: "double", text: `${rows.length} ${what} in the database where ${wins} may be` }];
  const same = rows.length === told.length && rows.every((id) => told.includes(id));
  return same ? [] : [{ kind: "lost", text: `${what} in the database: ${rows.join(", ") || "none"}; told: ${told.join(", ") || "none"}` }];
}

/** The time within which a part of all answers came. */
export function percentile(times, part) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
}
