// Loads a generated set of people into a database of its own and measures the
// main operations by wrk, and beside each the same statements by pgbench.
import { execFile, spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs, promisify } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";

import { slowPhone } from "./browser.mjs";
import { ANSWERS, TEAM, busyPlace, clinicOf, clinics, fill, id, providersOf } from "./fill.mjs";
import { listening, recorded, replay } from "./replay.mjs";
import { Cluster } from "../harness/cluster.mjs";
import { Installation } from "../harness/installation.mjs";
import * as settings from "../harness/settings.mjs";

const run = promisify(execFile);
const CONNECTIONS = 16;
const THREADS = 2;
const READERS = 400;
const SUPERVISORS = 40;
const WRITERS = 400;
/** How many requests are recorded for pgbench, of reads and of writes. */
const RECORDED = { read: 200, write: 1200 };
/** MiB PostgreSQL keeps pages in: a quarter of the memory, as its manual advises. */
const BUFFERS = Math.round(totalmem() / 4 / 2 ** 20);
/** Counts every statement with its planning, those within functions too; it costs some time itself. */
const PROFILING = ["shared_preload_libraries = 'pg_stat_statements'", "pg_stat_statements.track = 'all'", "pg_stat_statements.track_planning = on"];

const { values: options } = parseArgs({
  options: {
    people: { type: "string", default: "10000" },
    seconds: { type: "string", default: "10" },
    baseline: { type: "string" },
    only: { type: "string", multiple: true },
    "no-browser": { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
    out: { type: "string", default: join(settings.out, "bench.json") },
  },
});
const people = Number(options.people);
const seconds = Number(options.seconds);
if (!(people >= 5000 && people <= 5_000_000)) stop("--people is a number from 5000 to 5000000");
if (!(seconds >= 1 && seconds <= 60)) stop("--seconds is a number from 1 to 60");
const baseline = options.baseline ? readBaseline(options.baseline) : undefined;
for (const [program, flag] of [["wrk", "-v"], [settings.sessions(), "--help"]]) {
  if (spawnSync(program, [flag], { input: "" }).error) stop(`${program} cannot be started`);
}

const folder = mkdtempSync(join(tmpdir(), "salus-bench-"));
const log = createWriteStream(join(folder, "bench.log"));
let cluster;
let installation;
let server;
let stopping = false;
let organization;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await leave();
    process.exit(130);
  });
}
function stop(why) {
  console.error(`error: ${why}`);
  process.exit(2);
}

function readBaseline(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    return stop(`--baseline ${file}: ${error.message}`);
  }
}

function say(text) {
  console.error(`    ${text}`);
}

async function leave() {
  server?.kill("SIGKILL");
  await installation?.stop().catch(() => {});
  await cluster?.remove();
  log.end();
  rmSync(folder, { recursive: true, force: true });
}

