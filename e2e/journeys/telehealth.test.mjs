// A visit online: booked from where the person will be, joined around its start;
// and a visit in person whose code checks the person in at the clinic's door.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api } from "../harness/api.mjs";
import { DESKTOP, PHONE, Person, open } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";
import { bookAhead, bookSoon } from "../harness/visits.mjs";

const WHERE = "In which state or country will you be?";

describe("visits online and the clinic's door", { concurrency: false }, () => {
  let installation;
  let browser;
  let api;
  let employee;
  let desk;

  /** Whose chart an account has, as the clinic knows it. */
  async function personOf(name) {
    const visit = await bookAhead(api, name, "Respirator fit test");
    return (await api.as("clinician", "GET", `/clinic/appointments/${visit.id}`)).person.id;
  }

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    api = new Api(installation.origin);
    employee = await Person.enter(browser, installation.origin, { viewport: PHONE });
    desk = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test("the employee says where they will be before they see times online", async () => {
    const { page } = employee;
    await employee.signIn("/employee/", "employee");
    await employee.goto("/employee/book");
    await page.getByRole("button", { name: "Video visit" }).click();
    await page.getByText("Choose where, then the free times appear.").waitFor();
    await employee.picture("employee-video-where");
    await employee.assertAccessible("where one will be");
    await page.getByLabel(WHERE).selectOption({ label: "Texas" });
    await page.getByText("No free time before").waitFor();
    await page.getByLabel(WHERE).selectOption({ label: "Indiana" });
    await page.locator(".day-chip").first().waitFor();
    await page.locator(".day-chip").nth(1).click();
    await page.locator(".time-button").first().click();
    await page.getByRole("button", { name: "Book this time" }).waitFor();
    await employee.picture("employee-video-confirm");
    await page.getByRole("button", { name: "Book this time" }).click();
    await page.getByRole("heading", { name: "Your appointment is booked" }).waitFor();
    await page.getByText("Online").first().waitFor();
    const { items } = await api.as("employee", "GET", "/me/appointments");
    const booked = items.find((one) => one.modality === "telehealth");
    assert.equal(booked.region, "US-IN");
    await employee.goto(`/employee/appointments/${booked.id}`);
    await page.getByText("You can join from").waitFor();
    await page.getByText("Indiana").waitFor();
    employee.assertQuiet();
  });

  test("around its start a visit can be joined from the home page and from its own", async () => {
    const { page } = employee;
    const person = await personOf("employee");
    const visit = await bookSoon(api, person, "Video visit", 10, { region: "US-IN" });
    await employee.goto("/employee/");
    const join = page.getByRole("link", { name: "Join" });
    await join.waitFor();
    await employee.picture("employee-home-join");
    assert.equal(await join.getAttribute("href"), `https://video.example/lee/${visit.id}`);
    assert.match(await join.getAttribute("rel"), /noopener/);
    await employee.goto(`/employee/appointments/${visit.id}`);
    await join.waitFor();
    await page.getByRole("button", { name: "I am ready" }).waitFor();
    await employee.picture("employee-video-join");
    await employee.assertAccessible("a visit that can be joined");
    employee.assertQuiet();
  });

  test("the front desk says where a provider sees people", async () => {
    const { page } = desk;
    await desk.signIn("/admin/", "scheduler");
    await desk.goto("/admin/clinic/setup/providers");
    await page.getByRole("button", { name: "Change" }).first().waitFor();
    await desk.picture("setup-providers");
    await desk.assertAccessible("providers");
    await page.getByRole("button", { name: "Change" }).first().click();
    const dialog = page.getByRole("dialog");
    desk.allow(/status of 422/);
    await dialog.getByLabel("Link for joining").fill("http://video.example/lee");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("This is not a web address").first().waitFor();
    await dialog.getByLabel("Link for joining").fill("https://video.example/rooms/{appointment}");
    await dialog.getByLabel("Where people may be").fill("US-IN, US-OH, CA");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    await page.getByText("Canada").waitFor();
    desk.assertQuiet();
  });

  test("a code checks a person in at the door, which says neither who nor what for and forgets", async () => {
    const person = await personOf("employee2");
    const { id, location_id, person: named } = await bookSoon(api, person, "Respirator fit test", 30);
    const { check_in_code: code } = await api.as("employee2", "GET", `/me/appointments/${id}`);
    const door = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
    const { page } = door;
    await door.goto(`/employee/check-in/${location_id}`);
    await page.getByLabel("Your code").waitFor();
    await door.picture("door");
    await door.assertAccessible("the clinic's door");
    door.allow(/status of 404/);
    await page.getByLabel("Your code").fill("000-000");
    await page.getByRole("button", { name: "Check in" }).click();
    await page.getByText("No appointment here has this code now").waitFor();
    // A scanner types what it reads, and Enter; nobody has pressed the field before.
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.type(code);
    await page.keyboard.press("Enter");
    await page.getByText("You are checked in").waitFor();
    await door.picture("door-done");
    const shown = await page.locator("main").textContent();
    assert.ok(!shown.includes(named.name.split(" ")[0]) && !/respirator|fit test/i.test(shown), shown);
    await page.getByText("You are checked in").waitFor({ state: "detached", timeout: 15_000 });
    assert.equal(await page.getByLabel("Your code").inputValue(), "");
    const visit = await api.as("employee2", "GET", `/me/appointments/${id}`);
    assert.equal(visit.state, "checked_in");
    door.assertQuiet();
  });
});
