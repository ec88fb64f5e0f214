// The questionnaire engine decides in the browser and on the server: both builds run one corpus.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { test } from "node:test";

import { corpus, corpusInBrowser } from "../harness/settings.mjs";

test("the browser's questionnaire engine answers what the server's does, byte for byte", (t) => {
  const onServer = execFileSync(corpus(), { encoding: "utf8" }).trimEnd();
  createRequire(import.meta.url)(corpusInBrowser());
  const inBrowser = globalThis.salusCorpus;

  const cases = JSON.parse(onServer);
  assert.ok(cases.length > 0);
  for (const one of cases) assert.ok(one.committed, `${one.name} gives the committed result`);
  assert.equal(inBrowser, onServer);
  t.diagnostic(`${cases.length} cases, ${Buffer.byteLength(onServer)} bytes of results, the same in WebAssembly`);
});
