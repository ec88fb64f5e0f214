// The main job, through all three apps: an employee with a phone books what is
// due, answers and writes; the clinic reads, replies and restricts; the
// supervisor sees what the person may do and nothing else; the employee sees
// who opened the record.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { DESKTOP, PHONE, Person, open } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";
import { answerAll } from "../harness/questionnaire.mjs";

const NAME = "Elena Castillo";
const QUESTION = "Which gloves protect from the new solvent?";
const REPLY = "The nitrile ones, changed every hour.";
const MEDICINE = "Zanthorvelin, one a day";
const PROBLEM = "Rotator cuff strain";
const HOW_TO = "Ask for a second pair of hands at the press.";
/** What only the clinic and the person may read. */
const CLINICAL = [QUESTION, REPLY, MEDICINE, PROBLEM, "Zanthorvelin"];
const ANSWERS = [
  [/loud noise/i, "Yes"],
  [/how many hours/i, "2.5"],
  [/weigh/i, "181"],
  [/tall/i, "70"],
  [/take any medicines/i, "Yes"],
  [/which medicines/i, MEDICINE],
];

describe("the main job", { concurrency: false }, () => {
  let installation;
  let browser;
  let employee;
  let clinician;
  let supervisor;

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    employee = await Person.enter(browser, installation.origin, { viewport: PHONE });
    clinician = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
    supervisor = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test("the employee signs in on a phone and sees what is due", async () => {
    await employee.page.goto(`${installation.origin}/employee/`);
    await employee.page.getByLabel("Email address").waitFor();
    await employee.picture("employee-sign-in");
    await employee.signIn("/employee/", "employee");
    await employee.page.getByRole("heading", { name: "To do" }).waitFor();
    await employee.settled();
    await employee.picture("employee-home");
    employee.assertQuiet();
  });

  test("the employee books a time that is free", async () => {
    const { page } = employee;
    await page.getByRole("link", { name: /^Book: |^Schedule an appointment/ }).first().click();
    await employee.settled();
    const kinds = page.getByRole("heading", { name: "What do you need?" });
    await kinds.or(page.getByRole("heading", { name: "Choose a day" })).first().waitFor();
    if (await kinds.isVisible()) await page.locator("main li button, main .row").first().click();
    await page.locator(".day-chip").first().waitFor();
    await employee.picture("employee-book-times");
    await page.locator(".day-chip").nth(1).click();
    const time = page.locator(".time-button").first();
    const chosen = (await time.textContent()).trim();
    await time.click();
    await page.getByRole("button", { name: "Book this time" }).waitFor();
    assert.ok((await page.locator("main").textContent()).includes(chosen), `the page says ${chosen}`);
    await employee.picture("employee-book-confirm");
    await page.goBack();
    await page.locator(".day-chip[aria-current]").waitFor();
    assert.equal(await page.locator(".day-chip").nth(1).getAttribute("aria-current"), "date", "the day is still chosen");
    await page.goForward();
    await page.getByRole("button", { name: "Book this time" }).waitFor();
    assert.ok((await page.locator("main").textContent()).includes(chosen), "the time is still kept");
    await page.getByRole("button", { name: "Book this time" }).click();
    await page.getByRole("heading", { name: /Your appointment is booked|The clinic will confirm/ }).waitFor();
    await employee.picture("employee-book-done");
    employee.assertQuiet();
  });

  test("the employee answers the questionnaire", async () => {
    const { page } = employee;
    await employee.goto("/employee/questionnaires");
    await employee.picture("employee-questionnaires");
    await page.locator("main li a").first().click();
    await page.getByRole("button", { name: /^(Start|Continue)$/ }).click();
    await employee.picture("employee-question");
    await answerAll(employee, ANSWERS);
    assert.match(await page.locator("main").textContent(), /Zanthorvelin/);
    await employee.picture("employee-answers");
    await page.getByRole("button", { name: "Send to the clinic" }).click();
    const anyway = page.getByRole("button", { name: "Send anyway" });
    await anyway.or(page.getByText("Thank you")).first().waitFor();
    if (await anyway.isVisible()) await anyway.click();
    await page.getByText("Thank you").waitFor();
    await employee.picture("employee-answers-sent");
    employee.assertQuiet();
  });

  test("the employee writes to the clinic", async () => {
    const { page } = employee;
    await employee.goto("/employee/messages/new");
    const kinds = page.getByRole("radio");
    if ((await kinds.count()) > 0) await kinds.first().check();
    else if (await page.locator("main select").count()) await page.locator("main select").first().selectOption({ index: 1 });
    else await page.locator("main li button, main li a").first().click();
    await page.getByLabel(/^Subject/).fill("Gloves");
    await page.getByLabel(/^Your message/).fill(QUESTION);
    await employee.picture("employee-message");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText(QUESTION).first().waitFor();
    await employee.picture("employee-conversation");
    employee.assertQuiet();
  });

  test("the clinic sees the answers as data and signs them", async () => {
    const { page } = clinician;
    await clinician.signIn("/admin/", "clinician");
    await clinician.picture("clinic-start");
    await clinician.goto("/admin/clinic/reviews");
    await clinician.picture("clinic-reviews");
    await page.getByRole("link", { name: new RegExp(NAME) }).first().click();
    await page.getByText(MEDICINE).first().waitFor();
    assert.match(await page.locator("main").textContent(), /181/);
    await clinician.picture("clinic-review");
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText(/Signed/).first().waitFor();
    clinician.assertQuiet();
  });

  test("the clinic replies, and the employee sees it", async () => {
    const { page } = clinician;
    await clinician.goto("/admin/clinic/inbox");
    await clinician.picture("clinic-inbox");
    await page.getByRole("link", { name: /Gloves/ }).first().click();
    await page.getByText(QUESTION).first().waitFor();
    await page.getByLabel("Your reply").fill(REPLY);
    await page.getByRole("button", { name: /^(Reply|Send)$/ }).click();
    await page.getByText(REPLY).first().waitFor();
    await clinician.picture("clinic-conversation");
    clinician.assertQuiet();

    // The employee's page was left open: the reply comes by itself.
    await employee.page.getByText(REPLY).first().waitFor();
    await employee.picture("employee-reply");
    employee.assertQuiet();
  });

  test("the clinic writes a restriction", async () => {
    const { page } = clinician;
    await clinician.goto("/admin/clinic/people");
    await page.getByRole("searchbox").or(page.getByLabel(/Search|Name/)).first().fill("Castillo");
    await page.getByRole("link", { name: new RegExp(NAME) }).first().click();
    await clinician.settled();
    await clinician.picture("clinic-chart");
    const address = new URL(page.url());
    await clinician.goto(`${address.pathname}/restrictions`);
    await page.getByRole("button", { name: "Write a restriction" }).click();
    await page.getByLabel("What is limited").selectOption("lift");
    await page.getByLabel("How much is allowed").selectOption("weight");
    await page.getByLabel("Weight").fill("20");
    const last = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel("Last day").fill(last);
    await page.getByLabel(/^For the employee/).fill(HOW_TO);
    await page.getByLabel(/^What it is about/).fill(PROBLEM);
    await page.getByText(/Lift no more than 20 lb/).first().waitFor();
    await clinician.picture("clinic-restriction");
    await page.getByRole("button", { name: "Save restriction" }).click();
    await page.getByRole("button", { name: "Write a restriction" }).waitFor();
    await page.getByText(/Lift no more than 20 lb/).first().waitFor();
    clinician.assertQuiet();
  });

  test("the supervisor sees status and dates, and nothing clinical", async () => {
    const { page } = supervisor;
    const bodies = [];
    page.on("response", async (response) => {
      if (response.url().includes("/api/")) bodies.push(await response.text().catch(() => ""));
    });
    await supervisor.signIn("/supervisor/", "supervisor");
    await page.getByText(NAME).first().waitFor();
    await supervisor.picture("supervisor-team");
    await page.getByRole("link", { name: new RegExp(NAME) }).first().click();
    await page.getByText(/Lift no more than 20 lb/).first().waitFor();
    await page.getByText(HOW_TO).first().waitFor();
    await supervisor.settled();
    await supervisor.picture("supervisor-person");
    await supervisor.goto("/supervisor/appointments");
    await page.locator("main .row").getByText(NAME).first().waitFor();
    await supervisor.picture("supervisor-appointments");
    const shown = `${await page.locator("body").textContent()} ${bodies.join(" ")}`;
    for (const secret of CLINICAL) assert.ok(!shown.includes(secret), `a supervisor never sees "${secret}"`);
    supervisor.assertQuiet();
  });

  test("the employee sees the restriction and who opened the record", async () => {
    const { page } = employee;
    await employee.goto("/employee/work-status");
    await page.getByText(/Lift no more than 20 lb/).first().waitFor();
    await employee.picture("employee-work-status");
    const clinic = await installation.api.as("clinician", "GET", "/auth/session");
    await employee.goto("/employee/record-access");
    await page.getByText(clinic.display_name).first().waitFor();
    await employee.picture("employee-record-access");
    employee.assertQuiet();
  });
});
