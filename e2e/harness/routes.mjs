// Every address of the three apps, read from the apps' own route tables, so
// that a new page cannot be forgotten.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./settings.mjs";

/** The patterns of an app's addresses: `/appointments/:id`. */
export function patterns(app) {
  const source = readFileSync(join(root, `frontend-${app}/src/routes.rs`), "utf8");
  return [...source.matchAll(/#\[at\("([^"]+)"\)\]/g)].map((match) => match[1]);
}

/** The address a pattern stands for, with ids that `samples` knows. */
export async function fill(app, pattern, samples) {
  if (!pattern.includes(":")) return `/${app}${pattern}`;
  const key = `${app} ${pattern}`;
  const sample = samples[key];
  if (!sample) throw new Error(`no sample for ${key}: add one to the axe journey`);
  const id = await sample();
  if (!id) throw new Error(`the sandbox has nothing to show at ${key}`);
  return `/${app}${pattern.replace(/:[a-z_]+/, id)}`;
}
