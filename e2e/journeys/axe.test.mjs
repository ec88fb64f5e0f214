// Every address of the three apps, on a phone and on a desktop, in both themes
// and with forced colours: nothing axe finds, nothing the browser complains of.
import { after, before, describe, test } from "node:test";

import { DESKTOP, PHONE, Person, open } from "../harness/browser.mjs";
import { Installation } from "../harness/installation.mjs";
import { fill, patterns } from "../harness/routes.mjs";
import { samples } from "../harness/samples.mjs";

const WHO = { employee: ["employee"], supervisor: ["supervisor"], admin: ["clinician", "admin"] };
/** What is closed to an account: one address of it is looked at, the rest shows the same. */
const CLOSED = { clinician: "/administration", admin: "/clinic" };
const WINDOWS = [
  { name: "phone", viewport: PHONE, looks: [{ theme: "light" }, { theme: "dark" }] },
  { name: "desktop", viewport: DESKTOP, looks: [{ theme: "light" }, { theme: "dark" }, { forcedColors: "active" }] },
];

describe("every page is accessible", { concurrency: false }, () => {
  let installation;
  let browser;
  let known;

  before(async () => {
    installation = await Installation.start();
    browser = await open();
    known = await samples(installation);
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  for (const [app, accounts] of Object.entries(WHO)) {
    for (const account of accounts) {
      for (const window of WINDOWS) {
        test(`${app} app as ${account}@ (${window.name})`, async (t) => {
          const person = await Person.enter(browser, installation.origin, window);
          t.after(() => person.leave());
          await person.page.goto(`${installation.origin}/${app}/`);
          await person.page.getByLabel("Email address").waitFor();
          for (const look of window.looks) {
            await person.look(look);
            await person.assertAccessible(`${app}: sign-in`);
          }
          await person.signIn(`/${app}/`, account);
          const closed = patterns(app).filter((pattern) => pattern.startsWith(CLOSED[account]));
          for (const pattern of patterns(app).filter((pattern) => !closed.slice(1).includes(pattern))) {
            const { path, found } = fill(app, pattern, known);
            await t.test(found ? path : `${path} (nothing to show)`, async () => {
              if (!found) person.allow(/status of 404/);
              await person.look(window.looks[0]);
              await person.goto(path);
              await person.assertAccessible(path);
              if (person.phone) await person.assertFitsPhone(path);
              // The page is the same one in other colours.
              for (const look of window.looks.slice(1)) {
                await person.look(look);
                await person.assertColours(path);
              }
              person.assertQuiet();
            });
          }
        });
      }
    }
  }
});
