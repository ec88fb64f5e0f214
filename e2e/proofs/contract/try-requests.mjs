// Random requests: schemathesis goes through the whole document as each kind of caller and compares
// every answer with it.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { Installation, PASSWORD } from "../../harness/installation.mjs";
import { finish } from "../../harness/programs.mjs";
import { python, root } from "../../harness/settings.mjs";
import { start as startLiar } from "./liar.mjs";

const ALONE = "examples,coverage,fuzzing";
/** Requests of these may end the session that they are made with. */
const SESSIONS = "/auth/";
/**
 * Who calls, and where the doors that open to them lead from one answer to the next request. By feature, so that the
 * chains are about something instead of about everything.
 */
const CALLERS = [
  {
    account: "employee",
    doors: "me",
    features: ["scheduling", "questionnaires", "messaging"],
  },
  {
    account: "supervisor",
    doors: "team",
    features: ["messaging", "work_status|scheduling|surveillance|portals"],
  },
  {
    account: "clinician",
    doors: "clinic",
    features: ["messaging", "people|work_status", "people|scheduling", "people|surveillance", "people|questionnaires"],
  },
  {
    account: "admin",
    doors: "clinic|admin",
    features: ["intake|people|audit|portals"],
  },
];
/** Chains of requests in a feature for each request that is made alone: there are few operations to begin with. */
const CHAINS = 6;
/** Seconds that one run may take. */
const LIMIT = 300;

/** Goes through the document as every caller; throws when any answer was not as documented. */
export async function everyCaller({ seed, examples }) {
  const book = { reached: new Set(), failed: [] };
  let document;
  for (const { account, doors, features } of CALLERS) {
    await inInstallation(async (installation) => {
      document = await documentOf(installation);
      await one(installation, book, `${account}, all but the sessions`, {
        account,
        parameters: ["--phases", ALONE, "--seed", seed, "--max-examples", examples, "--exclude-path-regex", SESSIONS],
      });
      for (const feature of features) {
        const chains = ["--phases", "stateful", "--seed", seed, "--max-examples", CHAINS * examples];
        const filter = ["--include-path-regex", `/api/v1/(${doors})/`, "--include-tag-regex", `^(${feature})$`];
        await one(installation, book, `${account}, one answer leading to the next request: ${feature.replaceAll("|", ", ")}`, {
          account,
          parameters: [...chains, ...filter],
        });
      }
    });
  }
  // Signing in again and again ends the oldest session of an account, so it goes last.
  await inInstallation(async (installation) => {
    const how = ["--phases", ALONE, "--seed", seed, "--max-examples", examples];
    const others = ["--include-path-regex", SESSIONS, "--exclude-operation-id", "open_session"];
    const opening = ["--include-operation-id", "open_session"];
    await one(installation, book, "the sessions, with one to throw away", { account: "employee", parameters: [...how, ...others] });
    await one(installation, book, "signing in", { account: "employee", parameters: [...how, ...opening] });
  });
  const never = labels(document).filter((label) => !book.reached.has(label));
  console.log(`  answered with success at least once: ${book.reached.size} of ${labels(document).length} operations`);
  console.log(`  never: ${never.join(", ") || "none"}`);
  if (book.failed.length > 0) throw new Error(book.failed.join("\n"));
}

async function one(installation, book, name, how) {
  const begun = Date.now();
  const result = await run(installation, process.env.TRY_DOC, how);
  console.log(`  ${name}: ${result.summary} (${Math.round((Date.now() - begun) / 1000)} s)`);
  result.reached.forEach((label) => book.reached.add(label));
  if (result.code !== 0) book.failed.push(`${name}:\n${result.text}\n${installation.log()}`);
}

/**
 * What must be noticed: its name, the operation it is about, what schemathesis calls it, and what to do to the
 * document or to the server's answers.
 */
const CONTROLS = [
  { name: "nothing is wrong", operation: "get_my_appointment", code: undefined },
  {
    name: "an answer's status is not documented",
    operation: "get_my_appointment",
    code: "ST103",
    change: ({ responses }) => delete responses["404"],
  },
  {
    name: "a member of an answer has another type",
    operation: "list_my_due_items",
    code: "ST108",
    change: (_, { MyDueItem }) => (MyDueItem.properties.past_due = { type: "string" }),
  },
  {
    name: "a problem has another media type",
    operation: "get_my_appointment",
    code: "ST105",
    change: ({ responses }) => renameMember(responses["404"].content, "application/problem+json", "application/json"),
  },
  {
    name: "what the document allows is refused",
    operation: "list_my_appointments",
    code: "ST202",
    change: ({ parameters }) => (parameters.find(({ name }) => name === "view").schema = { type: "string" }),
  },
  {
    name: "what the document refuses is taken",
    operation: "list_my_access_ledger",
    code: "ST201",
    change: ({ parameters }) => (parameters.find(({ name }) => name === "limit").schema.maximum = 20),
  },
  {
    name: "the server fails",
    operation: "get_my_appointment",
    code: "ST101",
    lie: (status, body) => (status === 404 ? { status: 500, body: { ...body, status: 500 } } : { status, body }),
  },
  {
    name: "an error is no problem of ours",
    operation: "get_my_appointment",
    code: "a problem's type is 'about:blank'",
    lie: (status, body) => ({ status, body: status === 404 ? { ...body, type: "about:blank" } : body }),
  },
];

