// The committed document before a linter that is not ours.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findings } from "../../harness/linter.mjs";
import { root } from "../../harness/settings.mjs";

const committed = join(root, "openapi/salus.v1.json");

/** Throws when the linter finds something. */
export async function clean() {
  const found = await findings(committed);
  console.log(`  openapi/salus.v1.json: ${found.length} findings`);
  if (found.length > 0) throw new Error(found.join("\n"));
}

/** What must be found: its name, the rule, and what to do to a good operation and to the document. */
const CONTROLS = [
  ["an answer without a description", "struct", ({ responses }) => delete responses["404"].description],
  [
    "a parameter said twice",
    "operation-parameters-unique",
    ({ parameters }) => parameters.push(parameters[0]),
  ],
  [
    "a reference that leads nowhere",
    "no-unresolved-refs",
    ({ responses }) => (responses["200"].content["application/json"].schema = { $ref: "#/components/schemas/Nothing" }),
  ],
  [
    "an example that is not of its type",
    "no-invalid-media-type-examples",
    ({ responses }) => (responses["200"].content["application/json"].example.id = 7),
  ],
];

/** Throws when the linter does not find what is wrong with a document. */
export async function controls() {
  const folder = mkdtempSync(join(tmpdir(), "salus-contract-"));
  try {
    for (const [name, rule, change] of CONTROLS) {
      const document = JSON.parse(readFileSync(committed, "utf8"));
      change(document.paths["/api/v1/me/appointments/{id}"].get);
      const broken = join(folder, "broken.json");
      writeFileSync(broken, JSON.stringify(document));
      const found = await findings(broken);
      if (!found.some((finding) => finding.startsWith(`${rule}:`))) {
        throw new Error(`NOT NOTICED: ${name}\n${found.join("\n")}`);
      }
      console.log(`  ${name}: noticed (${rule})`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