async function bench() {
  cluster = await Cluster.start([
    "max_wal_size = '8GB'", "checkpoint_timeout = '30min'", "maintenance_work_mem = '512MB'",
    "logging_collector = on", "log_destination = 'jsonlog'", "log_filename = 'all'", "log_rotation_size = 0", "log_rotation_age = 0",
    `shared_buffers = '${BUFFERS} MB'`,
    ...(options.profile ? PROFILING : []),
  ]);
  if (options.profile) await cluster.query("CREATE EXTENSION pg_stat_statements");
  say("a sandbox is made");
  installation = await Installation.start({
    SALUS_RATES__REQUESTS_PER_MINUTE: "10000000",
    SALUS_RATES__ANONYMOUS_PER_MINUTE: "10000000",
    SALUS_SESSIONS__ACCESS_SECONDS: "900",
    SALUS_SESSIONS__IDLE_MINUTES: "60",
    SALUS_LOG: "warn",
  }, cluster);
  const sql = (text) => cluster.query(text, installation.database);
  [organization] = await sql("select provider_org_id from sign_in_names where name = 'employee@sandbox.example'");
  const models = await makeModels();
  await installation.pause();
  const before = Date.now();
  await fill(sql, people, models, say);
  say(`${people} people after ${Math.round((Date.now() - before) / 1000)} s, ${(await sql("select pg_size_pretty(pg_database_size(current_database()))"))[0]}`);

  const report = { people, seconds, connections: CONNECTIONS, sizes: sizes(), rows: [] };
  await serve();
  await sealed(sql);

  say("sessions, conversations and drafts are made");
  const rows = await prepare(sql);
  say("the database is copied for pgbench");
  await halt();
  await cluster.query(`CREATE DATABASE replay TEMPLATE ${installation.database} STRATEGY file_copy`);
  // What is still on its way to the disk would be measured too.
  await cluster.query("CHECKPOINT");
  spawnSync("sync");
  const started = Date.now();
  await serve();
  report.ready_ms = Date.now() - started;
  await pause(3000);
  report.memory_idle_mib = memory();
  for (const row of rows) {
    if (options.only && !options.only.includes(row.key)) continue;
    const measured = await measure(row, sql);
    say(`  ${Math.round(measured.rate)} a second, pgbench ${Math.round(measured.pgbench)}`);
    report.rows.push(measured);
  }
  report.memory_after_mib = memory();
  if (!options["no-browser"]) {
    say("a slow phone");
    report.slow_phone = await slowPhone(installation.origin);
  }
  mkdirSync(settings.out, { recursive: true });
  writeFileSync(options.out, `${JSON.stringify(report, undefined, 2)}\n`);
  print(report);
  say(`as JSON: ${options.out}`);
}

/** A visit, a conversation and a submission, made the usual way; the rest is copied from them. */
async function makeModels() {
  const { api } = installation;
  const kinds = await api.as("employee", "GET", "/me/appointment-types");
  const kind = kinds.items.find((one) => one.public_name === "Respirator fit test");
  const [from, to] = days(3, 20);
  const slots = await api.as("employee", "GET", `/me/slots?type=${kind.id}&from=${from}&to=${to}`);
  const slot = slots.items[0];
  const hold = await api.as("employee", "POST", "/me/slot-holds", {
    appointment_type_id: kind.id, starts_at: slot.starts_at, location_id: slot.location_id, modality: slot.modality,
  });
  const appointment = await api.as("employee", "POST", "/me/appointments", { hold_id: hold.id });
  const types = await api.as("employee", "GET", "/me/message-types");
  const conversation = await api.as("employee", "POST", "/me/conversations", {
    type_id: types.items[0].id, subject: "Gloves", text: "Which gloves protect from the new solvent?",
  });
  const assignments = await api.as("employee", "GET", "/me/questionnaire-assignments");
  const response = await api.as("employee", "POST", "/me/responses", { assignment_id: assignments.items[0].id });
  const answers = { noise_recent: true, noise_hours: "2.5", noise_protection: "always" };
  await api.as("employee", "PATCH", `/me/responses/${response.id}`, { operations: operations(answers) });
  return { appointment: appointment.id, conversation: conversation.id, response: response.id };
}

function operations(answers) {
  return Object.entries(answers).map(([link, value]) => ({ op_id: crypto.randomUUID(), path: `/answers/${link}`, value, base: 0 }));
}

function days(from, to) {
  return [from, to].map((day) => new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10));
}