/** Compares the API with documents that are wrong; throws when one is not noticed. */
export async function controls({ seed, examples }) {
  const folder = mkdtempSync(join(tmpdir(), "salus-contract-"));
  const missed = [];
  try {
    await inInstallation(async (installation) => {
      for (const { name, operation, code, change, lie } of CONTROLS) {
        const document = await documentOf(installation);
        change?.(operationOf(document, operation), document.components.schemas);
        const changed = join(folder, "changed.json");
        writeFileSync(changed, JSON.stringify(document));
        const liar = await startLiar(installation.origin, lie ?? ((status, body) => ({ status, body })));
        const result = await run(liar, changed, {
          account: "employee",
          parameters: ["--phases", ALONE, "--seed", seed, "--max-examples", examples, "--include-operation-id", operation],
        }).finally(liar.stop);
        const right = code ? result.code === 1 && result.text.includes(code) : result.code === 0;
        console.log(`  ${name}: ${right ? (code ? `noticed (${code})` : "nothing found") : "WRONG"}; ${result.summary}`);
        if (!right) missed.push(`${name}:\n${result.text}`);
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (missed.length > 0) throw new Error(missed.join("\n"));
}

/** Works with an installation of its own, so that a seed gives the same requests the same answers. */
async function inInstallation(work) {
  // One token lasts for all requests of a run.
  const installation = await Installation.start({ SALUS_SESSIONS__ACCESS_SECONDS: "900" });
  try {
    await work(installation);
  } finally {
    await installation.stop();
  }
}

/** Runs schemathesis; gives back its exit code, what it found in short and in full, and what it reached. */
async function run(installation, document, { account, parameters }) {
  const folder = mkdtempSync(join(tmpdir(), "salus-requests-"));
  const reached = join(folder, "reached");
  writeFileSync(reached, "");
  writeFileSync(join(folder, "soon.txt"), soon());
  copyFileSync(join(root, "e2e/schemathesis.toml"), join(folder, "schemathesis.toml"));
  try {
    const { code, text } = await finish(
      join(dirname(python()), "schemathesis"),
      ["run", document, "--url", installation.origin, "--no-color", ...parameters.map(String)],
      {
        limit: LIMIT,
        cwd: folder,
        env: {
          ...process.env,
          SALUS_TOKEN: await token(installation, account),
          SALUS_CHECKS: join(root, "e2e/proofs/contract/checks.py"),
          SALUS_REACHED: reached,
          PYTHONDONTWRITEBYTECODE: "1",
        },
      },
    );
    return { code, text, summary: summary(text), reached: readFileSync(reached, "utf8").split("\n").filter(Boolean) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The next days, written as schemathesis reads words to choose from. */
function soon() {
  const day = (after) => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: 14 }, (_, after) => `"${day(after)}"\n`).join("");
}

/** How many operations were tested, and how many requests were made. */
function summary(text) {
  const [, tested] = text.match(/Tested: (\d+)/) ?? [];
  const cases = text.match(/^Test cases:\n\s*(.+)$/m)?.[1];
  return tested ? `${tested} operations, ${cases}` : "it did not begin";
}

async function token({ origin }, account) {
  const response = await fetch(`${origin}/api/v1/auth/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: `${account}@sandbox.example`, password: PASSWORD }),
  });
  if (response.status !== 201) throw new Error(`${account} cannot sign in: ${response.status}`);
  return (await response.json()).access_token;
}

async function documentOf({ origin }) {
  return (await fetch(`${origin}/openapi.json`)).json();
}

function labels(document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

function operationOf(document, id) {
  const all = Object.values(document.paths).flatMap((item) => Object.values(item));
  const found = all.find((operation) => operation.operationId === id);
  if (!found) throw new Error(`the document has no operation ${id}`);
  return found;
}

function renameMember(object, from, to) {
  object[to] = object[from];
  delete object[from];
}
