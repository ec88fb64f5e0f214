// The main job, through all three apps: an employee with a phone books what is
// due, answers and writes; the clinic reads, replies and restricts; the
// supervisor sees what the person may do and nothing else; the employee sees
// who opened the record.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { DESKTOP, PHONE, Person, open } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";

const QUESTION = "Which gloves protect from the new solvent?";
const REPLY = "The nitrile ones, changed every hour.";

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
    await employee.picture("employee-home");
    employee.assertQuiet();
  });
});
