// What the mail catcher received.
import { setTimeout as pause } from "node:timers/promises";

export class Mailbox {
  constructor(origin) {
    this.origin = origin;
  }

  async all() {
    const response = await fetch(`${this.origin}/email`);
    return response.json();
  }

  /** The newest mail to an address, waited for. */
  async newestTo(address, limit = 20_000) {
    const until = Date.now() + limit;
    for (;;) {
      const found = (await this.all()).filter((mail) => mail.to.some((to) => to.address === address));
      if (found.length > 0) return found[found.length - 1];
      if (Date.now() > until) throw new Error(`no mail to ${address} within ${limit} ms`);
      await pause(100);
    }
  }
}
