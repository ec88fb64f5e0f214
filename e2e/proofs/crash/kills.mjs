// What is killed, and how it is started again.
import { setTimeout as pause } from "node:timers/promises";

import { signal } from "../../harness/cluster.mjs";

const READY_WITHIN = 60_000;

/** Each kind kills something at a moment and gives back how to start it again. */
export const KILLS = {
  /** The server. */
  async server({ installation }) {
    await installation.kill();
    return () => installation.restart();
  },
  /** One process that serves a connection; PostgreSQL then ends all of them and recovers by itself. */
  async backend({ cluster, dice }) {
    const backends = await cluster.backends("salus_app");
    const busy = backends.filter((one) => !/\bidle$/.test(one.title));
    const one = dice.of(busy.length > 0 ? busy : backends);
    if (one) signal(one.pid, "SIGKILL");
    return async () => {};
  },
  /** The first process; the others notice and end. */
  async postmaster({ cluster }) {
    signal(cluster.postmaster, "SIGKILL");
    return () => cluster.up();
  },
  /** Every process of PostgreSQL at once. */
  async postgres({ cluster }) {
    await cluster.killAll();
    return () => cluster.up();
  },
  /** Both, as when the machine goes. */
  async machine({ installation, cluster }) {
    await cluster.killAll();
    await installation.kill();
    return async () => {
      await cluster.up();
      await installation.restart();
    };
  },
};

/** Kills, waits a little, starts again; gives back the seconds until the server said it was ready. */
export async function killed(kind, context) {
  const { dice, wire, installation } = context;
  const again = await KILLS[kind](context);
  await pause(dice.between(0, 800));
  const from = Date.now();
  await again();
  while (!(await ready(wire))) {
    if (!installation.serves) throw new Error(`the server ended by itself after a kill of ${kind}`);
    if (Date.now() - from > READY_WITHIN) throw new Error(`not ready ${READY_WITHIN / 1000} s after a kill of ${kind}`);
    await pause(50);
  }
  return (Date.now() - from) / 1000;
}

async function ready(wire) {
  const answer = await wire.send("GET", "/readyz", { patience: 5_000 }).catch(() => undefined);
  return answer?.status === 200;
}
