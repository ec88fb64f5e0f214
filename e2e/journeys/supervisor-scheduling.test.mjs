// A supervisor gets somebody a time for what is due, moves it and gives it
// back; the person reads who booked and what was written. Reasons appear nowhere.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api } from "../harness/api.mjs";
import { DESKTOP, PHONE, Person, open } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";

const COMMENT = "The van to the clinic leaves at 8:30.";
const CLINICAL = ["29 CFR", "audiogram", "Injury", "Hearing booth", "Exam room"];

describe("a supervisor schedules for the team", { concurrency: false }, () => {
  let installation;
  let browser;
  let api;
  let desktop;
  let phone;
  let booked;

  /** The page is accessible, tells nothing clinical, and the browser is quiet. */
  async function assertSound(person, where) {
    await person.assertAccessible(where);
    if (person.phone) await person.assertFitsPhone(where);
    const words = await person.page.locator("main").textContent();
    for (const word of CLINICAL) assert.ok(!words.includes(word), `${where} says "${word}"`);
    person.assertQuiet();
  }

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    api = new Api(installation.origin);
    desktop = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
    phone = await Person.enter(browser, installation.origin, { viewport: PHONE, theme: "dark" });
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test("the supervisor sees what is due for whom, and what only the clinic can schedule", async () => {
    await desktop.signIn("/supervisor/", "supervisor");
    await phone.signIn("/supervisor/", "supervisor");
    for (const [person, name] of [[desktop, "supervisor-scheduling"], [phone, "supervisor-scheduling-phone"]]) {
      await person.goto("/supervisor/appointments");
      await person.page.getByText("Past due. The clinic must schedule this.").first().waitFor();
      await person.picture(name);
      await assertSound(person, name);
    }
  });

  test("the supervisor books a time for what is due and writes to the person", async () => {
    const { page } = desktop;
    await page.getByRole("link", { name: "Elena Castillo" }).first().click();
    await desktop.settled();
    await page.getByRole("heading", { name: "Elena Castillo" }).waitFor();
    await desktop.picture("supervisor-scheduling-person");
    await assertSound(desktop, "a person's scheduling");
    const due = page.locator("li.row", { hasText: "Hearing test" });
    await due.getByRole("link", { name: "Schedule" }).click();
    await page.locator(".time-button").first().waitFor();
    await page.getByText("With J. Lee, RN").waitFor();
    await desktop.picture("supervisor-scheduling-times");
    await assertSound(desktop, "free times");
    // So far ahead that the notice has not begun.
    await page.locator(".day-chip").nth(5).click();
    await page.locator(".time-button").first().click();
    await page.getByText("Elena Castillo can read it, and so can the clinic.").waitFor();
    await page.getByLabel("A comment").fill(COMMENT);
    await desktop.picture("supervisor-scheduling-confirm");
    await assertSound(desktop, "check and confirm");
    await page.getByRole("button", { name: "Book this time" }).click();
    await page.getByText("Elena Castillo has been told.").waitFor();
    await desktop.picture("supervisor-scheduling-done");
    await assertSound(desktop, "booked");
    const { items } = await api.as("employee", "GET", "/me/appointments");
    [booked] = items.filter((visit) => visit.public_name === "Hearing test");
    assert.equal(booked.supervisor_comment, COMMENT);
  });

  test("the person reads what the supervisor wrote", async () => {
    const employee = await Person.enter(browser, installation.origin, { viewport: PHONE });
    await employee.signIn("/employee/", "employee");
    await employee.goto(`/employee/appointments/${booked.id}`);
    await employee.page.getByText(COMMENT).waitFor();
    await employee.picture("employee-appointment-by-supervisor");
    await employee.assertAccessible("an appointment a supervisor booked");
    employee.assertQuiet();
    await employee.leave();
  });

  test("the supervisor moves the appointment on a phone", async () => {
    const { page } = phone;
    await page.getByRole("link", { name: "Elena Castillo" }).first().click();
    await phone.settled();
    await phone.picture("supervisor-scheduling-person-phone");
    await assertSound(phone, "a person's scheduling on a phone");
    await page.locator("li.row", { hasText: "Hearing test" }).getByRole("link", { name: "Move" }).click();
    await page.locator(".time-button").first().waitFor();
    await phone.picture("supervisor-scheduling-move-phone");
    await assertSound(phone, "free times on a phone");
    await page.locator(".day-chip").nth(6).click();
    await page.locator(".time-button").nth(2).click();
    await page.getByRole("button", { name: "Move it here" }).click();
    await page.getByRole("heading", { name: "The appointment is moved" }).waitFor();
    const moved = await api.as("employee", "GET", `/me/appointments/${booked.id}`);
    assert.notEqual(moved.starts_at, booked.starts_at);
    await page.getByRole("link", { name: "Back to the appointments" }).click();
    await phone.settled();
    phone.assertQuiet();
  });

  test("the supervisor gives it back after being asked, and it is due again", async () => {
    const { page } = phone;
    const said = page.getByRole("status").getByLabel("Close");
    if (await said.count()) await said.first().click();
    await page.getByRole("button", { name: "Cancel: Hearing test" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Elena Castillo will be told.").waitFor();
    await phone.picture("supervisor-scheduling-cancel-phone");
    await assertSound(phone, "whether to cancel");
    await dialog.getByRole("button", { name: "Cancel this appointment" }).click();
    await page.locator("li.row", { hasText: "Hearing test" }).getByRole("link", { name: "Schedule" }).waitFor();
    const given = await api.as("employee", "GET", `/me/appointments/${booked.id}`);
    assert.equal(given.state, "cancelled");
    phone.assertQuiet();
  });
});
