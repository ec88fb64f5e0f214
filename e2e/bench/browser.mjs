// The employee's home on a slow phone: a quarter of the processor and 1.6 Mb/s
// with 150 ms, from an empty cache and again.
import { PASSWORD } from "../harness/installation.mjs";
import { PHONE, open } from "../harness/browser.mjs";

const SLOW = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const RUNS = 3;

/** Seconds to the first paint and to a home that can be used, medians of some runs. */
export async function slowPhone(origin) {
  const browser = await open();
  try {
    const cold = [];
    const warm = [];
    for (let run = 0; run < RUNS; run += 1) {
      const context = await browser.newContext({ viewport: PHONE, isMobile: true, hasTouch: true, locale: "en-US" });
      // Signed in beforehand: the start of the app is what is measured.
      await signIn(context, origin);
      cold.push(await visit(context, origin));
      // The worker has put the app aside by then.
      await new Promise((resolve) => setTimeout(resolve, 8000));
      warm.push(await visit(context, origin));
      await context.close();
    }
    return { cold: median(cold), warm: median(warm) };
  } finally {
    await browser.close();
  }
}

/** As a person does; what the browser put aside of the app meanwhile is thrown away. */
async function signIn(context, origin) {
  const page = await context.newPage();
  await page.goto(`${origin}/employee/`);
  await page.getByLabel("Email address").fill("employee@sandbox.example");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "To do" }).waitFor();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.clearBrowserCache");
  await devtools.send("Storage.clearDataForOrigin", { origin, storageTypes: "service_workers,cache_storage" });
  await page.close();
}

async function visit(context, origin) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", SLOW);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const start = performance.now();
  await page.goto(`${origin}/employee/`, { waitUntil: "commit" });
  await page.getByRole("heading", { name: "To do" }).waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => !document.querySelector("main .skeleton"), undefined, { timeout: 60_000 });
  const usable = (performance.now() - start) / 1000;
  const paint = await page.evaluate(() =>
    performance.getEntriesByType("paint").find((entry) => entry.name === "first-contentful-paint")?.startTime / 1000);
  await page.close();
  return { paint, usable };
}

function median(visits) {
  const middle = (name) => visits.map((visit) => visit[name]).sort((a, b) => a - b)[visits.length >> 1];
  return { paint: middle("paint"), usable: middle("usable") };
}