async function serve() {
  const out = openSync(join(folder, "server.log"), "a");
  // As the image runs it.
  const environment = { ...installation.environment, MALLOC_ARENA_MAX: "2" };
  server = spawn(settings.server(), ["serve"], { env: environment, stdio: ["ignore", out, out] });
  const until = Date.now() + 30_000;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the server ended: ${readFileSync(join(folder, "server.log"), "utf8").slice(-500)}`);
    if (await fetch(`${installation.origin}/readyz`).then((answer) => answer.ok, () => false)) return;
    if (Date.now() > until) throw new Error("the server does not answer");
    await pause(5);
  }
}

async function halt() {
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await gone;
  server = undefined;
}

function memory() {
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
}

/** Waits until the trail that was filled in is sealed, which would be measured with the rest. */
async function sealed(sql) {
  let last;
  for (;;) {
    const [count] = await sql("select coalesce(max(number), 0) from audit_blocks");
    if (count === last) return;
    last = count;
    await pause(7000);
  }
}

/** Tokens for accounts by number. */
async function tokens(numbers) {
  const child = spawn(settings.sessions(), [], { env: installation.environment, stdio: ["pipe", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (data) => { out += data; });
  child.stdin.end(numbers.map((n) => `${id("account", n)} ${organization}`).join("\n"));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error("no sessions could be opened");
  return out.trim().split("\n");
}

const numbers = (from, count) => Array.from({ length: count }, (_, n) => from + n);
const line = (method, path, token, body = "") => [method, `/api/v1${path}`, token, body && JSON.stringify(body)].join("\t");

async function ask(request) {
  const [method, path, token, body] = request.split("\t");
  const answer = await fetch(`${installation.origin}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
    body: body || undefined,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text && JSON.parse(text);
}

/** The same for many, some at a time. */
async function each(items, work) {
  const answers = Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const n = next;
      next += 1;
      answers[n] = await work(items[n], n);
    }
  };
  await Promise.all(Array.from({ length: 12 }, worker));
  return answers;
}

/** What each row sends: `again` or `once` each line, some apart for the recording. */
async function prepare(sql) {
  const wanted = (key) => !options.only || options.only.includes(key);
  const rows = [];
  const readers = numbers(1, READERS);
  const reading = await tokens(readers);
  const [from, to] = days(1, 14);
  rows.push({
    key: "appointment", name: "read one own appointment", again: true,
    lines: readers.map((n) => line("GET", `/me/appointments/${id("appointment", n)}`, reading[n - 1])),
  });
  rows.push({
    key: "slots", name: "search free slots over 14 days", again: true,
    lines: readers.map((n) => line("GET", `/me/slots?type=${id("type", 1)}&from=${from}&to=${to}`, reading[n - 1])),
  });
  if (wanted("month") || wanted("whole")) {
    // Those of the first employer, who may go to the busy clinic.
    const guests = numbers(0, 100).map((k) => 1 + k * clinics(people)).filter((n) => n <= people);
    const given = await tokens(guests);
    const [first, last] = days(1, 31);
    const search = `/me/slots?type=${id("type", 2)}&location=${busyPlace(people)}&from=${first}&to=${last}`;
    const lines = given.map((token) => line("GET", search, token));
    rows.push({ key: "month", name: "search 31 days of a busy clinic with rooms, first 50 times", again: true, lines });
    const pages = [];
    for (let cursor = ""; ; ) {
      const page = `${search}&limit=200${cursor && `&cursor=${cursor}`}`;
      pages.push(given.map((token) => line("GET", page, token)));
      const found = await ask(pages.at(-1)[0]);
      cursor = found.next_cursor ?? "";
      if (!cursor) break;
    }
    say(`the month of the busy clinic has ${pages.length} pages of 200 times`);
    rows.push({
      key: "whole", name: `search 31 days of a busy clinic with rooms, all ${pages.length} pages`, again: true,
      lines: pages.flat(), parts: pages.length,
    });
  }
  if (wanted("messages") || wanted("message")) {
    const types = await installation.api.as("employee", "GET", "/me/message-types");
    const type_id = types.items[0].id;
    const conversations = await each(readers.slice(0, 40), (n) =>
      ask(line("POST", "/me/conversations", reading[n - 1], { type_id, subject: "Gloves", text: "Which gloves?" })));
    await each(conversations, async (conversation, n) => {
      for (let sent = 0; sent < 55; sent += 1) {
        await ask(line("POST", `/me/conversations/${conversation.id}/messages`, reading[n], { text: `Message ${sent}: the nitrile ones, changed every hour.` }));
      }
    });
    rows.push({
      key: "messages", name: "list a conversation's newest 50 messages", again: true,
      lines: conversations.map((conversation, n) => line("GET", `/me/conversations/${conversation.id}/messages?limit=50`, reading[n])),
    });
    const writers = numbers(READERS + 1, WRITERS);
    const writing = await tokens(writers);
    const own = await each(writers, (n, place) =>
      ask(line("POST", "/me/conversations", writing[place], { type_id, subject: "Gloves", text: "Which gloves?" })));
    rows.push({
      key: "message", name: "send a message", again: true, writes: true,
      lines: own.map((conversation, n) => line("POST", `/me/conversations/${conversation.id}/messages`, writing[n], { text: "The nitrile ones, changed every hour." })),
    });
  }
  if (wanted("submission")) {
    const answering = numbers(1001, Math.min(people - 2000, 4000 + seconds * 400));
    const given = await tokens(answering);
    const today = new Date().toLocaleDateString("sv", { timeZone: "America/Indiana/Indianapolis" });
    const drafts = await each(answering, async (n, place) => {
      const response = await ask(line("POST", "/me/responses", given[place], { assignment_id: id("assignment", n) }));
      const saved = await ask(line("PATCH", `/me/responses/${response.id}`, given[place], { operations: operations(ANSWERS) }));
      return line("POST", `/me/responses/${response.id}/submission`, given[place], {
        person_id: id("person", n), version: saved.version, today, answers: ANSWERS, leave_blank: false,
      });
    });
    rows.push({ key: "submission", name: "submit a questionnaire of 20 answers", writes: true, lines: drafts });
  }
  if (wanted("booking")) {
    rows.push({ key: "booking", name: "book: hold and appointment, distinct slots", writes: true, booking: true, ...(await wishes()) });
  }
  const leaders = numbers(1, SUPERVISORS).map((n) => n * TEAM + 1);
  rows.push({
    key: "team", name: `team table of ${TEAM} reports`, again: true,
    lines: (await tokens(leaders)).map((token) => line("GET", "/team/people", token)),
  });
  return rows;
}

