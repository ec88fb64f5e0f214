// The employee's part of the main job with the keyboard alone: no click, and
// the focus can be seen wherever it goes.
import { after, before, describe, test } from "node:test";

import { Api } from "../harness/api.mjs";
import { DESKTOP, Person, open } from "../harness/browser.mjs";
import { Installation, PASSWORD } from "../harness/installation.mjs";
import { bookAhead } from "../harness/visits.mjs";

const QUESTION = "May I bring my own boots?";

describe("with the keyboard alone", { concurrency: false }, () => {
  let installation;
  let browser;
  let employee;

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    employee = await Person.enter(browser, installation.origin, { viewport: DESKTOP });
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test("signing in", async () => {
    const { page } = employee;
    await page.goto(`${installation.origin}/employee/`);
    await page.getByLabel("Email address").waitFor();
    await employee.typeInto("Email address", "employee2@sandbox.example");
    await employee.typeInto("Password", PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "To do" }).waitFor();
    await employee.settled();
    employee.assertQuiet();
  });

  test("booking a time", async () => {
    const { page } = employee;
    await employee.goto("/employee/book");
    await employee.tabTo(/./);
    const kinds = page.getByRole("heading", { name: "What do you need?" });
    await kinds.or(page.locator(".day-chip").first()).first().waitFor();
    if (await kinds.isVisible()) {
      const first = (await page.locator("main .row-link").first().textContent()).replace(/\s+/g, " ").trim();
      await employee.pressKey(first);
    }
    await page.locator(".day-chip").first().waitFor();
    await employee.pressKey(/times? free/);
    const time = (await page.locator(".time-button").first().textContent()).trim();
    await employee.pressKey(time);
    await page.getByRole("button", { name: "Book this time" }).waitFor();
    await employee.pressKey("Book this time");
    await page.getByRole("heading", { name: /Your appointment is booked|The clinic will confirm/ }).waitFor();
    employee.assertQuiet();
  });

  test("moving it", async () => {
    const { page } = employee;
    const visit = await bookAhead(new Api(installation.origin), "employee2", "Hearing test");
    await employee.goto(`/employee/appointments/${visit.id}`);
    await employee.pressKey("Move this appointment");
    await page.locator(".day-chip").first().waitFor();
    const time = (await page.locator(".time-button").nth(2).textContent()).trim();
    await employee.pressKey(time);
    await page.getByRole("button", { name: "Move it here" }).waitFor();
    await employee.pressKey("Move it here");
    await page.getByRole("heading", { name: "Your appointment is moved" }).waitFor();
    employee.assertQuiet();
  });

  test("writing to the clinic", async () => {
    const { page } = employee;
    await employee.goto("/employee/messages/new");
    const kinds = page.getByRole("radio");
    if ((await kinds.count()) > 0) {
      await employee.page.locator("body").press("Tab");
      await kinds.first().focus();
      await page.keyboard.press("Space");
    }
    await employee.typeInto(/^Subject/, "Boots");
    await employee.typeInto(/^Your message/, QUESTION);
    await employee.pressKey("Send");
    await page.getByText(QUESTION).first().waitFor();
    employee.assertQuiet();
  });

  test("the skip link leads past the navigation", async () => {
    const { page } = employee;
    await employee.goto("/employee/");
    await employee.pressKey("Skip to content");
    await page.waitForFunction(() => document.activeElement?.closest("#content, main") !== null);
  });
});
