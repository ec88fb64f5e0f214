// When no time suits: the employee asks the clinic, the clinic reads it and
// proposes two times, the employee takes one of them and sees the appointment;
// what the clinic has no time for is explained to who asked.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api } from "../harness/api.mjs";
import { DESKTOP, PHONE, Person, open } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";

const WRITTEN = "I work the early shift this month.";
const TEAM_COMMENT = "The truck is in the yard on Fridays.";
const REASON = "We do this on Thursdays only. Please call us.";

describe("asking the clinic for an appointment", { concurrency: false }, () => {
  let installation;
  let browser;
  let api;
  let employee;
  let scheduler;
  let request;

  /** The request of this journey, as the person has it now. */
  async function mine() {
    const { items } = await api.as("employee", "GET", "/me/appointment-requests");
    return items.find((one) => one.comment === WRITTEN);
  }

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    api = new Api(installation.origin);
    employee = await Person.enter(browser, installation.origin, { viewport: PHONE });
    scheduler = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test("the employee comes from booking and asks for a time", async () => {
    const { page } = employee;
    await employee.signIn("/employee/", "employee");
    await employee.goto("/employee/book");
    await page.getByRole("button", { name: "Respirator fit test" }).click();
    await page.locator(".day-chip").first().waitFor();
    await page.getByRole("link", { name: "Request an appointment" }).click();
    await page.getByRole("heading", { name: "Request an appointment" }).waitFor();
    await employee.picture("employee-request-form");
    await employee.assertAccessible("the request form");
    await employee.assertFitsPhone("the request form");
    await page.getByLabel("With whom?").selectOption({ label: "J. Lee, RN" });
    await page.getByLabel("Part of the day").selectOption({ label: "Morning" });
    await page.getByRole("radio", { name: "By phone" }).check();
    await page.getByLabel("Anything the clinic should know").fill(WRITTEN);
    await page.getByRole("button", { name: "Send the request" }).click();
    await page.getByRole("heading", { name: "Your request is sent" }).waitFor();
    await employee.picture("employee-request-sent");
    request = await mine();
    assert.equal(request.state, "open");
    assert.equal(request.preferences[0].part, "morning");
    assert.equal(request.resource.name, "J. Lee, RN");
    employee.assertQuiet();
  });

  test("the clinic finds it last in its list, reads it and proposes two times that suit", async () => {
    const { page } = scheduler;
    await scheduler.signIn("/admin/", "scheduler");
    await scheduler.goto("/admin/clinic");
    await page.getByRole("link", { name: "Appointment requests" }).click();
    await page.getByRole("heading", { name: "Appointment requests" }).waitFor();
    await scheduler.settled();
    await scheduler.picture("clinic-requests");
    await scheduler.assertAccessible("the list of requests");
    await scheduler.goto(`/admin/clinic/requests/${request.id}`);
    await page.getByText(WRITTEN).waitFor();
    await page.getByText("Seen", { exact: true }).waitFor();
    assert.equal((await mine()).state, "seen");
    await page.locator(".time-grid button").nth(6).waitFor();
    await page.locator(".time-grid button").nth(0).click();
    await page.locator(".time-grid button").nth(5).click();
    await page.getByText("2 times chosen").waitFor();
    await scheduler.picture("clinic-request");
    await scheduler.assertAccessible("a request with times to propose");
    await page.getByRole("button", { name: "Propose these 2 times" }).click();
    await page.getByText("The times are kept and proposed").waitFor();
    await page.getByText("Times proposed", { exact: true }).waitFor();
    await scheduler.picture("clinic-request-offered");
    const { offers } = await mine();
    assert.equal(offers.length, 2);
    scheduler.assertQuiet();
  });

  test("the employee sees how long the times are kept and takes one", async () => {
    const { page } = employee;
    await employee.goto("/employee/appointments");
    await page.getByRole("heading", { name: "The clinic proposes" }).waitFor();
    await page.getByText("Kept for 23 h", { exact: false }).first().waitFor();
    await employee.picture("employee-offers");
    await employee.assertAccessible("the offers");
    await employee.assertFitsPhone("the offers");
    const second = (await mine()).offers[1];
    await page.getByRole("button", { name: /^Take / }).nth(1).click();
    await page.getByText("Your appointment is booked").waitFor();
    const booked = await mine();
    assert.equal(booked.state, "booked");
    const visit = await api.as("employee", "GET", `/me/appointments/${booked.appointment_id}`);
    assert.equal(visit.starts_at, second.starts_at);
    await employee.goto(`/employee/requests/${request.id}`);
    await page.getByRole("link", { name: "See the appointment" }).waitFor();
    await employee.picture("employee-request-booked");
    await employee.assertAccessible("a request that became an appointment");
    employee.assertQuiet();
  });

  test("who asked reads why the clinic has no time", async () => {
    const { page } = scheduler;
    const { items } = await api.as("employee", "GET", "/me/appointment-requests");
    const other = items.find((one) => one.state !== "booked");
    await scheduler.goto(`/admin/clinic/requests/${other.id}`);
    await page.getByRole("button", { name: "Decline" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Decline" }).click();
    await page.getByText("Please answer this.").waitFor();
    await page.getByLabel("Reason, for the person to read").fill(REASON);
    await scheduler.picture("clinic-request-decline");
    await page.getByRole("dialog").getByRole("button", { name: "Decline" }).click();
    await page.getByText("Declined", { exact: true }).first().waitFor();
    await employee.goto(`/employee/requests/${other.id}`);
    await employee.page.getByText(REASON).waitFor();
    await employee.picture("employee-request-declined");
    scheduler.assertQuiet();
    employee.assertQuiet();
  });

  test("a supervisor whose site asks for times sends a request for somebody, who can read it", async () => {
    const supervisor = await Person.enter(browser, installation.origin, { viewport: PHONE, theme: "dark" });
    const { page } = supervisor;
    await supervisor.signIn("/supervisor/", "other-supervisor");
    await supervisor.goto("/supervisor/appointments");
    await page.getByRole("link", { name: "Owen Marsh" }).first().click();
    await page.getByRole("link", { name: "Ask the clinic for a time" }).click();
    await page.getByRole("heading", { name: "Request an appointment" }).waitFor();
    await page.getByLabel("What is it for?").waitFor();
    await supervisor.picture("supervisor-request-form");
    await supervisor.assertAccessible("a request for somebody");
    await supervisor.assertFitsPhone("a request for somebody");
    await page.getByRole("button", { name: "Send the request" }).click();
    await page.getByText("Please answer this.").waitFor();
    await page.getByLabel("What is it for?").selectOption({ index: 1 });
    await page.getByLabel("A comment").fill(TEAM_COMMENT);
    await page.getByRole("button", { name: "Send the request" }).click();
    await page.getByRole("heading", { name: "Your request is sent" }).waitFor();
    await page.getByText("Owen Marsh has been told that you asked.", { exact: false }).waitFor();
    await supervisor.picture("supervisor-request-sent");
    const { items } = await api.as("other-employee", "GET", "/me/appointment-requests");
    assert.deepEqual(items.map((one) => [one.asked_by, one.comment]), [["supervisor", TEAM_COMMENT]]);
    supervisor.assertQuiet();
    await supervisor.leave();
  });
});
