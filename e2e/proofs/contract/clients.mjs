// Clients that generators nobody of ours wrote make from the document, and the main job with each.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { Installation, PASSWORD } from "../../harness/installation.mjs";
import { finish, succeed } from "../../harness/programs.mjs";
import { out, python, root } from "../../harness/settings.mjs";

const sources = join(root, "e2e/proofs/clients");
const npmProgram = (path) => join(root, "e2e/node_modules", path);

/** Each client's name, how it is made in a folder, and how the main job is done with it. */
const CLIENTS = [
  { name: "TypeScript (openapi-typescript, openapi-fetch)", make: makeTypeScript, use: useTypeScript },
  { name: "Python (openapi-python-client)", make: makePython, use: usePython },
];

/** Makes each client and does the main job with it, in an installation of its own. */
export async function everyClient() {
  for (const client of CLIENTS) {
    const installation = await Installation.start();
    try {
      await inFolder(async (folder) => {
        console.log(`  ${client.name}: ${await client.make(folder, await documentOf(installation))}`);
        const { code, text } = await client.use(folder, installation.origin);
        process.stdout.write(text);
        if (code !== 0) throw new Error(`the main job with ${client.name} ended with ${code}\n${installation.log()}`);
      });
    } finally {
      await installation.stop();
    }
  }
}

/** Makes each client from a document in which a field has another name; throws when the main job goes through. */
export async function controls() {
  const installation = await Installation.start();
  try {
    for (const client of CLIENTS) {
      const document = await documentOf(installation);
      const { properties, required } = document.components.schemas.MyDueItem;
      properties.due_date = properties.due_on;
      delete properties.due_on;
      required[required.indexOf("due_on")] = "due_date";
      await inFolder(async (folder) => {
        await client.make(folder, document);
        const { code, text } = await client.use(folder, installation.origin);
        if (code === 0 || !/due_on|due_date/.test(text)) {
          throw new Error(`NOT NOTICED: the main job with ${client.name} ended with ${code}\n${text}`);
        }
        const line = text.split("\n").findLast((one) => /due_on|due_date/.test(one));
        console.log(`  a renamed field with ${client.name}: noticed; ${line.trim()}`);
      });
    }
  } finally {
    await installation.stop();
  }
}

async function makeTypeScript(folder, document) {
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(document));
  const generator = npmProgram("openapi-typescript/bin/cli.js");
  await succeed(process.execPath, [generator, "openapi.json", "--output", "api.d.ts"], { cwd: folder });
  for (const file of ["smoke.ts", "tsconfig.json"]) copyFileSync(join(sources, file), join(folder, file));
  // What tsc writes is a module.
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  return `types of ${count(document)} operations`;
}

async function useTypeScript(folder, origin) {
  const checked = await finish(process.execPath, [npmProgram("typescript/bin/tsc")], { cwd: folder });
  if (checked.code !== 0) return checked;
  console.log("    tsc --strict: no error");
  return finish(process.execPath, ["built/smoke.js", origin, PASSWORD], { cwd: folder, limit: 120 });
}

async function makePython(folder, document) {
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(document));
  const said = await succeed(
    join(dirname(python()), "openapi-python-client"),
    [
      "generate", "--path", "openapi.json", "--meta", "none", "--output-path", "salus_client",
      "--config", join(sources, "python-client.yaml"), "--fail-on-warning",
    ],
    { cwd: folder },
  );
  const made = join(folder, "salus_client/api");
  const modules = readdirSync(made, { recursive: true }).filter((file) => /\/(?!__init__)\w+\.py$/.test(file));
  if (modules.length !== count(document)) {
    throw new Error(`${modules.length} of ${count(document)} operations became Python:\n${said}`);
  }
  return `${modules.length} operations`;
}

function usePython(folder, origin) {
  return finish(python(), [join(sources, "smoke.py"), origin, PASSWORD], {
    cwd: folder,
    limit: 120,
    env: { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: "1" },
  });
}

async function documentOf({ origin }) {
  return (await fetch(`${origin}/openapi.json`)).json();
}

function count(document) {
  return Object.values(document.paths).reduce((sum, item) => sum + Object.keys(item).length, 0);
}

/** A folder that is gone afterwards, where the npm packages of `e2e` are found. */
async function inFolder(work) {
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(out, "client-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
