// A backup becomes an installation again: in another cluster, with the same key file, complete, with
// nothing of it live that may have been used since, and with a trail that goes on.
//
//   cargo xtask prove restore -- [--seed N] [--negative-control]
import { execFile } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";

import { Cluster } from "../harness/cluster.mjs";
import { Installation } from "../harness/installation.mjs";
import * as settings from "../harness/settings.mjs";
import { CHANGED, counts, digest, number, sealed, tables } from "./restore/database.mjs";
import { LOST, SEALED, ask, book, code, hold, person, redeem, signIn, write } from "./restore/work.mjs";

const run = promisify(execFile);
const NEWER = "99991231235959";
/** What a plain pg_restore leaves alive or breaks; with it these checks must fail, and no others. */
const NEGATIVE = [
  "no session lives", "no refresh token is left", "no signing key is left", "no pick-up code is pending",
  "no redemption is under way", "no time is held", "no request is in progress", "no mail waits", "no notice waits",
  "every table has the rows it should", "the restore is noted in the trail of each organization", "the doctor finds nothing wrong",
  "the trail is whole before anything new", "an access token of before is refused",
  "a refresh cookie of before is refused", "a pick-up code of before is refused",
  "a redemption of before is refused", "nothing is mailed again", "new events are sealed",
  "the trail is whole with the old checkpoints", "the trail is whole with the new checkpoints",
];

/** Checks, each a line. */
class Checks {
  failed = [];
  held = 0;

  that(holds, what, detail = "") {
    if (holds) this.held += 1;
    else this.failed.push(what);
    console.log(`${holds ? "holds " : "FAILED"}  ${what}${detail === "" ? "" : `: ${detail}`}`);
  }
}

/** What has to be taken away again; the last first. */
const remains = [];

async function clear() {
  for (let away = remains.pop(); away; away = remains.pop()) {
    await away().catch((error) => console.error(`could not be taken away: ${error.message}`));
  }
}

async function made(making, away) {
  const thing = await making;
  remains.push(() => away(thing));
  return thing;
}

/** A number from 0 up to `below` that is the same for the same seed. */
function chosen(seed, below) {
  let mixed = (seed + 0x6d2b79f5) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
}

/** A command that must be refused: the one line it leaves. */
async function refusal(installation, changes, ...parameters) {
  try {
    await run(settings.server(), parameters, { env: { ...installation.environment, ...changes } });
    return undefined;
  } catch (error) {
    if (error.stderr === undefined) throw error;
    return error.stderr.trim();
  }
}

async function succeeds(installation, ...parameters) {
  try {
    return { ok: true, text: (await installation.salus(...parameters)).trim() };
  } catch (error) {
    return { ok: false, text: `${error.stdout}${error.stderr}`.trim() };
  }
}

const last = (text) => text.split("\n").at(-1);

/** The source: at work, backed up, at work again. */
async function source(place, checks) {
  const cluster = await made(Cluster.start(), (one) => one.remove());
  // Clusters that were used for long have large transaction numbers.
  await cluster.query("DO $$ BEGIN FOR i IN 1..20000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$");
  const installation = await made(
    Installation.start({ SALUS_POSTGRES_PROGRAMS: settings.postgresPrograms(), SALUS_SESSIONS__ACCESS_SECONDS: "900" }, cluster),
    (one) => one.stop(),
  );
  const { api, origin, database } = installation;
  const held = {};
  held.browser = await signIn(origin, "employee");
  const booked = await book(api, "employee");
  held.conversation = await write(api, SEALED);
  await hold(api, "employee2");
  // From now on nobody takes mails, so they wait.
  await installation.restart({ SALUS_MAIL__URL: "smtp://127.0.0.1:1" });
  const [whose, other] = [await person(api, "Lindqvist"), await person(api, "Adeyemi")];
  held.code = (await code(api, whose, "shown")).code;
  held.redemption = await redeem(origin, held.code, whose);
  await code(api, other, "email");
  // As a server leaves it that was stopped in the middle of a request.
  await cluster.query(
    `INSERT INTO idempotency_keys (provider_org_id, account_id, key, operation, request_hash, created_at)
     SELECT provider_org_id, id, 'in-progress', 'create_hr_feed_run', '', now() FROM accounts LIMIT 1`, database);
  held.blocks = await sealed(cluster, database);
  held.checkpoints = join(place, "checkpoints-of-the-backup.jsonl");
  copyFileSync(installation.environment.SALUS_AUDIT_CHECKPOINTS, held.checkpoints);
  const before = await counts(cluster, database);
  console.log(`source    ${Object.values(before).reduce((sum, rows) => sum + rows, 0)} rows in ${Object.keys(before).length} tables, ` +
    `${held.blocks} blocks, 1 of ${before.appointments} appointments is ${booked.id}`);

  held.folder = join(place, "backup");
  console.log(indented(await installation.salus("backup", "--to", held.folder)));
  const mode = (path) => (statSync(path).mode & 0o777).toString(8);
  const modes = ["", "database.dump", "manifest.json"].map((file) => mode(join(held.folder, file))).join(" ");
  checks.that(modes === "700 600 600", "nobody else can read the backup", modes);
  const beside = readdirSync(place).filter((name) => name.startsWith("backup"));
  checks.that(beside.length === 1, "nothing unfinished is left beside it", beside.join(", "));
  held.manifest = JSON.parse(readFileSync(join(held.folder, "manifest.json"), "utf8"));
  const secret = readFileSync(installation.environment.SALUS_KEY_FILE, "utf8").trim().split(":")[1];
  const everything = Buffer.concat(["database.dump", "manifest.json"].map((file) => readFileSync(join(held.folder, file))));
  checks.that(!everything.includes(secret) && !everything.includes(Buffer.from(secret, "hex")), "the key is not in the backup");
  const again = await refusal(installation, {}, "backup", "--to", held.folder);
  checks.that(/never written over/.test(again), "a backup is never written over", again);

  // What the backup cannot know.
  await write(api, LOST);
  held.later = await signIn(origin, "employee2");
  held.lastBlock = await sealed(cluster, database, held.blocks);
  held.lost = await number(cluster, database, "SELECT count(*) FROM audit_events") - held.manifest.tables.audit_events;
  return { cluster, installation, held };
}

