// What the clients know: each request before it is sent, and each answer as soon as it has come.
// On the disk before anything else happens, so that no crash takes it away.
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";

export class Journal {
  #file;
  #path;

  constructor(path) {
    this.#path = path;
    this.#file = openSync(path, "ax", 0o600);
  }

  /** About to be sent for the first time. */
  sent(key, kind, account, about = {}) {
    this.#note({ note: "sent", key, kind, account, ...about });
  }

  /** Nobody knows whether it was done. */
  doubted(key, why) {
    this.#note({ note: "doubted", key, why });
  }

  /** It is done: what it made. */
  acknowledged(key, status, made) {
    this.#note({ note: "acknowledged", key, status, made });
  }

  /** It is not done. */
  refused(key, status, slug) {
    this.#note({ note: "refused", key, status, slug });
  }

  /** Everything that was noted, by key, as it stands on the disk. */
  read() {
    const requests = new Map();
    for (const line of readFileSync(this.#path, "utf8").split("\n").filter(Boolean)) {
      const { note, key, ...rest } = JSON.parse(line);
      if (note === "sent") requests.set(key, { key, ...rest, doubts: [], made: [], refused: [] });
      else if (note === "doubted") requests.get(key).doubts.push(rest.why);
      else if (note === "acknowledged") requests.get(key).made.push(rest.made);
      else requests.get(key).refused.push(rest.slug ?? rest.status);
    }
    return [...requests.values()];
  }

  close() {
    closeSync(this.#file);
  }

  #note(line) {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
    fsyncSync(this.#file);
  }
}
