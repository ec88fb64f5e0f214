// The linter of the API's document, told by `redocly.yaml` what to look for.
import { join } from "node:path";

import { finish } from "./programs.mjs";
import { root } from "./settings.mjs";

const folder = join(root, "e2e");
const program = join(folder, "node_modules/@redocly/cli/bin/cli.js");

/** What the linter says about a document: one line for each finding. */
export async function findings(document) {
  const { code, out, text } = await finish(
    process.execPath,
    [program, "lint", document, "--config", join(folder, "redocly.yaml"), "--format", "json", "--max-problems", "10000"],
    // It would ask the npm registry for a newer version of itself, and tell its makers.
    { cwd: folder, env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_NOTIFICATIONS: "true" } },
  );
  if (!out.startsWith("{")) throw new Error(`the linter ended with ${code}:\n${text}`);
  const { problems } = JSON.parse(out);
  const lines = problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer})`);
  if (code !== 0 && lines.length === 0) throw new Error(`the linter ended with ${code}:\n${text}`);
  return lines;
}
