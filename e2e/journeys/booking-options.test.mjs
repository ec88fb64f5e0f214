// An administrator changes what a site says about booking, sees it in a sample,
// publishes it, and brings the earlier version back; people see what is published.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { DESKTOP, PHONE, Person, open } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";

const BUTTON = "Make an appointment";
const ALERT = "Closed on **Friday**, see [the hours](https://clinic.example/hours).";
const NAME = "Visits to the clinic";
const WARNING = "Past due. Please call extension 300.";

describe("what a site says about booking", { concurrency: false }, () => {
  let installation;
  let browser;
  let admin;
  let employee;

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    admin = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
    employee = await Person.enter(browser, installation.origin, { viewport: PHONE });
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test("the administrator changes options and sees them in a sample", async () => {
    const { page } = admin;
    await admin.signIn("/admin/", "admin");
    await admin.goto("/admin/administration/portals");
    await page.getByRole("link", { name: "Northwind Health" }).first().click();
    await page.getByRole("heading", { name: "Booking options" }).waitFor();
    await admin.settled();
    await admin.picture("booking-options");
    await admin.assertAccessible("the booking options");
    await page.getByLabel("The button for a new appointment (English)").fill(BUTTON);
    await page.getByLabel("What stands beside it (English)").fill(WARNING);
    await page.getByText(WARNING).first().waitFor();
    await page.getByLabel("What stands above the appointments (English)").fill(ALERT);
    await page.locator(".sample strong").getByText("Friday").waitFor();
    await page.getByLabel("Name in English").fill(NAME);
    await page.getByLabel("Colours").selectOption("dark");
    await page.locator(".sample-dark").waitFor();
    await admin.picture("booking-options-sample");
    await page.getByLabel("Shown at a time").fill("3");
    await page.getByRole("checkbox", { name: "What is past due can still be booked" }).check();
    await page.getByLabel("What stands beside it (English)").waitFor({ state: "hidden" });
    await page.getByRole("checkbox", { name: "What is past due can still be booked" }).uncheck();
    assert.equal(await page.getByLabel("What stands beside it (English)").inputValue(), WARNING);
    admin.allow(/status of 422/);
    await page.getByLabel("Booked at most ahead").fill("400");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("This must be between 1 and 365.").first().waitFor();
    await page.getByLabel("Booked at most ahead").fill("30");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("Changed and not published yet").waitFor();
    await admin.picture("booking-options-draft");
    await admin.assertAccessible("a draft of booking options");
    admin.assertQuiet();
  });

  test("people see the options once they are published", async () => {
    await employee.signIn("/employee/", "employee");
    await employee.goto("/employee/appointments");
    await employee.page.getByRole("link", { name: "Schedule a new appointment" }).waitFor();
    const { page } = admin;
    await page.getByRole("button", { name: "Publish" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What is new").fill("Shorter lists");
    await admin.picture("booking-options-publish");
    await admin.assertAccessible("publishing");
    await dialog.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Version 2").first().waitFor();
    await employee.goto("/employee/appointments");
    await employee.page.getByRole("heading", { level: 1, name: NAME }).waitFor();
    await employee.page.getByRole("link", { name: "the hours (opens in a new tab)" }).waitFor();
    await employee.picture("employee-appointments-alert");
    await employee.page.getByRole("link", { name: BUTTON }).click();
    await employee.page.getByRole("button", { name: "Respirator fit test" }).click();
    await employee.page.locator(".day-chip").first().waitFor();
    const days = await employee.page.locator(".day-chip").count();
    assert.ok(days >= 1 && days <= 4, `${days} days`);
    await employee.picture("employee-book-few-days");
    await employee.page.getByRole("button", { name: "Show more days" }).click();
    await employee.page.locator(".day-chip").nth(days).waitFor();
    await employee.assertAccessible("more days");
    const date = await employee.page.getByLabel("Show a day").getAttribute("max");
    await employee.page.getByLabel("Show a day").fill(date);
    await employee.page.getByRole("button", { name: "Show the list again" }).click();
    await employee.page.locator(".day-chip").first().waitFor();
    employee.assertQuiet();
    admin.assertQuiet();
  });

  test("an earlier version comes back", async () => {
    const { page } = admin;
    await page.getByRole("button", { name: "Bring back version 1" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    await page.getByText("Version 3").first().waitFor();
    await admin.picture("booking-options-versions");
    await admin.assertAccessible("the versions of booking options");
    await employee.goto("/employee/appointments");
    await employee.page.getByRole("link", { name: "Schedule a new appointment" }).waitFor();
  });

  test("a publication is planned and called off", async () => {
    const { page } = admin;
    await page.getByRole("button", { name: "Bring back version 2" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Booked at most ahead").waitFor();
    await dialog.getByRole("checkbox", { name: "Publish at a later time" }).check();
    const today = await dialog.getByLabel("Day", { exact: true }).getAttribute("min");
    const week = new Date(Date.parse(today) + 7 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel("Day", { exact: true }).fill(week);
    await dialog.getByLabel("Time", { exact: true }).fill("06:00");
    await admin.picture("booking-options-plan");
    await admin.assertAccessible("planning a publication");
    await dialog.getByRole("button", { name: "Publish later" }).click();
    await page.getByText("Until then nothing can be changed here.").waitFor();
    await admin.picture("booking-options-planned");
    await admin.assertAccessible("a planned publication");
    await page.getByRole("button", { name: "Call it off" }).click();
    await page.getByText("Until then nothing can be changed here.").waitFor({ state: "hidden" });
    admin.assertQuiet();
  });

  test("the options of who leads people fit a phone", async () => {
    const phone = await Person.enter(browser, installation.origin, { viewport: PHONE, theme: "dark" });
    await phone.signIn("/admin/", "admin");
    await phone.goto("/admin/administration/portals");
    await phone.page.getByRole("link", { name: "Northwind Teams" }).first().click();
    await phone.page.getByRole("heading", { name: "Booking options" }).waitFor();
    await phone.settled();
    await phone.picture("booking-options-team-phone");
    await phone.assertAccessible("the options of who leads people");
    await phone.assertFitsPhone("the options of who leads people");
    phone.assertQuiet();
    await phone.leave();
  });
});
