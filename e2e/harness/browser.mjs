// A real browser, and a person in front of it. Whatever the browser complains
// about while a test runs fails that test.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

import { PASSWORD } from "./installation.mjs";
import * as settings from "./settings.mjs";

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

const SWITCHES = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Starts the browser. */
export function open() {
  return chromium.launch({ executablePath: settings.browser(), args: SWITCHES, headless: true });
}

/** Waits until something holds, which no element on the page tells. */
export async function until(holds, what = "what is waited for", patience = 20_000) {
  const end = Date.now() + patience;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `it takes too long: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A window of somebody's own: nothing is shared with other windows. */
export class Person {
  // Asking whether somebody is signed in is answered with a no before sign-in,
  // and the browser logs every such answer.
  #allowed = [/status of 401 .*\/auth\/refresh/];
  #complaints = [];

  static async enter(browser, origin, { viewport = DESKTOP, theme = "light", forcedColors = "none", locale = "en-US" } = {}) {
    const person = new Person();
    person.origin = origin;
    person.phone = viewport.width < 640;
    person.theme = forcedColors === "active" ? "forced" : theme;
    person.context = await browser.newContext({
      viewport,
      locale,
      forcedColors,
      colorScheme: theme,
      timezoneId: "America/New_York",
      hasTouch: person.phone,
      isMobile: person.phone,
      reducedMotion: "reduce",
    });
    person.context.setDefaultTimeout(15_000);
    await person.context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`content policy: ${event.violatedDirective} blocked ${event.blockedURI || event.sample}`);
      });
    });
    person.page = await person.context.newPage();
    person.page.on("console", (message) => {
      if (message.type() === "error") person.#complain(`${message.text()} (${message.location().url})`);
    });
    person.page.on("pageerror", (error) => person.#complain(`uncaught: ${error.message}`));
    return person;
  }

  /** Changes to other colours, as somebody does in the settings of their device. */
  async look({ theme = "light", forcedColors = "none" }) {
    await this.page.emulateMedia({ colorScheme: theme, forcedColors });
    this.theme = forcedColors === "active" ? "forced" : theme;
  }

  #complain(text) {
    if (!this.#allowed.some((pattern) => pattern.test(text))) this.#complaints.push(text);
  }

  /** A test that provokes an error says so: the browser logs every failed request. */
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  /** Allows an error while something is done, and not after it. */
  async allowing(pattern, work) {
    this.#allowed.push(pattern);
    try {
      return await work();
    } finally {
      this.#allowed.splice(this.#allowed.indexOf(pattern), 1);
    }
  }

  /** Fails when the browser complained since the last look. */
  assertQuiet() {
    const found = this.#complaints.splice(0);
    assert.deepEqual(found, [], "the browser complained");
  }

  /** Opens an address of an app and waits until the page is there, not its outline. */
  async goto(path) {
    await this.page.goto(this.origin + path);
    await this.settled();
  }

  /** Waits until a page stands: it has its heading, and nothing on it is still loading. */
  async settled() {
    await this.page.locator("h1:visible").first().waitFor();
    await this.page.waitForFunction(() => !document.querySelector(".skeleton") && !document.querySelector("[aria-busy=true]"));
  }

  /** Signs in on the page that asks for it. */
  async signIn(path, name) {
    await this.page.goto(this.origin + path);
    await this.page.getByLabel("Email address").fill(`${name}@sandbox.example`);
    await this.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    const answered = this.page.waitForResponse((response) => response.url().endsWith("/auth/sessions"));
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await answered;
    await this.page.getByRole("button", { name: "Sign in", exact: true }).waitFor({ state: "detached" });
    await this.settled();
  }

  /** Goes from element to element with the Tab key until one with this name has the focus. */
  async tabTo(name, { backwards = false, limit = 120 } = {}) {
    const passed = [];
    for (let step = 0; step < limit; step += 1) {
      await this.page.keyboard.press(backwards ? "Shift+Tab" : "Tab");
      const found = await this.page.evaluate(() => {
        const element = document.activeElement;
        const labelled = element.getAttribute("aria-labelledby")?.split(" ").map((id) => document.getElementById(id)?.textContent).join(" ");
        const label = element.getAttribute("aria-label") ?? labelled ?? element.labels?.[0]?.textContent ?? element.textContent ?? "";
        // A row's title stretches over the row, which then shows the ring.
        const stretched = getComputedStyle(element, "::after").position === "absolute";
        const style = getComputedStyle(stretched ? element.offsetParent : element);
        const ring = style.outlineStyle !== "none" || style.boxShadow !== "none" || element.matches("input[type=radio], input[type=checkbox]");
        return { label: label.replace(/\s+/g, " ").trim(), ring, name: element.localName };
      });
      if (found.name !== "body") assert.ok(found.ring, `the focus on "${found.label}" cannot be seen`);
      passed.push(found.label);
      if (name instanceof RegExp ? name.test(found.label) : found.label === name) return;
    }
    assert.fail(`the Tab key never reaches ${name}; it passed: ${[...new Set(passed)].join(" | ")}`);
  }

  /** Tabs to an element and presses it. */
  async pressKey(name, key = "Enter") {
    await this.tabTo(name);
    await this.page.keyboard.press(key);
  }

  /** Tabs to a field and types into it. */
  async typeInto(name, text) {
    await this.tabTo(name);
    await this.page.keyboard.type(text);
  }

  /** Keeps a picture of the page, for people to look at. */
  async picture(name) {
    mkdirSync(settings.out, { recursive: true });
    const path = join(settings.out, `${name}.png`);
    await this.page.screenshot({ path, fullPage: !this.phone });
    const shown = join(settings.pictures, `${name}.png`);
    if (settings.renewPictures && existsSync(shown)) copyFileSync(path, shown);
  }

  /** Fails on any finding of axe; what it cannot judge counts when it is about contrast. */
  async assertAccessible(where) {
    const axe = new AxeBuilder({ page: this.page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
    // Forced colours are the person's own; axe compares them with what the page asked for.
    if (this.theme === "forced") axe.disableRules(["color-contrast"]);
    await this.#assertNothingFound(axe, where);
  }

  /** What a change of colours can spoil on a page that is accessible otherwise. */
  async assertColours(where) {
    const rules = ["link-in-text-block", "target-size", ...(this.theme === "forced" ? [] : ["color-contrast"])];
    await this.#assertNothingFound(new AxeBuilder({ page: this.page }).withRules(rules), `${where} (${this.theme})`);
  }

  async #assertNothingFound(axe, where) {
    // What the bar that stays lies over is small only until somebody scrolls.
    await this.page.evaluate(() => scrollTo(0, 0));
    const result = await axe.analyze();
    const undecided = [];
    for (const node of result.incomplete.filter((finding) => finding.id === "color-contrast").flatMap((finding) => finding.nodes)) {
      undecided.push(...(await this.#contrastWhereSeen(node.target[0])));
    }
    const findings = [...result.violations, ...undecided].map((finding) => {
      const places = finding.nodes.slice(0, 5).map((node) => `\n    ${node.target.join(" ")}: ${node.any[0]?.message ?? node.failureSummary}`);
      return `${finding.id}: ${finding.help}${places.join("")}`;
    });
    assert.deepEqual(findings, [], `${where} is not accessible`);
  }

  /** What axe says of an element's contrast once it is scrolled to: what is out of sight it cannot judge. */
  async #contrastWhereSeen(selector) {
    await this.page.locator(selector).first().evaluate((element) => element.scrollIntoView({ block: "center", inline: "center" }));
    const result = await new AxeBuilder({ page: this.page }).include(selector).withRules(["color-contrast"]).analyze();
    return [...result.violations, ...result.incomplete];
  }

  /** On a phone everything that is pressed is large enough for a finger, and nothing sticks out. */
  async assertFitsPhone(where) {
    const problems = await this.page.evaluate(() => {
      const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      const found = [];
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      if (wide > 1) found.push(`the page is ${wide} px wider than the screen`);
      for (const element of document.querySelectorAll("button, a.btn, input:not([type=hidden]), select, summary")) {
        if (!seen(element) || element.closest("[hidden]") || element.disabled) continue;
        // A row's title stretches over the row.
        const stretched = getComputedStyle(element, "::after").position === "absolute";
        let box = (stretched ? element.offsetParent : element).getBoundingClientRect();
        const label = element.closest("label") ?? (element.id ? document.querySelector(`label[for="${CSS.escape(element.id)}"]`) : null);
        if (label && ["checkbox", "radio"].includes(element.type)) box = label.getBoundingClientRect();
        if (box.width === 0 || box.height === 0 || box.right < 0 || box.bottom < 0) continue;
        if (box.height < 43.5 || box.width < 43.5) {
          const name = element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 30) ?? element.name;
          found.push(`${element.localName} "${name || element.name}" is ${Math.round(box.width)} x ${Math.round(box.height)} px`);
        }
      }
      return found;
    });
    assert.deepEqual(problems, [], `${where} does not fit a phone`);
  }

  async leave() {
    await this.context.close();
  }
}