/** What all pages of a list hold. */
async function allPages(path, token) {
  const items = [];
  for (let cursor = ""; ; ) {
    const page = await ask(line("GET", `${path}${cursor && `&cursor=${cursor}`}`, token));
    items.push(...page.items);
    cursor = page.next_cursor;
    if (!cursor) return items;
  }
}

/** Holds of free times for many people, each a time of its own. */
async function wishes() {
  const count = Math.min(people - 1000, RECORDED.write + 2000 + seconds * 1200);
  const bookers = numbers(1001, count);
  const given = await tokens(bookers);
  const [from, to] = days(2, 32);
  const free = new Map();
  const lines = [];
  for (const [place, n] of bookers.entries()) {
    const clinic = clinicOf(n, people);
    if (!free.has(clinic)) {
      const each = [];
      for (const resource of providersOf(clinic)) {
        const slots = [];
        for (const [first, last] of [[from, to], days(33, 58)]) {
          const found = await allPages(`/me/slots?type=${id("type", 1)}&resource=${resource}&from=${first}&to=${last}&limit=200`, given[place]);
          // Half hours only, so that none touches another.
          slots.push(...found.filter((slot) => /:(00|30):/.test(slot.starts_at)).map((slot) => ({ ...slot, resource })));
        }
        each.push(slots);
      }
      free.set(clinic, each);
    }
    // One provider after the other, as people choose.
    const each = free.get(clinic);
    const slot = each[0].pop();
    each.push(each.shift());
    if (!slot) continue;
    lines.push(line("POST", "/me/slot-holds", given[place], {
      appointment_type_id: id("type", 1), starts_at: slot.starts_at, location_id: slot.location_id, modality: slot.modality, resource_id: slot.resource,
    }));
  }
  return { lines, token: new Map(bookers.map((n, place) => [id("person", n), given[place]])) };
}

