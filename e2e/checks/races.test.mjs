// Two rounds of each race of the long harness `proofs/races.mjs`, whose times are not looked at here,
// and one with a database that forbids nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Remains } from "../harness/proof.mjs";
import { arranged, RACES, row, silent } from "../proofs/races.mjs";
import { run } from "../proofs/races/start.mjs";
import { weaken } from "../proofs/races/weakened.mjs";

const RULES = {
  "one free time": "of 64 who want one free time one keeps it, and the rest are told other times",
  "three free seats": "of 64 who want three free seats three get one",
  "one hold confirmed": "a kept time that is confirmed 64 times at once is booked once",
  "one message under one key": "a message sent 64 times at once under one key is written once, and whoever is answered gets it",
  "one refresh token": "of 64 who bring one refresh token at once one replaces it, and all stay signed in",
  "one pick-up code": "of 64 who complete one pick-up code at once one gets the account",
  "one answer of a draft": "of 64 changes of one answer on two devices one wins, and the rest are shown both",
  "one submission": "a form that is sent in 64 times at once is submitted once",
};

const remains = new Remains();
let context;

before(async () => {
  context = await arranged({ seed: 1, rounds: 3, clients: 64 }, remains);
});
after(() => remains.clear());

test("every race has its rule", () => {
  assert.deepEqual(Object.keys(RULES), Object.keys(RACES));
});

for (const [name, rule] of Object.entries(RULES)) {
  test(rule, async (t) => {
    const outcome = await run(name, RACES[name], context, 2);
    t.diagnostic(row(outcome));
    // Who is turned away because it takes too long says how busy this machine is.
    assert.deepEqual(outcome.findings.filter(({ kind }) => kind !== "away"), []);
  });
}

test("where the database forbids nothing, two winners are found in every race", async (t) => {
  await weaken(context);
  const failed = [];
  for (const [name, race] of Object.entries(RACES)) {
    // Fewer are enough to meet.
    const outcome = await run(name, race, { ...context, clients: 12 }, 1);
    t.diagnostic(row(outcome));
    if (silent(outcome)) failed.push(name);
  }
  assert.deepEqual(failed, []);
});
