import assert from "node:assert/strict";
import { test } from "node:test";

import { patterns } from "../harness/routes.mjs";

test("the route tables of the apps can be read", () => {
  for (const app of ["employee", "supervisor", "admin"]) {
    assert.ok(patterns(app).includes("/"), `${app} has a start page`);
  }
});