/** Everything that must be refused leaves the database empty. */
async function refusals(place, target, installation, held, checks, seed) {
  const empty = async () => (await tables(target, installation.database)).length === 0;
  const refused = async (what, pattern, changes, from) => {
    const line = await refusal(installation, changes, "restore", "--from", from);
    const told = line !== undefined && line.split("\n").length === 1 && pattern.test(line);
    checks.that(told && (await empty()), what, line);
  };
  const otherKey = join(place, "other.key");
  writeFileSync(otherKey, `salus-key-1:${"ab".repeat(32)}\n`);
  await refused("another key file is refused", /another key file/, { SALUS_KEY_FILE: otherKey }, held.folder);

  const copy = (name) => {
    const folder = join(place, name);
    cpSync(held.folder, folder, { recursive: true });
    return folder;
  };
  const flipped = copy("flipped");
  const dump = readFileSync(join(flipped, "database.dump"));
  const at = chosen(seed, dump.length);
  dump[at] ^= 1;
  writeFileSync(join(flipped, "database.dump"), dump);
  await refused(`a dump with byte ${at} of ${dump.length} changed is refused`, /damaged/, {}, flipped);

  const cut = copy("cut");
  writeFileSync(join(cut, "database.dump"), readFileSync(join(held.folder, "database.dump")).subarray(0, at));
  await refused(`a dump that ends at byte ${at} is refused`, /damaged/, {}, cut);

  const newer = copy("newer");
  writeFileSync(join(newer, "manifest.json"), JSON.stringify({ ...held.manifest, migrations: [...held.manifest.migrations, NEWER] }));
  await refused("a backup of a newer program is refused", new RegExp(`newer.*${NEWER}`), {}, newer);

  const half = copy("half");
  rmSync(join(half, "manifest.json"));
  await refused("a backup without its manifest is refused", /is no backup/, {}, half);
}

