// Every address of the three apps, read from the apps' own route tables, so
// that a new page cannot be forgotten.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./settings.mjs";

/** An id that belongs to nothing. */
const NOTHING = "00000000-0000-7000-8000-000000000000";

/** The patterns of an app's addresses: `/appointments/:id`. */
export function patterns(app) {
  const source = readFileSync(join(root, `frontend-${app}/src/routes.rs`), "utf8");
  return [...source.matchAll(/#\[at\("([^"]+)"\)\]/g)].map((match) => match[1]);
}

/** The address a pattern stands for, and whether there is something to show at it. */
export function fill(app, pattern, samples) {
  if (!pattern.includes(":")) return { path: `/${app}${pattern}`, found: true };
  // A page below another one (`/people/:id/appointments`) is about the same thing.
  const page = pattern.slice(0, pattern.indexOf(":") + pattern.slice(pattern.indexOf(":")).search(/\/|$/));
  const id = samples[`${app} ${page}`];
  return { path: `/${app}${pattern.replace(/:[a-z_]+/, id ?? NOTHING)}`, found: id !== undefined };
}
