// One visit for everything due: the employee sees on the appointments page what can be put
// together, chooses a plan, checks it and books all of it at once.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api } from "../harness/api.mjs";
import { DESKTOP, PHONE, Person, open } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";

describe("one visit for everything due", { concurrency: false }, () => {
  let installation;
  let browser;
  let api;
  let employee;

  async function looksGood(where) {
    await employee.assertAccessible(where);
    await employee.assertFitsPhone(where);
  }

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    api = new Api(installation.origin);
    employee = await Person.enter(browser, installation.origin, { viewport: PHONE });
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test("what is due is offered together, with what is saved", async () => {
    const { page } = employee;
    await employee.signIn("/employee/", "employee");
    await employee.goto("/employee/appointments");
    await page.getByRole("heading", { name: "One visit for everything due" }).waitFor();
    await page.getByText("saves 1 visit").first().waitFor();
    await looksGood("the card");
    await employee.picture("employee-visit-plans-card");
    await page.getByRole("link", { name: "Show the plans" }).click();
    await page.getByRole("button", { name: "Choose this plan" }).first().waitFor();
    await looksGood("the plans");
    await employee.picture("employee-visit-plans");
    employee.assertQuiet();
  });

  test("a plan whose time was taken books nothing and is made anew", async () => {
    const { page } = employee;
    const { items } = await api.as("employee", "GET", "/me/visit-plans");
    const [visit] = items[0].visits;
    const part = visit.parts.at(-1);
    await page.getByRole("button", { name: "Choose this plan" }).first().click();
    await page.getByRole("button", { name: "Book this visit" }).waitFor();
    await looksGood("the check");
    await employee.picture("employee-visit-plans-confirm");
    const held = await api.as("employee2", "POST", "/me/slot-holds", {
      appointment_type_id: part.appointment_type_id,
      starts_at: part.starts_at,
      location_id: visit.place.id,
      modality: "in_person",
    });
    await employee.allowing(/status of 409/, async () => {
      await page.getByRole("button", { name: "Book this visit" }).click();
      await page.getByText("These times are not free any more").waitFor();
    });
    await employee.picture("employee-visit-plans-stale");
    await api.as("employee2", "POST", "/me/appointments", { hold_id: held.id });
    await page.getByRole("button", { name: "Choose another plan" }).click();
    await page.getByRole("button", { name: "Choose this plan" }).first().waitFor();
    const mine = await api.as("employee", "GET", "/me/appointments");
    assert.equal(mine.items.length, 0);
  });

  test("the employee checks a plan and books all of it", async () => {
    const { page } = employee;
    await page.getByRole("button", { name: "Choose this plan" }).first().click();
    await page.getByLabel("Anything the clinic should know").fill("I wear glasses.");
    await page.getByRole("button", { name: "Book this visit" }).click();
    await page.getByRole("heading", { name: "Everything is booked" }).waitFor();
    await looksGood("what was booked");
    await employee.picture("employee-visit-plans-done");
    const mine = await api.as("employee", "GET", "/me/appointments");
    assert.equal(mine.items.length, 2);
    await page.getByRole("link", { name: "See my appointments" }).click();
    await page.getByRole("heading", { name: "Coming up" }).waitFor();
    assert.equal(await page.getByRole("link", { name: "Show the plans" }).count(), 0);
    const wide = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
    await wide.signIn("/employee/", "employee");
    await wide.goto("/employee/visit-plans");
    await wide.page.getByText("Nothing can be put together").waitFor();
    await wide.picture("employee-visit-plans-none-wide");
    wide.assertQuiet();
  });
});