async function measure(row, sql) {
  say(row.name);
  if (row.booking) return measureBooking(row, sql);
  const apart = row.writes && !row.again ? row.lines.slice(0, RECORDED.write) : row.lines;
  const rest = row.writes && !row.again ? row.lines.slice(RECORDED.write) : row.lines;
  const pgbench = await byPgbench(apart, row);
  const warm = row.again ? rest : rest.slice(0, Math.min(800, rest.length / 4));
  await load(warm, row.again, 3);
  const result = await profiled(() => load(row.again ? rest : rest.slice(warm.length), row.again, seconds));
  // Who asks for several pages waits for each.
  const parts = row.parts ?? 1;
  return {
    key: row.key, name: row.name, rate: result.rate / parts, p50: result.p50 * parts, p99: result.p99 * parts,
    errors: result.failed, pgbench: pgbench / parts, ratio: result.rate / pgbench,
  };
}

/** A booking is a hold and an appointment: rates add up as times do. */
async function measureBooking(row, sql) {
  const { lines, token } = row;
  const held = async () => (await sql(`select id, person_id from slot_holds where ended_at is null and appointment_type_id = '${id("type", 1)}'`))
    .map((text) => text.split("|"))
    .map(([hold, person]) => line("POST", "/me/appointments", token.get(person), { hold_id: hold }));
  const pgbench = await byPgbench(lines.slice(0, RECORDED.write), row, held);
  const rest = lines.slice(RECORDED.write);
  const warm = rest.slice(0, 1000);
  await load(warm, false, 60);
  await load(await held(), false, 60);
  const half = rest.slice(warm.length);
  const holding = await profiled(() => load(half, false, 60));
  const holds = await held();
  const booking = await profiled(() => load(holds, false, 60));
  const rate = 1 / (1 / holding.rate + 1 / booking.rate);
  return {
    key: row.key, name: row.name, rate, p50: holding.p50 + booking.p50, p99: holding.p99 + booking.p99,
    errors: holding.failed + booking.failed, pgbench, ratio: rate / pgbench,
  };
}

/** Records what the server sends for some requests, and has pgbench send it to the copy. */
async function byPgbench(lines, row, then) {
  const count = row.writes ? RECORDED.write : RECORDED.read;
  const sent = Array.from({ length: count }, (_, n) => lines[n % lines.length]);
  const file = cluster.jsonLog;
  const from = statSync(file).size;
  await cluster.query(`ALTER ROLE salus_app IN DATABASE ${installation.database} SET log_statement = 'all'`);
  await halt();
  await serve();
  await each(sent, ask);
  if (then) await each(await then(), ask);
  await cluster.query(`ALTER ROLE salus_app IN DATABASE ${installation.database} RESET log_statement`);
  await halt();
  await serve();
  await pause(300);
  const transactions = recorded(file, from);
  if (transactions.length < count) throw new Error(`${row.name}: ${transactions.length} transactions were recorded of ${count}`);
  const url = new URL(installation.environment.SALUS_DATABASE_URL);
  url.pathname = "/replay";
  const stopListening = listening(settings.psql(), url.toString());
  const rate = await replay(transactions, {
    program: join(settings.postgresPrograms(), "pgbench"), url: url.toString(), folder, clients: CONNECTIONS,
    seconds: row.writes ? undefined : Math.min(seconds, 5),
  }).finally(stopListening);
  return rate * count / transactions.length;
}

async function load(lines, again, duration) {
  const file = join(folder, "requests");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const { stdout } = await run("wrk", [
    "--threads", THREADS, "--connections", CONNECTIONS, "--duration", `${duration}s`, "--timeout", "10s",
    "--script", new URL("requests.lua", import.meta.url).pathname, installation.origin.replace("localhost", "127.0.0.1"),
    "--", file, again ? "again" : "once", THREADS,
  ].map(String), { maxBuffer: 1 << 24 });
  const result = JSON.parse(stdout.trim().split("\n").at(-1));
  const good = Object.entries(result.statuses).reduce((sum, [status, count]) => sum + (Number(status) < 300 ? count : 0), 0);
  const all = Object.values(result.statuses).reduce((sum, count) => sum + count, 0);
  log.write(`${stdout}\n`);
  if (good < all * 0.9) throw new Error(`most requests fail: ${JSON.stringify(result.statuses)}`);
  return { seconds: result.seconds, rate: good / result.seconds, p50: result.p50, p99: result.p99, failed: all - good + result.errors };
}