/** Compares the new installation with the backup, before it is served. */
async function compare(target, installation, control, held, checks) {
  const { database } = installation;
  const rows = (query) => number(target, database, query);
  const live = [
    ["no session lives", "sessions WHERE ended_at IS NULL"],
    ["no refresh token is left", "refresh_tokens"],
    ["no signing key is left", "signing_keys"],
    ["no pick-up code is pending", "pickup_codes WHERE state = 'pending'"],
    ["no redemption is under way", "code_redemptions WHERE step <> 'done'"],
    ["no time is held", "slot_holds WHERE ended_at IS NULL OR EXISTS (SELECT 1 FROM claims WHERE hold_id = slot_holds.id)"],
    ["no request is in progress", "idempotency_keys WHERE status IS NULL"],
    ["no mail waits", "outbox_mails WHERE sent_at IS NULL AND gave_up_at IS NULL"],
    ["no notice waits", "outbox_events WHERE kind IN ('message.sent', 'work_status.changed') AND delivered_at IS NULL"],
  ];
  for (const [what, which] of live) {
    const [now, then] = [await rows(`SELECT count(*) FROM ${which}`), await number(target, control, `SELECT count(*) FROM ${which}`)];
    if (then === 0) throw new Error(`the backup has nothing of which this could be said: ${what}`);
    checks.that(now === 0, what, `${now} of ${then}`);
  }

  const found = await counts(target, database);
  const organizations = found.provider_organizations;
  const gone = {
    refresh_tokens: "refresh_tokens", signing_keys: "signing_keys", code_redemptions: "code_redemptions WHERE step <> 'done'",
    claims: "claims WHERE hold_id IS NOT NULL", idempotency_keys: "idempotency_keys WHERE status IS NULL",
  };
  let [same, wrong, total] = [0, [], 0];
  for (const [table, rows] of Object.entries(held.manifest.tables)) {
    let expected = rows;
    if (gone[table]) expected -= await number(target, control, `SELECT count(*) FROM ${gone[table]}`);
    if (table === "audit_events") expected += organizations;
    if (found[table] === expected) same += 1;
    else wrong.push(`${table} ${found[table]} instead of ${expected}`);
    total += found[table];
  }
  checks.that(wrong.length === 0 && same === Object.keys(found).length, "every table has the rows it should",
    wrong.join(", ") || `${total} rows in ${same} tables, ${Object.keys(CHANGED).length} of them changed as listed: ${Object.keys(CHANGED).join(", ")}`);
  const differing = [];
  const alike = Object.keys(found).filter((table) => !CHANGED[table]);
  for (const table of alike) {
    if ((await digest(target, database, table)) !== (await digest(target, control, table))) differing.push(table);
  }
  checks.that(differing.length === 0, "every other table has the same content", differing.join(", ") || `${alike.length} tables`);

  const noted = await rows("SELECT count(*) FROM audit_events WHERE operation = 'restore'");
  checks.that(noted === organizations, "the restore is noted in the trail of each organization", `${noted} of ${organizations}`);
  const doctor = await succeeds(installation, "doctor");
  const wrongs = doctor.text.split("\n").filter((line) => line.startsWith("wrong"));
  checks.that(doctor.ok, "the doctor finds nothing wrong", wrongs.join("; ") || `${doctor.text.split("\n").filter((line) => line.startsWith("ok")).length} checks`);
  const verify = await succeeds(installation, "audit", "verify", "--checkpoint", held.checkpoints);
  checks.that(verify.ok, "the trail is whole before anything new", summary(verify.text));
}

const summary = (text) => `${text.split("\n").filter((line) => /^(blocks|events|not sealed)/.test(line)).map((line) => line.replace(/\s+/g, " ")).join(", ")}; ${last(text)}`;
const indented = (text) => text.trim().split("\n").map((line) => `          ${line}`).join("\n");

/** What people meet at the new installation. */
async function serve(target, installation, held, checks) {
  const { database } = installation;
  const blocks = await number(target, database, "SELECT coalesce(max(number), 0) FROM audit_blocks");
  await installation.serve();
  const { api, origin } = installation;
  const me = await ask(origin, "GET", "/me/profile", { token: held.browser.token });
  checks.that(me.status === 401, "an access token of before is refused", me.status);
  const later = await ask(origin, "GET", "/me/profile", { token: held.later.token });
  checks.that(later.status === 401, "an access token of after the backup is refused", later.status);
  const refreshed = await ask(origin, "POST", "/auth/refresh", { cookie: held.browser.cookie });
  checks.that(refreshed.status === 401, "a refresh cookie of before is refused", refreshed.status);
  const started = await ask(origin, "POST", "/public/code-redemptions", { body: { code: held.code } });
  checks.that(started.status === 422, "a pick-up code of before is refused", started.status);
  const { id, token } = held.redemption;
  const going = await ask(origin, "PATCH", `/public/code-redemptions/${id}`, { body: { token, email: "somebody@other.example" } });
  checks.that(going.status >= 400, "a redemption of before is refused", going.status);

  const signedIn = await signIn(origin, "employee");
  checks.that(signedIn.status === 201, "people sign in with their passwords", signedIn.status);
  const messages = await api.as("employee", "GET", `/me/conversations/${held.conversation}/messages`);
  checks.that(messages.items.some((message) => message.text === SEALED), "a sealed message can be read", `${messages.items.length} message`);
  const { items } = await api.as("employee", "GET", "/me/conversations");
  const written = items.filter((one) => one.last_words?.includes(LOST.slice(0, 20)));
  checks.that(items.length > 0 && written.length === 0, "what was written after the backup is not there", `${items.length} conversations`);

  await write(api, "Written in the new installation.");
  await book(api, "employee2");
  let trail = "";
  try {
    const now = await sealed(target, database, blocks);
    trail = `${now - blocks} blocks after ${blocks}`;
    checks.that(true, "new events are sealed", trail);
  } catch (error) {
    checks.that(false, "new events are sealed", error.message);
  }
  for (const [what, parameters] of [
    ["the trail is whole with the old checkpoints", ["--checkpoint", held.checkpoints]],
    ["the trail is whole with the new checkpoints", []],
  ]) {
    const verify = await succeeds(installation, "audit", "verify", ...parameters);
    checks.that(verify.ok, what, summary(verify.text));
  }
  const mails = await installation.mailbox.all();
  checks.that(mails.length === 0, "nothing is mailed again", `${mails.length} mails`);
}

