// The contract: `/openapi.json` says what the API does. A linter reads it, random requests are compared with
// it, and clients that are generated from it do the main job.
import * as given from "./contract/arguments.mjs";
import * as clients from "./contract/clients.mjs";
import * as lint from "./contract/lint.mjs";
import * as requests from "./contract/requests.mjs";
import { stopping } from "../harness/programs.mjs";

const PARTS = {
  lint: { title: "The document before a linter", proof: lint.clean, control: lint.controls },
  requests: { title: "Random requests compared with the document", proof: requests.everyCaller, control: requests.controls },
  clients: { title: "The main job with generated clients", proof: clients.everyClient, control: clients.controls },
};

const settings = given.read();
console.log(`seed ${settings.seed}, ${settings.examples} examples; again with: -- --seed ${settings.seed} --examples ${settings.examples}`);
let [passed, failed] = [0, 0];
for (const part of settings.parts) {
  if (stopping()) break;
  const { title, proof, control } = PARTS[part];
  console.log(settings.negative ? `${title}, made wrong on purpose` : title);
  const begun = Date.now();
  try {
    await (settings.negative ? control : proof)(settings);
    passed += 1;
    console.log(`  holds (${Math.round((Date.now() - begun) / 1000)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`  FAILED: ${error.message}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed === settings.parts.length ? 0 : 1;
