// The app is kept on the device: it opens without a connection, nothing the server says about people
// is kept with it, a newer version is offered and loaded when the person says so, and all of it can
// be switched off.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { PHONE, Person, open, until } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";
import * as settings from "../harness/settings.mjs";

/** What the browser keeps: the addresses in its caches, and the workers it knows. */
function kept(page) {
  return page.evaluate(async () => {
    const addresses = [];
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      addresses.push(...requests.map((request) => new URL(request.url).pathname));
    }
    const workers = await navigator.serviceWorker.getRegistrations();
    return { addresses, workers: workers.filter((worker) => worker.active).length };
  });
}

describe("an app that is kept on the device", { concurrency: false }, () => {
  let installation;
  let browser;
  let employee;
  let apps;

  /** Another version of the app: its page and its worker change, as with every build. */
  const newVersion = (mark) => {
    const folder = join(apps, "employee");
    for (const file of readdirSync(folder).filter((name) => /^(index\.html|sw\.js)\.(br|gz)$/.test(name))) {
      rmSync(join(folder, file));
    }
    const page = join(folder, "index.html");
    writeFileSync(page, readFileSync(page, "utf8").replace(/<html lang="en"[^>]*>/, `<html lang="en" data-version="${mark}">`));
    const worker = join(folder, "sw.js");
    writeFileSync(worker, readFileSync(worker, "utf8").replace(/(const CACHE = KEPT \+ ")[^"]*/, `$1${mark}`));
  };

  const version = () => employee.page.evaluate(() => document.documentElement.dataset.version);

  before(async () => {
    apps = mkdtempSync(join(tmpdir(), "salus-apps-"));
    cpSync(settings.apps(), apps, { recursive: true });
    newVersion("one");
    installation = await Installation.start({ SALUS_APPS: apps });
    browser = await open();
    employee = await Person.enter(browser, installation.origin, { viewport: PHONE });
    employee.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
    rmSync(apps, { recursive: true, force: true });
  });

  test("it opens without a connection once it was open a while", async () => {
    const { page, context } = employee;
    await employee.signIn("/employee/", "employee");
    await until(async () => (await kept(page)).workers === 1, "the worker");
    for (const path of ["/employee/appointments", "/employee/messages", "/employee/work-status", "/employee/record-access"]) {
      await employee.goto(path);
    }
    await context.setOffline(true);
    await page.goto(`${installation.origin}/employee/work-status`);
    await page.getByRole("button", { name: "Try again" }).or(page.locator(".offline")).first().waitFor();
    await context.setOffline(false);
  });

  test("nothing the server says about people is kept with it", async () => {
    const { addresses } = await kept(employee.page);
    assert.ok(addresses.length > 5);
    const strange = addresses.filter((address) => !/^\/employee\/(assets\/[a-z_0-9-]+\.[a-z]+)?$/.test(address));
    assert.deepEqual(strange, []);
  });

  test("a newer version is offered, and loaded when the person says so", async () => {
    const { page } = employee;
    await employee.goto("/employee/");
    assert.equal(await version(), "one");
    newVersion("two");
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    // The page tells of it once it listens, five seconds after its start.
    const load = page.getByRole("button", { name: "Load it now" });
    await load.waitFor();
    await employee.picture("employee-update");
    await employee.assertAccessible("the offer of a newer version");
    assert.equal(await version(), "one");
    await load.click();
    await until(async () => (await version().catch(() => "")) === "two", "the newer version");
    await employee.settled();
  });

  test("a newer version that came meanwhile is there at the next start", async () => {
    const { page } = employee;
    newVersion("three");
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await until(() => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)), "the newer worker");
    // Closed as a phone does it, with the worker that had nothing more to do. One that still had something gives way
    // at a later start.
    await until(async () => {
      const devtools = await page.context().newCDPSession(page);
      await page.goto("about:blank");
      await devtools.send("ServiceWorker.enable");
      await devtools.send("ServiceWorker.stopAllWorkers");
      await devtools.detach();
      await page.goto(`${installation.origin}/employee/`);
      return (await version().catch(() => "")) === "three";
    }, "the newest version", 45_000);
    await employee.settled();
    employee.assertQuiet();
  });

  test("switched off, it takes everything away again", async () => {
    const { page } = employee;
    await installation.restart({ SALUS_KEEP_APPS: "false" });
    await page.goto(`${installation.origin}/employee/`);
    await until(async () => {
      const { addresses, workers } = await kept(page).catch(() => ({ addresses: ["?"], workers: 1 }));
      return addresses.length === 0 && workers === 0;
      // A worker that was just asked for something ends half a minute later, and only then another takes its place.
    }, "nothing is kept", 45_000);
    await page.goto(`${installation.origin}/employee/`);
    await employee.settled();
  });
});