/** With `--profile`: where PostgreSQL's time goes meanwhile, for one request. */
async function profiled(work) {
  if (!options.profile) return work();
  await cluster.query("SELECT pg_stat_statements_reset()");
  const result = await work();
  const requests = result.rate * result.seconds;
  const found = await cluster.query(`SELECT calls || '|' || total_plan_time || '|' || total_exec_time || '|' || regexp_replace(query, '\\s+', ' ', 'g')
    FROM pg_stat_statements ORDER BY total_plan_time + total_exec_time DESC LIMIT 25`);
  say("  calls, ms of planning and ms of execution for one request (an outer statement holds what is within)");
  for (const one of found) {
    const [calls, plan, execution, ...query] = one.split("|");
    const each = [calls, plan, execution].map((value) => (Number(value) / requests).toFixed(3).padStart(8));
    say(`  ${each.join(" ")}  ${query.join("|").slice(0, 160)}`);
  }
  return result;
}

/** The apps as they are built, in KiB: raw and as a browser fetches them. */
function sizes() {
  const answer = {};
  for (const app of readdirSync(settings.apps())) {
    const place = join(settings.apps(), app);
    if (!statSync(place).isDirectory()) continue;
    const total = { raw: 0, brotli: 0 };
    for (const name of readdirSync(place, { recursive: true })) {
      const file = join(place, name);
      if (!/\.(wasm|js|css|html|json|webmanifest|svg)$/.test(name) || !statSync(file).isFile()) continue;
      const content = readFileSync(file);
      total.raw += content.length;
      total.brotli += brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
    }
    answer[app] = { raw: Math.round(total.raw / 1024), brotli: Math.round(total.brotli / 1024) };
  }
  return answer;
}

function print(report) {
  const lines = [
    `${report.people} people, ${report.connections} connections, ${report.seconds} s each; limits of rates raised for the run; ${BUFFERS} MiB of buffers in PostgreSQL.`,
    "",
    "| operation | requests/s | p50 ms | p99 ms | not answered well | pgbench, same SQL /s | ratio |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...report.rows.map((row) => `| ${row.name} | ${Math.round(row.rate)} | ${row.p50.toFixed(1)} | ${row.p99.toFixed(1)} | ${row.errors} | ${Math.round(row.pgbench)} | ${row.ratio.toFixed(2)}${change(row)} |`),
    "",
    `Ready ${report.ready_ms} ms after the start; ${report.memory_idle_mib.toFixed(1)} MiB idle, ${report.memory_after_mib.toFixed(1)} MiB after.`,
    ...Object.entries(report.sizes).map(([app, size]) => `${app}: ${size.raw} KiB, ${size.brotli} KiB brotli.`),
  ];
  if (report.slow_phone) {
    for (const [name, visit] of Object.entries(report.slow_phone)) {
      lines.push(`Slow phone, ${name}: first paint ${visit.paint.toFixed(1)} s, home usable ${visit.usable.toFixed(1)} s.`);
    }
  }
  console.log(lines.join("\n"));
}

/** Against an earlier run, each in relation to its own pgbench: machines are never the same twice. */
function change(row) {
  const earlier = baseline?.rows.find((one) => one.key === row.key);
  return earlier ? ` (${(row.ratio / earlier.ratio).toFixed(2)} of before)` : "";
}

try {
  await bench();
} catch (error) {
  if (!stopping) console.error(`error: ${error.message}`);
  process.exitCode = 1;
} finally {
  if (!stopping) await leave();
}
