// The API's document is clean for a linter that is not ours.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { findings } from "../harness/linter.mjs";
import { root } from "../harness/settings.mjs";

const [major, minor] = process.versions.node.split(".").map(Number);
// The linter runs on no older Node; everything else here does.
const skip = major < 20 || (major === 20 && minor < 19) ? "the linter needs Node 20.19 or later" : false;
const committed = join(root, "openapi/salus.v1.json");
const folder = mkdtempSync(join(tmpdir(), "salus-contract-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("the committed document has no finding", { skip }, async () => {
  assert.deepEqual(await findings(committed), []);
});

test("a document without a description or with a parameter said twice has findings", { skip }, async () => {
  const document = JSON.parse(readFileSync(committed, "utf8"));
  const { get } = document.paths["/api/v1/me/appointments/{id}"];
  get.parameters.push(get.parameters[0]);
  delete get.responses["404"].description;
  const broken = join(folder, "broken.json");
  writeFileSync(broken, JSON.stringify(document));
  const rules = (await findings(broken)).map((finding) => finding.split(":")[0]);
  assert.deepEqual([...new Set(rules)].sort(), ["operation-parameters-unique", "struct"]);
});
