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
    } else if (sql.startsWith("ROLLBACK")) {
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
 * client. `repeat` goes through them so often.
 */
export async function replay(transactions, { program, url, folder, clients, repeat = 1 }) {
  const files = Array.from({ length: clients }, () => ({ prepared: new Map(), lines: [], count: 0 }));
  const place = new Map();
  for (let round = 0; round < repeat; round += 1) {
    for (const transaction of transactions) {
      const session = transaction[0].values[0];
      if (!place.has(session)) place.set(session, place.size % clients);
      const file = files[place.get(session)];
      file.count += 1;
      file.lines.push("BEGIN;");
      for (const { sql, values } of transaction) {
        const given = repeat > 1 ? renewed(sql, values) : values;
        if (!file.prepared.has(sql)) file.prepared.set(sql, `s${file.prepared.size}`);
        const name = file.prepared.get(sql);
        file.lines.push(`EXECUTE ${name}${given.length ? `(${given.join(", ")})` : ""};`);
      }
      file.lines.push("COMMIT;");
    }
  }
  const runs = files.filter((file) => file.count > 0).map((file, n) => {
    const prepares = [...file.prepared].map(([sql, name]) => `PREPARE ${name} AS ${sql};`);
    const script = join(folder, `replay-${n}.sql`);
    writeFileSync(script, [...prepares, ...file.lines, ""].join("\n"));
    return one(program, url, script, file.count);
  });
  return (await Promise.all(runs)).reduce((sum, rate) => sum + rate, 0);
}

/** A line of the trail is written once only, so a repeated one gets ids of its own. */
function renewed(sql, given) {
  if (!sql.includes("record_audit(")) return given;
  const count = given[0].split(",").length;
  return [`ARRAY[${Array(count).fill("gen_random_uuid()").join(", ")}]`, ...given.slice(1)];
}

function one(program, url, script, count) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ["--no-vacuum", "--client=1", "--transactions=1", `--file=${script}`, url],
      { stdio: ["ignore", "pipe", "pipe"] });
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
