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
  context = await pressed({}, remains);
});
after(() => remains.clear());

const scenarios = {
  ...QUICK,
  "database held": (given) => held(given, { seconds: 4, seed: 1 }),
};

for (const [name, scenario] of Object.entries(scenarios)) {
  test(`under pressure the server refuses in order and stays alive: ${name}`, async (t) => {
    const outcome = await press(name, context, scenario);
    t.diagnostic(row(outcome));
    assert.deepEqual(outcome.findings, []);
  });
}
