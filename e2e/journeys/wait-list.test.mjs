// Who wants an earlier time is told when one gets free: the employee says so on
// the appointment, the clinic puts them first, somebody else gives a time back,
// and the employee takes it; the clinic reads whom it was offered to.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api } from "../harness/api.mjs";
import { DESKTOP, PHONE, Person, open, until } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";
import { bookAhead } from "../harness/visits.mjs";

const KIND = "Respirator fit test";

describe("waiting for an earlier time", { concurrency: false }, () => {
  let installation;
  let browser;
  let api;
  let employee;
  let scheduler;
  let earlier;
  let visit;

  /** The person's row of the wait list for the earlier time. */
  function row() {
    return scheduler.page.getByRole("row", { name: /Elena Castillo.*An earlier time/ });
  }

  /** Waits until the employee's quiet hours are kept, or are none. */
  function quietHoursAre(on) {
    return until(async () => Boolean((await api.as("employee", "GET", "/auth/quiet-hours")).mail) === on, "the quiet hours");
  }

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    api = new Api(installation.origin);
    employee = await Person.enter(browser, installation.origin, { viewport: PHONE });
    scheduler = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
    earlier = await bookAhead(api, "employee2", KIND);
    visit = await bookAhead(api, "employee", KIND);
    assert.ok(earlier.starts_at < visit.starts_at);
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test("the employee wants to be told when an earlier time gets free", async () => {
    const { page } = employee;
    await employee.signIn("/employee/", "employee");
    await employee.goto(`/employee/appointments/${visit.id}`);
    await page.getByRole("heading", { name: "An earlier time" }).waitFor();
    await page.getByLabel("Part of the day").selectOption({ label: "Any time of day" });
    await employee.picture("employee-earlier-wish");
    await employee.assertAccessible("an appointment with a wish for an earlier time");
    await employee.assertFitsPhone("an appointment with a wish for an earlier time");
    await page.getByRole("button", { name: "Tell me if an earlier time gets free" }).click();
    await page.getByRole("button", { name: "Do not tell me any more" }).waitFor();
    const { items } = await api.as("employee", "GET", "/me/wait-list-items");
    assert.ok(items.some((item) => item.appointment_id === visit.id && item.state === "open"));
    employee.assertQuiet();
  });

  test("the employee says which times suit for what is due, and when mail does not disturb", async () => {
    const { page } = employee;
    await employee.goto("/employee/appointments");
    const due = page.getByRole("button", { name: "Which times suit: Hearing test" });
    await due.click();
    await page.getByLabel("Part of the day").selectOption({ label: "Afternoon" });
    await employee.picture("employee-due-wishes");
    await employee.assertAccessible("wishes for what is due");
    await employee.assertFitsPhone("wishes for what is due");
    await page.getByRole("button", { name: "Save" }).click();
    await due.waitFor();
    const { items } = await api.as("employee", "GET", "/me/wait-list-items");
    assert.ok(items.some((item) => item.due_item_id && item.wishes.part === "afternoon"));
    await employee.goto("/employee/settings");
    await page.getByRole("checkbox", { name: "I have quiet hours" }).check();
    await page.getByLabel("Until", { exact: true }).fill("06:30");
    await employee.assertAccessible("quiet hours");
    await employee.assertFitsPhone("quiet hours");
    await employee.picture("employee-quiet-hours");
    await page.getByRole("button", { name: "Save" }).click();
    await quietHoursAre(true);
    await employee.settled();
    // A time that gets free at night would wait for their end.
    await page.getByRole("checkbox", { name: "I have quiet hours" }).uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await quietHoursAre(false);
    employee.assertQuiet();
  });

  test("the clinic finds who waits and puts somebody first", async () => {
    const { page } = scheduler;
    await scheduler.signIn("/admin/", "scheduler");
    await scheduler.goto("/admin/clinic/wait-list");
    await page.getByRole("heading", { name: "Wait list" }).waitFor();
    await page.getByLabel("Hide what people do not see yet").check();
    await row().waitFor();
    await scheduler.settled();
    await scheduler.picture("clinic-wait-list");
    await scheduler.assertAccessible("the wait list");
    await row().getByRole("button", { name: "Put first" }).click();
    await row().getByText("First in line").waitFor();
    scheduler.assertQuiet();
  });

  test("a time gets free, and the employee takes it before the countdown ends", async () => {
    const { page } = employee;
    await api.as("employee2", "POST", `/me/appointments/${earlier.id}/cancellation`, { reason: "ill" }, earlier.version);
    await employee.goto("/employee/appointments");
    await page.getByRole("heading", { name: "A time is free for you" }).waitFor();
    await page.getByText("Kept for", { exact: false }).first().waitFor();
    await employee.picture("employee-freed-time");
    await employee.assertAccessible("a time that got free");
    await employee.assertFitsPhone("a time that got free");
    await page.getByRole("button", { name: "No thanks" }).waitFor();
    await page.getByRole("button", { name: /^Take / }).click();
    await page.getByText("The time is yours").waitFor();
    const moved = await api.as("employee", "GET", `/me/appointments/${visit.id}`);
    assert.equal(moved.starts_at, earlier.starts_at, "the appointment was moved to the time that got free");
    employee.assertQuiet();
  });

  test("the clinic reads whom the time was offered to", async () => {
    const { page } = scheduler;
    await scheduler.goto("/admin/clinic/wait-list");
    await page.getByRole("button", { name: "Times that got free" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("took it", { exact: false }).first().waitFor();
    await dialog.getByText("Elena Castillo", { exact: false }).first().waitFor();
    await scheduler.picture("clinic-offer-log");
    await scheduler.assertAccessible("the log of offers");
    scheduler.assertQuiet();
  });
});
