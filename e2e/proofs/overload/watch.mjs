// Who looks on while the server is pressed: a health check, and somebody who works as on any day.
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";

import { Tally } from "../../harness/proof.mjs";
import { Wire } from "../../harness/wire.mjs";

/** Seconds within which the process says that it lives. */
const HEALTHY = 1;

/** Asks again and again, whether or not the last was answered, until it is told to stop. */
export class Watch {
  worst = 0;
  statuses = new Tally();
  #stopped = false;
  #open = new Set();

  constructor(origin, path, every, request = () => ({})) {
    Object.assign(this, { path, every, request });
    // A connection of its own for each: what is refused at the door is seen.
    this.wire = new Wire(origin, { kept: false });
    this.#run = this.#watch();
  }

  #run;

  async #watch() {
    while (!this.#stopped) {
      const asking = this.#ask().finally(() => this.#open.delete(asking));
      this.#open.add(asking);
      await pause(this.every);
    }
  }

  async #ask() {
    const from = performance.now();
    const answer = await this.wire.send("GET", this.path, { patience: 20_000, ...this.request() }).catch(() => undefined);
    this.worst = Math.max(this.worst, (performance.now() - from) / 1000);
    this.statuses.add(answer?.status ?? "no answer");
  }

  async stop() {
    this.#stopped = true;
    await this.#run;
    await Promise.all(this.#open);
    this.wire.close();
  }

  /** What it saw besides the answers that are right. */
  others(...right) {
    return [...this.statuses.keys()].filter((status) => !right.includes(status));
  }
}

/** Runs something under watch and gives back what the health check saw of it. */
export async function watched(origin, work) {
  const health = new Worker(new URL("health.mjs", import.meta.url), { workerData: { origin } });
  const said = new Promise((resolve, reject) => health.once("message", resolve).once("error", reject));
  try {
    await work();
  } finally {
    health.postMessage("stop");
  }
  const { worst, statuses } = await said;
  const findings = [];
  if (worst > HEALTHY) findings.push(`/healthz took ${worst.toFixed(2)} s`);
  if (statuses.some(([status]) => status !== 200)) findings.push(`/healthz answered ${new Tally(statuses)}`);
  return { worst, findings };
}
