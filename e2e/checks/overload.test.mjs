// The scenarios of the long harness `proofs/overload.mjs` that are over at once, and a database that
// is held for some seconds.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Remains } from "../harness/proof.mjs";
import { press, pressed, row } from "../proofs/overload.mjs";
import { held } from "../proofs/overload/held.mjs";
import { QUICK } from "../proofs/overload/scenarios.mjs";

const remains = new Remains();
let context;

before(async () => {
  // Passwords are cheap here: on a machine that compiles at the same time they would be what is measured.
  context = await pressed({ SALUS_PASSWORD__MEMORY_KIB: "64", SALUS_PASSWORD__PASSES: "1" }, remains);
});
after(() => remains.clear());

const scenarios = {
  ...QUICK,
  "database held": (given) => held(given, { seconds: 3, seed: 1 }),
};

for (const [name, scenario] of Object.entries(scenarios)) {
  test(`under pressure the server refuses in order and stays alive: ${name}`, async (t) => {
    const outcome = await press(name, context, scenario);
    t.diagnostic(row(outcome));
    assert.deepEqual(outcome.findings, []);
  });
}
