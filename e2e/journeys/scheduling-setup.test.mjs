// What the front desk sets up: hours with what they would offer, times away
// over visits, kinds of visits and their other times; who changed what, and
// taking back what was deleted.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api } from "../harness/api.mjs";
import { DESKTOP, PHONE, Person, open } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";
import { bookAhead } from "../harness/visits.mjs";

describe("setting up what can be booked", { concurrency: false }, () => {
  let installation;
  let browser;
  let api;
  let desk;
  let page;

  /** The row of a table that tells of something. */
  const row = (text) => page.locator("tbody tr", { hasText: text });
  const press = (name) => page.getByRole("button", { name, exact: true }).click();

  async function look(path, picture) {
    await desk.goto(path);
    await desk.assertAccessible(path);
    await desk.picture(picture);
  }

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    api = new Api(installation.origin);
    desk = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
    page = desk.page;
    await desk.signIn("/admin/", "scheduler");
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test("hours show what they would offer before they are saved", async () => {
    await look("/admin/clinic/setup/schedules", "setup-schedules");
    await press("New schedule");
    await page.getByLabel("Who or what").selectOption({ label: "J. Lee, RN" });
    for (const day of ["Mon", "Tue", "Wed", "Thu", "Fri"]) await page.getByRole("checkbox", { name: day }).uncheck();
    await page.getByRole("checkbox", { name: "Sat" }).check();
    await page.getByLabel("From", { exact: true }).fill("09:00");
    desk.allow(/status of 422/);
    await page.getByLabel("To", { exact: true }).fill("08:00");
    await page.getByText("This must be later than the start, on the same day.").waitFor();
    await page.getByLabel("To", { exact: true }).fill("11:00");
    await page.locator("details summary", { hasText: "9:00 AM" }).first().waitFor();
    await page.locator("details summary", { hasText: "9:00 AM" }).first().click();
    await desk.assertAccessible("a new schedule");
    await desk.picture("setup-schedule-new");
    await press("Save");
    await page.getByText("Saved", { exact: true }).waitFor();
    await row("Sat 9:00 AM–11:00 AM").waitFor();
    desk.assertQuiet();
  });

  test("a change is told with who made it, and what was deleted comes back", async () => {
    await row("Sat 9:00 AM").getByRole("button", { name: "Change" }).click();
    await page.getByLabel("At the same time").fill("2");
    await press("Save");
    await page.getByText("Saved", { exact: true }).waitFor();
    await row("Sat 9:00 AM").getByRole("button", { name: "History" }).click();
    await page.getByRole("dialog").getByText("At the same time").waitFor();
    await desk.assertAccessible("the history of a schedule");
    await desk.picture("setup-schedule-history");
    await page.getByRole("dialog", { name: "History" }).getByLabel("Close").click();
    await row("Sat 9:00 AM").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await row("Sat 9:00 AM").waitFor({ state: "detached" });
    await page.getByLabel("Show what was deleted").check();
    await row("Sat 9:00 AM").getByRole("button", { name: "Restore" }).click();
    await page.getByText("Restored", { exact: true }).waitFor();
    await page.getByLabel("Show what was deleted").uncheck();
    await row("Sat 9:00 AM").waitFor();
    desk.assertQuiet();
  });

  test("over a visit a time away is confirmed, and the visit waits to be moved", async () => {
    const visit = await bookAhead(api, "employee", "Respirator fit test");
    const zone = { timeZone: visit.zone };
    const day = new Date(visit.starts_at).toLocaleDateString("sv-SE", zone);
    await look("/admin/clinic/setup/blackouts", "setup-blackouts");
    await press("New time away");
    await page.getByLabel("First day").fill(day);
    await page.getByLabel("Last day").fill(day);
    await page.getByLabel("Reason").fill("Training");
    desk.allow(/status of 409/);
    await press("Save");
    await page.getByText("1 appointment lies in this time").waitFor();
    await desk.assertAccessible("a time away over a visit");
    await desk.picture("setup-blackout-over-visits");
    await press("Save it, they stay booked");
    await row("Training").waitFor();
    await desk.goto("/admin/clinic");
    await page.getByRole("link", { name: "Scheduling tasks" }).click();
    await page.getByRole("heading", { name: "Move 1 appointment" }).waitFor();
    await desk.assertAccessible("scheduling tasks");
    await desk.picture("scheduling-tasks");
    await page.locator("main .visit").first().click();
    await press("Move the appointment");
    await page.locator("dialog .time-grid button").first().waitFor();
    await page.locator("dialog .time-grid button").first().click();
    await page.getByText("Nothing to do").waitFor();
    const moved = await api.as("employee", "GET", `/me/appointments/${visit.id}`);
    assert.notEqual(new Date(moved.starts_at).toLocaleDateString("sv-SE", zone), day);
    desk.assertQuiet();
  });

  test("a kind of visit is changed, and takes other times with somebody", async () => {
    await look("/admin/clinic/setup/kinds", "setup-kinds");
    await row("FIT").getByRole("button", { name: "Change" }).click();
    await page.getByLabel("Takes", { exact: true }).fill("35");
    await page.getByLabel("New appointments").waitFor();
    await desk.assertAccessible("a kind of visit");
    await desk.picture("setup-kind-change");
    await press("Save");
    await page.getByText("Saved", { exact: true }).waitFor();
    await look("/admin/clinic/setup/overrides", "setup-overrides-empty");
    await press("Other times for several at once");
    await page.getByRole("checkbox", { name: "Respirator fit test (29 CFR 1910.134)" }).check();
    await page.getByRole("checkbox", { name: "J. Lee, RN" }).check();
    await page.getByLabel("Takes").fill("50");
    await desk.assertAccessible("new other times");
    await desk.picture("setup-override-new");
    await press("Save");
    await page.getByText("1 was added").waitFor();
    await desk.picture("setup-overrides");
    desk.assertQuiet();
  });

  test("a place says how far ahead times are offered that get free, and to how many at once", async () => {
    await look("/admin/clinic/setup/places", "setup-places");
    await page.getByRole("button", { name: "Change" }).first().click();
    const ahead = page.getByLabel("Offer a time that starts at least so far ahead");
    assert.equal(await ahead.inputValue(), "4");
    await ahead.fill("6");
    await page.getByRole("checkbox", { name: /^Tell up to ten at once/ }).check();
    await desk.assertAccessible("the settings of a place");
    await desk.picture("setup-place");
    await press("Save");
    await page.getByText("Saved", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Change" }).first().click();
    assert.equal(await ahead.inputValue(), "6");
    desk.assertQuiet();
  });

  test("a reason is offered to those it names until it is deleted, and comes back", async () => {
    await look("/admin/clinic/setup/cancel-reasons", "setup-reasons");
    await press("New reason");
    await page.getByLabel("Code").fill("flat_tyre");
    await page.getByLabel("As people read it, in English").fill("A flat tyre");
    desk.allow(/status of 422/);
    await press("Save");
    await page.getByText("This is needed").first().waitFor();
    await page.getByLabel("As people read it, in Spanish").fill("Un pinchazo");
    await desk.assertAccessible("a new reason");
    await desk.picture("setup-reason-new");
    await press("Save");
    await page.getByText("Saved", { exact: true }).waitFor();
    await row("flat_tyre").waitFor();
    const offered = async () => (await api.as("employee", "GET", "/me/cancel-reasons")).items.map((one) => one.code);
    assert.ok((await offered()).includes("flat_tyre"));
    await row("flat_tyre").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await row("flat_tyre").waitFor({ state: "detached" });
    assert.ok(!(await offered()).includes("flat_tyre"));
    await page.getByLabel("Show what was deleted").check();
    await row("flat_tyre").getByRole("button", { name: "Restore" }).click();
    await page.getByText("Restored", { exact: true }).waitFor();
    assert.ok((await offered()).includes("flat_tyre"));
    desk.assertQuiet();
  });

  test("a room is added and named by what needs it; a provider with visits is deleted knowingly", async () => {
    await look("/admin/clinic/setup/resources", "setup-resources");
    await press("New person, room or equipment");
    await page.getByRole("radio", { name: "Room" }).check();
    await page.getByLabel("Name", { exact: true }).fill("Exam room 9");
    await page.getByLabel("Skills").fill("spirometry\naudiometry");
    await desk.assertAccessible("a new room");
    await desk.picture("setup-resource-new");
    await press("Save");
    await page.getByText("Saved", { exact: true }).waitFor();
    await row("Exam room 9").getByText("audiometry, spirometry").waitFor();
    await bookAhead(api, "employee2", "Respirator fit test");
    await row("J. Lee, RN").getByRole("button", { name: "Delete" }).click();
    desk.allow(/status of 409/);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await dialog.getByRole("alert").waitFor();
    await desk.assertAccessible("a provider with visits ahead");
    await desk.picture("setup-resource-delete");
    await dialog.getByRole("button", { name: "Delete it anyway" }).click();
    await row("J. Lee, RN").waitFor({ state: "detached" });
    await page.getByLabel("Show what was deleted").check();
    await row("J. Lee, RN").getByRole("button", { name: "Restore" }).click();
    await page.getByText("Restored", { exact: true }).waitFor();
    await look("/admin/clinic/setup/kinds", "setup-kinds-again");
    await row("FIT").getByRole("button", { name: "Change" }).click();
    await page.locator("summary", { hasText: "What it takes" }).click();
    await press("Add something");
    await page.getByLabel("Which one").last().selectOption({ label: "Exam room 9" });
    await desk.assertAccessible("what a kind takes");
    await desk.picture("setup-kind-needs");
    await press("Save");
    await page.getByText("Saved", { exact: true }).waitFor();
    desk.assertQuiet();
  });

  test("on a phone the tables are cards and the form fits", async () => {
    const phone = await Person.enter(browser, installation.origin, { viewport: PHONE, theme: "dark" });
    await phone.signIn("/admin/", "scheduler");
    for (const [path, picture] of [
      ["/admin/clinic/setup/schedules", "setup-schedules-phone"],
      ["/admin/clinic/setup/blackouts", "setup-blackouts-phone"],
      ["/admin/clinic/setup/kinds", "setup-kinds-phone"],
      ["/admin/clinic/setup/resources", "setup-resources-phone"],
      ["/admin/clinic/setup/places", "setup-places-phone"],
      ["/admin/clinic/setup/cancel-reasons", "setup-reasons-phone"],
    ]) {
      await phone.goto(path);
      await phone.assertAccessible(path);
      await phone.assertFitsPhone(path);
      await phone.picture(picture);
    }
    await phone.goto("/admin/clinic/setup/schedules");
    await phone.page.getByRole("button", { name: "New schedule" }).click();
    await phone.settled();
    await phone.assertFitsPhone("a new schedule");
    await phone.assertAccessible("a new schedule on a phone");
    await phone.picture("setup-schedule-new-phone");
    phone.assertQuiet();
    await phone.leave();
  });
});
