// Two rounds of the long harness `proofs/crash.mjs`, with what takes PostgreSQL and the server away.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Remains } from "../harness/proof.mjs";
import { crash, summary } from "../proofs/crash.mjs";

test("nothing acknowledged is lost or done twice when PostgreSQL and the server are killed", async (t) => {
  const remains = new Remains();
  t.after(() => remains.clear());
  const outcome = await crash({ seed: 1, rounds: 2, clients: 6, kinds: ["postgres", "server"] }, remains);
  t.diagnostic(summary(outcome));
  assert.ok(outcome.requests.length > 0);
  assert.deepEqual(outcome.findings, []);
});
