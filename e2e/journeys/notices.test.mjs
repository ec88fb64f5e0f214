// The front desk keeps the holidays of its place, hears at once of what is booked
// online for the next business day, and chooses how often it gets a summary; an
// administrator says when people are reminded.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { DESKTOP, PHONE, Person, open } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";

describe("what is told when", { concurrency: false }, () => {
  let installation;
  let browser;
  let desk;
  let admin;

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    desk = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
    admin = await Person.enter(browser, installation.origin, { viewport: PHONE });
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test("the front desk adds a holiday of its place and removes it", async () => {
    const { page } = desk;
    await desk.signIn("/admin/", "scheduler");
    await desk.goto("/admin/clinic/setup/holidays");
    await page.getByRole("row", { name: /Christmas Day/ }).waitFor();
    await desk.settled();
    await desk.assertAccessible("the holidays of a place");
    await desk.picture("setup-holidays");
    await page.getByRole("button", { name: "Add the holiday" }).click();
    await page.getByText("Enter a date").waitFor();
    await page.getByLabel("Date", { exact: true }).fill("2027-07-05");
    await page.getByLabel("Name").fill("Independence Day");
    await page.getByRole("button", { name: "Add the holiday" }).click();
    const added = page.getByRole("row", { name: /Independence Day/ });
    await added.waitFor();
    await added.getByRole("button", { name: /Delete/ }).click();
    await added.waitFor({ state: "detached" });
    desk.assertQuiet();
  });

  test("everybody chooses how often they get a summary", async () => {
    const { page } = desk;
    await desk.goto("/admin/settings");
    const daily = page.getByRole("radio", { name: "On working days, at 7 in the morning" });
    await daily.waitFor();
    assert.ok(await daily.isChecked());
    await page.getByRole("radio", { name: "On Mondays, at 7 in the morning" }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. It counts from now on.").waitFor();
    await desk.assertAccessible("how often a summary comes");
    await desk.picture("settings-summary");
    desk.assertQuiet();
  });

  test("an administrator says when people are reminded, and publishes it", async () => {
    const { page } = admin;
    await admin.signIn("/admin/", "admin");
    await admin.goto("/admin/administration/portals");
    await page.getByRole("link", { name: /^Reminders/ }).first().click();
    await page.getByRole("heading", { name: "Reminders" }).waitFor();
    await admin.settled();
    await admin.assertAccessible("when people are reminded");
    admin.allow(/status of 422/);
    await page.getByLabel("Business days before").fill("40");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("This must be between 0 and 30.").first().waitFor();
    await page.getByLabel("Business days before").fill("5");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("Changed and not published yet").waitFor();
    await admin.picture("reminders-draft");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    await page.getByText("Changed and not published yet").waitFor({ state: "detached" });
    assert.equal(await page.getByLabel("Business days before").inputValue(), "5");
    admin.assertQuiet();
  });
});
