// The statements the server sent, taken from PostgreSQL's log and sent again by
// pgbench: prepared, one after the other, as many clients as the server had.
import { spawn } from "node:child_process";
import { closeSync, openSync, readSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Statements of the server's transactions for a request since a place in the log. */
export function recorded(file, from) {
  const length = statSync(file).size - from;
  const buffer = Buffer.alloc(length);
  const handle = openSync(file, "r");
  readSync(handle, buffer, 0, length, from);
  closeSync(handle);
  const open = new Map();
  const done = [];
  for (const line of buffer.toString().split("\n")) {
    if (!line.includes('"user":"salus_app"')) continue;
    const { pid, message = "", detail = "" } = JSON.parse(line);
    const found = /^(?:execute [^:]*|statement): ([\s\S]*)$/.exec(message);
    if (!found) continue;
    const sql = found[1].trim();
    if (sql === "BEGIN") {
      open.set(pid, []);
    } else if (sql === "COMMIT") {
      const statements = open.get(pid);
      open.delete(pid);
      if (statements?.[0]?.sql.includes("FROM app.enter(")) done.push(statements);
    } else if (sql === "ROLLBACK") {
      open.delete(pid);
    } else {
      open.get(pid)?.push({ sql, values: literals(detail) });
    }
  }
  return done;
}

/** `parameters: $1 = 'a', $2 = NULL` as the literals they are. */
function literals(detail) {
  const found = [];
  const pattern = /\$\d+ = (NULL|'(?:[^']|'')*')(?:, |$)/g;
  for (const [, literal] of detail.replace(/^parameters: /i, "").matchAll(pattern)) found.push(literal);
  return found;
}

/**
 * Runs transactions by pgbench and gives transactions a second. What one session did stays in its order with one
 * client. Writes are sent once, as calls of what was prepared before; reads again and again for some seconds.
 */
export async function replay(transactions, { program, url, folder, clients, seconds }) {
  const shares = Array.from({ length: clients }, () => []);
  const place = new Map();
  for (const transaction of transactions) {
    const session = transaction[0].values.find((value) => /^'[0-9a-f-]{36}'$/.test(value));
    if (!place.has(session)) place.set(session, place.size % clients);
    shares[place.get(session)].push(transaction);
  }
  const runs = shares.filter((share) => share.length > 0).map((share, n) => {
    const script = join(folder, `replay-${n}.sql`);
    writeFileSync(script, `${(seconds ? plain(share) : prepared(share)).join("\n")}\n`);
    const how = seconds ? ["--protocol=prepared", `--time=${seconds}`] : ["--transactions=1"];
    return one(program, [...how, `--file=${script}`, url], share.length);
  });
  return (await Promise.all(runs)).reduce((sum, rate) => sum + rate, 0);
}

/** A client that listens as the server does: what is announced then has somebody to be told to. */
export function listening(program, url) {
  const child = spawn(program, ["-X", "-q", "-d", url], { stdio: ["pipe", "ignore", "ignore"] });
  child.stdin.write("LISTEN salus_events;\n");
  return () => child.kill();
}

/** Statements with their values in them; pgbench prepares each once. */
function plain(transactions) {
  return transactions.flatMap((transaction) => [
    "BEGIN;",
    ...transaction.map(({ sql, values }) => {
      const given = renewed(sql, values);
      return `${sql.replace(/\$(\d+)/g, (_, n) => given[n - 1])};`;
    }),
    "COMMIT;",
  ]);
}

/** Each statement prepared once, and then called with its values. */
function prepared(transactions) {
  const names = new Map();
  const calls = transactions.flatMap((transaction) => [
    "BEGIN;",
    ...transaction.map(({ sql, values }) => {
      if (!/^(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(sql)) return `${sql};`;
      if (!names.has(sql)) names.set(sql, `s${names.size}`);
      return `EXECUTE ${names.get(sql)}${values.length ? `(${values.join(", ")})` : ""};`;
    }),
    "COMMIT;",
  ]);
  return [...[...names].map(([sql, name]) => `PREPARE ${name} AS ${sql};`), ...calls];
}

/** A line of the trail is written once only, so a repeated one gets ids of its own. */
function renewed(sql, given) {
  if (!sql.includes("record_audit(")) return given;
  const count = given[0].split(",").length;
  return [`ARRAY[${Array(count).fill("gen_random_uuid()").join(", ")}]`, ...given.slice(1)];
}

function one(program, parameters, count) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ["--no-vacuum", "--client=1", ...parameters], { stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let errors = "";
    child.stdout.on("data", (data) => { out += data; });
    child.stderr.on("data", (data) => { errors += data; });
    child.on("error", reject);
    child.on("close", () => {
      const took = /latency average = ([\d.]+) ms/.exec(out);
      const failed = /number of failed transactions: [1-9]/.test(out) || /ERROR/.test(errors);
      if (!took || failed) reject(new Error(`pgbench: ${errors.slice(0, 1500)}${out.slice(-300)}`));
      else resolve(count / (Number(took[1]) / 1000));
    });
  });
}
