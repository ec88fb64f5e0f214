// What every long harness shares: its options, its dice, and an end that leaves nothing behind.
import { parseArgs } from "node:util";

/** The numbers and switches of the command line, with what holds where nothing is said. */
export function options(defaults) {
  const named = Object.entries(defaults).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    { type: typeof value === "boolean" ? "boolean" : "string" },
  ]);
  const { values } = parseArgs({ options: Object.fromEntries(named) });
  const read = { ...defaults };
  for (const [name, value] of Object.entries(values)) {
    const key = name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
    read[key] = typeof value === "boolean" ? value : Number(value);
    if (Number.isNaN(read[key])) throw new Error(`--${name} takes a number`);
  }
  return read;
}

/** A seed for a run that names none. */
export const anySeed = () => Math.floor(Math.random() * 2 ** 31);

/** Dice that fall the same way for the same seed (mulberry32). */
export class Dice {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to `below`. */
  below(below) {
    return Math.floor(this.next() * below);
  }

  /** A number between two. */
  between(low, high) {
    return low + this.next() * (high - low);
  }

  /** One of several. */
  of(all) {
    return all[this.below(all.length)];
  }

  /** Dice of their own for one of many who throw at the same time. */
  fork() {
    return new Dice(this.below(2 ** 32));
  }
}

/** Counts by name. */
export class Tally extends Map {
  add(name, by = 1) {
    this.set(name, (this.get(name) ?? 0) + by);
  }

  get sum() {
    return [...this.values()].reduce((sum, count) => sum + count, 0);
  }

  toString() {
    const all = [...this].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    return all.map(([name, count]) => `${name} ${count}`).join(", ") || "none";
  }
}

/** What has to be taken away again, whatever happens; the last first. */
export class Remains {
  #all = [];

  /** Adds what takes something away. */
  add(away) {
    this.#all.push(away);
  }

  /** Waits for something to be made and takes it away in the end, even when it was still being made. */
  make(making, away) {
    this.add(async () => {
      const made = await making.catch(() => undefined);
      if (made) await away(made);
    });
    return making;
  }

  async clear() {
    for (let away = this.#all.pop(); away; away = this.#all.pop()) {
      await away().catch((error) => console.error(`could not be taken away: ${error.message}`));
    }
  }
}

/** Runs a harness: it gives back whether all holds, and leaves nothing behind when it fails or is interrupted. */
export async function prove(harness) {
  const remains = new Remains();
  let interrupted = false;
  const interrupt = (name) => {
    if (interrupted) return;
    interrupted = true;
    console.error(`${name}: cleaning up`);
    void remains.clear().finally(() => process.exit(130));
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, interrupt);
  try {
    process.exitCode = (await harness(remains)) ? 0 : 1;
  } catch (error) {
    if (!interrupted) console.error(error);
    process.exitCode = 2;
  } finally {
    if (!interrupted) await remains.clear();
  }
}
