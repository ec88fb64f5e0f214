// A lost connection in the middle of a questionnaire: what was answered is kept on the device,
// unreadable to whoever looks there, and is sent by itself when there is a connection again.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { PHONE, Person, open, until } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";

/** What lies in the browser: the names, whether their bytes are readable, whether the key can be taken out. */
function kept(page) {
  return page.evaluate(async () => {
    const answer = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const known = await indexedDB.databases();
    if (!known.some((one) => one.name === "salus")) return { names: [], readable: "", extractable: [] };
    const database = await answer(indexedDB.open("salus"));
    const store = (name) => database.transaction(name).objectStore(name);
    const names = await answer(store("texts").getAllKeys());
    const texts = await answer(store("texts").getAll());
    const keys = await answer(store("keys").getAll());
    database.close();
    const readable = texts.map((text) => new TextDecoder("latin1").decode(text)).join() + JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage });
    return { names, readable, extractable: keys.map((key) => key.extractable) };
  });
}

describe("answers without a connection", { concurrency: false }, () => {
  let installation;
  let browser;
  let employee;

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    employee = await Person.enter(browser, installation.origin, { viewport: PHONE });
    employee.allow(/ERR_INTERNET_DISCONNECTED/);
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  const answered = async () => {
    const forms = await installation.api.as("employee", "GET", "/me/questionnaire-assignments");
    return Math.max(...forms.items.map((form) => form.answered));
  };

  test("they are kept on the device, encrypted, and the page says so", async () => {
    const { page, context } = employee;
    await employee.signIn("/employee/", "employee");
    await employee.goto("/employee/questionnaires");
    await page.locator("main li a").first().click();
    await page.getByRole("button", { name: /^(Start|Continue)$/ }).click();
    await page.locator("main form").waitFor();
    const before = await answered();
    await context.setOffline(true);
    await page.locator("main form").getByLabel("Yes", { exact: true }).first().check();
    await page.getByText("will be sent when you are online").waitFor();
    const found = await kept(page);
    assert.equal(found.names.length, 1);
    assert.deepEqual(found.extractable, [false]);
    assert.doesNotMatch(found.readable, /op_id|answers\/|noise/);
    assert.equal(await answered(), before, "nothing has arrived");
    await employee.picture("employee-offline");
  });

  test("they survive a closed tab and are sent by themselves, whatever page is open", async () => {
    await employee.page.close();
    await employee.context.setOffline(false);
    employee.page = await employee.context.newPage();
    await employee.goto("/employee/work-status");
    await until(async () => (await answered()) > 0);
    await until(async () => (await kept(employee.page)).names.length === 0);
    employee.assertQuiet();
  });

  test("signing out asks first while something is not sent, and then erases it", async () => {
    const { page, context } = employee;
    await employee.goto("/employee/questionnaires");
    await page.locator("main li a").first().click();
    await page.getByRole("button", { name: /^(Start|Continue)$/ }).click();
    await page.locator("main form").waitFor();
    await context.setOffline(true);
    const field = page.locator("main form input[type=radio]:not(:checked), main form input[type=checkbox]:not(:checked)").first();
    if (await field.count()) await field.check();
    else await page.locator("main form input, main form textarea").first().fill("3");
    await until(async () => (await kept(page)).names.length === 1);
    await page.getByRole("button", { name: "Elena Castillo" }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.getByRole("button", { name: "Sign out and erase them" }).click();
    await page.getByLabel("Email address").waitFor();
    const left = await kept(page);
    assert.deepEqual([left.names, left.extractable], [[], []]);
  });
});

describe("a page whose code was not fetched before the connection was lost", { concurrency: false }, () => {
  let installation;
  let browser;
  let employee;

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    employee = await Person.enter(browser, installation.origin, { viewport: PHONE });
    employee.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test("it says so, and comes when it is asked for with a connection", async () => {
    const { page, context } = employee;
    await employee.signIn("/employee/", "employee");
    assert.equal(await page.evaluate(() => performance.getEntriesByType("resource").filter((one) => /section-/.test(one.name)).length), 0);
    await context.setOffline(true);
    await page.getByRole("link", { name: "Appointments", exact: true }).first().click();
    await page.getByText("We cannot reach the server").first().waitFor();
    await context.setOffline(false);
    await page.getByRole("button", { name: "Try again" }).first().click();
    await page.getByRole("heading", { name: "My appointments", level: 1 }).waitFor();
    await employee.settled();
    employee.assertQuiet();
  });

  test("a while after the start all of it is there, and opens without a connection", async () => {
    const { page, context } = employee;
    await page.goto(`${installation.origin}/employee/`);
    await employee.settled();
    await until(() => page.evaluate(() => performance.getEntriesByType("resource").some((one) => /section-messages/.test(one.name))));
    await context.setOffline(true);
    await page.getByRole("link", { name: /^Messages/ }).first().click();
    await page.getByRole("heading", { name: "Messages", level: 1 }).waitFor();
    await context.setOffline(false);
  });
});
