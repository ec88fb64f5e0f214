// What becomes of a visit after booking: the employee moves it, says they will
// come and puts it into a calendar; the clinic moves it, takes the person in and
// finishes; what the clinic does not agree to is explained to who asked for it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";

import ICAL from "ical.js";

import { Api } from "../harness/api.mjs";
import { DESKTOP, PHONE, Person, open } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";
import { bookAhead, dayAfter } from "../harness/visits.mjs";

const REASON = "Please come on a day on which you can fast.";
const OTHER = "Adeyemi";
const WHY = "The inspector leaves tomorrow morning.";
describe("a visit from booking to its end", { concurrency: false }, () => {
  let installation;
  let browser;
  let api;
  let employee;
  let clinician;
  let visit;
  const files = [];

  /** Opens the visit of somebody on the calendar. */
  async function openVisit(date, person) {
    await clinician.goto("/admin/clinic/calendar");
    await clinician.page.getByLabel("Date", { exact: true }).fill(date);
    await clinician.settled();
    await clinician.page.locator(".visit:visible", { hasText: person }).first().click();
    await clinician.page.getByRole("dialog").waitFor();
  }

  /** The event of a calendar file, by a reader of calendar files that is not ours. */
  async function calendarFile() {
    const [download] = await Promise.all([
      employee.page.waitForEvent("download"),
      employee.page.getByRole("button", { name: "Add to my calendar" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "appointment.ics");
    const calendar = new ICAL.Component(ICAL.parse(readFileSync(await download.path(), "utf8")));
    ICAL.TimezoneService.register(calendar.getFirstSubcomponent("vtimezone"));
    const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
    files.push({ method: calendar.getFirstPropertyValue("method"), event });
    return event;
  }

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    api = new Api(installation.origin);
    employee = await Person.enter(browser, installation.origin, { viewport: PHONE });
    clinician = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
    visit = await bookAhead(api, "employee", "Respirator fit test");
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test("the employee moves the visit and reads the old time until the new one is confirmed", async () => {
    const { page } = employee;
    await employee.signIn("/employee/", "employee");
    await employee.goto(`/employee/appointments/${visit.id}`);
    await employee.picture("employee-appointment");
    const old = (await page.locator("main strong.numbers").first().textContent()).trim();
    await calendarFile();
    await page.getByRole("link", { name: "Move this appointment" }).click();
    await page.locator(".day-chip").first().waitFor();
    assert.ok((await page.locator("main").textContent()).includes(old), "the old time stays on top");
    await employee.picture("employee-move-times");
    await page.locator(".time-button").nth(3).click();
    await page.getByRole("button", { name: "Move it here" }).waitFor();
    assert.ok((await page.locator("main").textContent()).includes(old), "the old time stays on top");
    await employee.picture("employee-move-confirm");
    await page.getByRole("button", { name: "Move it here" }).click();
    await page.getByRole("heading", { name: "Your appointment is moved" }).waitFor();
    await employee.picture("employee-move-done");
    const moved = await api.as("employee", "GET", `/me/appointments/${visit.id}`);
    assert.notEqual(moved.starts_at, visit.starts_at);
    assert.equal(moved.id, visit.id);
    employee.assertQuiet();
  });

  test("the employee says that they will come, and the calendar they use moves the event", async () => {
    await employee.goto(`/employee/appointments/${visit.id}`);
    await employee.page.getByRole("button", { name: "I will come" }).click();
    await employee.page.getByText("You said that you will come.").waitFor();
    const moved = await api.as("employee", "GET", `/me/appointments/${visit.id}`);
    const event = await calendarFile();
    assert.equal(event.startDate.toJSDate().toISOString(), new Date(moved.starts_at).toISOString());
    assert.equal(files[1].event.uid, files[0].event.uid);
    assert.equal(files[1].event.sequence, files[0].event.sequence + 1);
    employee.assertQuiet();
  });

  test("the clinic moves the visit from its panel", async () => {
    const { page } = clinician;
    await clinician.signIn("/admin/", "clinician");
    const before = await api.as("employee", "GET", `/me/appointments/${visit.id}`);
    await openVisit(before.starts_at.slice(0, 10), "Castillo");
    await clinician.picture("clinic-visit");
    await page.getByRole("button", { name: "Move the appointment" }).click();
    await page.locator("dialog .time-grid button").first().waitFor();
    await clinician.picture("clinic-visit-move");
    await page.locator("dialog .time-grid button").nth(4).click();
    await page.getByText("Moved", { exact: true }).waitFor();
    visit = await api.as("employee", "GET", `/me/appointments/${visit.id}`);
    assert.notEqual(visit.starts_at, before.starts_at);
    assert.equal(visit.attends, false, "what was said of the time before is not said of this one");
    clinician.assertQuiet();
  });

  test("a visit is dragged to another time: Escape puts it back, and dropping it asks first", async () => {
    const { page } = clinician;
    const before = await api.as("employee", "GET", `/me/appointments/${visit.id}`);
    await clinician.goto("/admin/clinic/calendar");
    await page.getByLabel("Date", { exact: true }).fill(before.starts_at.slice(0, 10));
    await clinician.settled();
    const block = page.locator(".grid-visit", { hasText: "Castillo" }).first();
    await block.waitFor();
    await clinician.picture("clinic-calendar-day");
    await clinician.assertAccessible("the calendar of a day");
    const ghost = page.locator(".grid-ghost");

    /** Holds the visit half an hour later than it is. */
    async function hold() {
      await page.mouse.move(0, 0);
      await block.evaluate((element) => element.scrollIntoView({ block: "center" }));
      const { x, y } = await block.boundingBox();
      const of = await api.as("clinician", "GET", `/clinic/appointments/${visit.id}`);
      const tall = await block.evaluate((element) => Number(element.style.getPropertyValue("--tall")));
      const down = tall * (30 * 60_000) / (new Date(of.ends_at) - new Date(of.starts_at));
      await page.mouse.move(x + 20, y + 6);
      await page.mouse.down();
      await page.mouse.move(x + 20, y + 6 + down / 2, { steps: 4 });
      await page.mouse.move(x + 20, y + 6 + down, { steps: 4 });
      await ghost.waitFor();
    }
    await hold();
    await page.keyboard.press("Escape");
    await ghost.waitFor({ state: "detached" });
    await page.mouse.up();
    assert.equal(await page.getByRole("dialog").count(), 0, "nothing is asked");

    await hold();
    await clinician.picture("clinic-calendar-drag");
    await page.mouse.up();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Move it here" }).waitFor();
    assert.equal((await api.as("employee", "GET", `/me/appointments/${visit.id}`)).starts_at, before.starts_at);
    await clinician.picture("clinic-calendar-dropped");
    await clinician.assertAccessible("where a visit was dropped");
    clinician.allow(/status of 409/);
    await dialog.getByRole("button", { name: "Move it here" }).click();
    const anyway = dialog.getByRole("button", { name: "Do it all the same" });
    const moved = page.getByText("Moved", { exact: true });
    await anyway.or(moved).first().waitFor();
    if (await anyway.isVisible()) {
      await dialog.getByLabel("Why all the same?").fill(WHY);
      await anyway.click();
      await moved.waitFor();
    }
    visit = await api.as("employee", "GET", `/me/appointments/${visit.id}`);
    assert.equal(new Date(visit.starts_at) - new Date(before.starts_at), 30 * 60_000);
    clinician.assertQuiet();
  });

  test("the clinic takes the person in, begins and finishes", async () => {
    const { page } = clinician;
    const date = visit.starts_at.slice(0, 10);
    for (const [press, badge] of [["The person is there", "Checked in"], ["Begin", "In progress"], ["Done", "Done"]]) {
      await openVisit(date, "Castillo");
      await page.getByRole("dialog").getByRole("button", { name: press, exact: true }).click();
      await page.getByText("Saved", { exact: true }).waitFor();
      await clinician.settled();
      await page.locator(".visit:visible", { hasText: "Castillo" }).getByText(badge, { exact: true }).first().waitFor();
      if (badge === "Checked in") await clinician.picture("clinic-visit-checked-in");
    }
    await employee.goto(`/employee/appointments/${visit.id}`);
    assert.equal(await employee.page.getByRole("link", { name: "Move this appointment" }).count(), 0);
    clinician.assertQuiet();
  });

  test("the clinic books outside the hours only with a reason, which the calendar shows", async () => {
    const { page } = clinician;
    await clinician.goto("/admin/clinic/calendar");
    const date = dayAfter(8);
    await page.getByLabel("Date", { exact: true }).fill(date);
    await clinician.settled();
    await page.getByRole("button", { name: "Book for a person" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Person").fill(OTHER);
    await dialog.locator(".button-row button").first().click();
    await dialog.getByLabel("Appointment", { exact: true }).selectOption({ label: "Respirator fit test (29 CFR 1910.134)" });
    clinician.allow(/status of 409/);
    await dialog.getByLabel("Another time").fill("19:30");
    await dialog.getByRole("button", { name: "Take this time" }).click();
    await dialog.getByText("Outside the hours").waitFor();
    await dialog.getByRole("button", { name: "Do it all the same" }).click();
    await dialog.getByText("At least 10 characters").nth(1).waitFor();
    await dialog.getByLabel("Why all the same?").fill(WHY);
    await clinician.picture("clinic-override");
    await clinician.assertAccessible("the rules that stand in the way");
    await dialog.getByRole("button", { name: "Do it all the same" }).click();
    await page.getByText("Booked", { exact: true }).first().waitFor();
    await clinician.settled();
    const marked = page.locator(".visit:visible", { hasText: "Rule set aside" }).first();
    await marked.waitFor();
    await clinician.picture("clinic-override-mark");
    await marked.click();
    await dialog.getByText(WHY).waitFor();
    clinician.assertQuiet();
  });

  test("the mails of a visit keep one event in the calendar, and their link answers without signing in", async () => {
    const { starts_at, id } = await bookAhead(api, "user5", "Respirator fit test");
    const mail = await installation.mailbox.newestTo("user5@sandbox.example", /is booked:[\s\S]*\/visit#/);
    const [, address] = /(\S+\/visit#\S+)/.exec(mail.text);
    const guest = await Person.enter(browser, installation.origin, { viewport: PHONE });
    await guest.goto(address.replace(/^https?:\/\/[^/]+/, ""));
    await guest.page.getByRole("button", { name: "I will come" }).waitFor();
    await guest.picture("employee-visit-link");
    await guest.assertAccessible("a visit by a link");
    await guest.page.getByRole("button", { name: "I will come" }).click();
    await guest.page.getByText("Thank you!").first().waitFor();
    await guest.page.getByRole("button", { name: "Another time" }).click();
    await guest.picture("employee-visit-link-times");
    await guest.page.locator("main .button-row button.numbers").nth(2).click();
    await guest.page.getByText("Your appointment was moved.").waitFor();
    await guest.picture("employee-visit-link-moved");
    const moved = await api.as("user5", "GET", `/me/appointments/${id}`);
    assert.notEqual(moved.starts_at, starts_at);
    const events = (await installation.mailbox.firstCalendars(mail.to[0].address, 2)).map((file) => {
      const calendar = new ICAL.Component(ICAL.parse(file));
      const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
      return { method: calendar.getFirstPropertyValue("method"), uid: event.uid, sequence: event.sequence };
    });
    const uid = events[0].uid;
    assert.deepEqual(events, [
      { method: "REQUEST", uid, sequence: 0 }, { method: "REQUEST", uid, sequence: 1 },
    ]);
    guest.assertQuiet();
  });

  test("who asked for a visit reads why the clinic did not agree", async () => {
    const { page } = clinician;
    const asked = await bookAhead(api, "employee2", "Health check");
    assert.equal(asked.state, "pending");
    const { person } = (await api.as("clinician", "GET", `/clinic/appointments/${asked.id}`));
    await openVisit(asked.starts_at.slice(0, 10), person.name);
    await page.getByRole("button", { name: "Do not agree" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Do not agree" }).click();
    await page.getByText("Please answer this.").waitFor();
    await page.getByLabel("Reason, for the person to read").fill(REASON);
    await clinician.picture("clinic-visit-deny");
    await page.getByRole("dialog").getByRole("button", { name: "Do not agree" }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    const other = await Person.enter(browser, installation.origin, { viewport: PHONE });
    await other.signIn("/employee/", "employee2");
    await other.goto(`/employee/appointments/${asked.id}`);
    await other.page.getByText(REASON).waitFor();
    await other.picture("employee-appointment-denied");
    other.assertQuiet();
    clinician.assertQuiet();
  });
});