/** A file of checkpoints that notes more than the backup has is kept, and a shorter one goes on. */
function keptCheckpoints(installation, held, checks) {
  const file = installation.environment.SALUS_AUDIT_CHECKPOINTS;
  const lines = (path) => readFileSync(path, "utf8").trim().split("\n").length;
  const folder = join(file, "..");
  const kept = readdirSync(folder).filter((name) => name.includes(".before-"));
  const found = `${lines(file)} lines go on, ${kept.map((name) => lines(join(folder, name))).join()} are kept`;
  checks.that(kept.length === 1 && lines(join(folder, kept[0])) === held.lastBlock && lines(file) === held.blocks,
    "checkpoints of lost blocks are kept beside", found);
}

async function drill(seed, negative) {
  const checks = new Checks();
  const place = await made(Promise.resolve(mkdtempSync(join(tmpdir(), "salus-restore-"))), async (folder) => rmSync(folder, { recursive: true, force: true }));
  const first = await source(place, checks);
  const { held } = first;
  const target = await made(Cluster.start(), (one) => one.remove());
  const second = await made(
    Installation.prepare({
      SALUS_POSTGRES_PROGRAMS: settings.postgresPrograms(),
      SALUS_KEY_FILE: first.installation.environment.SALUS_KEY_FILE,
      // Tokens are refused for another address too; it is not to be that.
      SALUS_PUBLIC_URL: first.installation.environment.SALUS_PUBLIC_URL,
    }, target),
    (one) => one.stop(),
  );
  if (!negative) await refusals(place, target, second, held, checks, seed);

  const control = "control";
  await target.query(`CREATE DATABASE ${control}`);
  for (const role of ["owner", "app", "supervisor", "audit", "authn"]) {
    await target.query(`CREATE ROLE salus_${role} ${role === "app" ? "LOGIN NOINHERIT" : ""}`);
  }
  await target.query("GRANT salus_supervisor, salus_authn TO salus_app; GRANT salus_audit, salus_authn TO salus_owner");
  const plain = (database) => run(join(settings.postgresPrograms(), "pg_restore"),
    ["--single-transaction", "--exit-on-error", "--dbname", target.url.replace(/postgres$/, database), join(held.folder, "database.dump")]);
  await plain(control);

  if (negative) {
    await plain(second.database);
  } else {
    copyFileSync(first.installation.environment.SALUS_AUDIT_CHECKPOINTS, second.environment.SALUS_AUDIT_CHECKPOINTS);
    console.log(indented(await second.salus("restore", "--from", held.folder)));
    keptCheckpoints(second, held, checks);
    const again = await refusal(second, {}, "restore", "--from", held.folder);
    checks.that(/not empty/.test(again), "a database that is not empty is refused", again);
  }
  await compare(target, second, control, held, checks);
  await serve(target, second, held, checks);
  console.log(`the backup lacks ${held.lost} events of ${held.lastBlock - held.blocks} blocks that were sealed after it`);
  return checks;
}

async function main() {
  const { values } = parseArgs({ options: { seed: { type: "string" }, "negative-control": { type: "boolean", default: false } } });
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error("--seed takes a number");
  const negative = values["negative-control"];
  console.log(`seed      ${seed}`);
  if (negative) console.log("control   the dump is restored with pg_restore alone");
  const { failed, held } = await drill(seed, negative);
  if (!negative) {
    console.log(failed.length === 0 ? `${held} checks hold` : `${failed.length} checks failed, ${held} hold: ${failed.join("; ")}`);
    return failed.length === 0;
  }
  const missed = NEGATIVE.filter((what) => !failed.includes(what));
  const surplus = failed.filter((what) => !NEGATIVE.includes(what));
  console.log(missed.length + surplus.length === 0
    ? `the control failed as it must: ${failed.length} checks`
    : `the control did not fail as it must; not noticed: ${missed.join("; ") || "none"}; failed besides: ${surplus.join("; ") || "none"}`);
  return missed.length + surplus.length === 0;
}

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(name, () => {
    console.error(`${name}: cleaning up`);
    void clear().finally(() => process.exit(130));
  });
}
try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error);
  process.exitCode = 2;
} finally {
  await clear();
}
