// What the mail catcher received.
import { setTimeout as pause } from "node:timers/promises";

/** The text of a quoted-printable part (RFC 2045). */
function unquoted(text) {
  const bytes = text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}

export class Mailbox {
  constructor(origin) {
    this.origin = origin;
  }

  async all() {
    const response = await fetch(`${this.origin}/email`);
    return response.json();
  }

  /** The newest mail whose words match, waited for. */
  async newestWith(words, limit = 20_000) {
    const until = Date.now() + limit;
    for (;;) {
      const found = (await this.all()).filter((mail) => words.test(mail.text));
      if (found.length > 0) return found[found.length - 1];
      if (Date.now() > until) throw new Error(`no mail with ${words} within ${limit} ms`);
      await pause(100);
    }
  }

  /** The first calendar files that came to an address, the oldest first, waited for. */
  async firstCalendars(address, count, limit = 20_000) {
    const until = Date.now() + limit;
    for (;;) {
      const files = await this.calendars(address);
      if (files.length >= count) return files;
      if (Date.now() > until) throw new Error(`${files.length} calendar files came to ${address} within ${limit} ms`);
      await pause(100);
    }
  }

  /** The calendar files that came to an address until now, the oldest first. */
  async calendars(address) {
    const mails = (await this.all()).filter((mail) => mail.to.some((to) => to.address === address));
    const files = [];
    for (const mail of mails) {
      const source = await (await fetch(`${this.origin}/email/${mail.id}/source`)).text();
      const part = source.split(/^--.*$/m).find((text) => /text\/calendar/.test(text));
      if (!part) continue;
      const [, head, body] = /^\s*([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(part);
      files.push(/base64/i.test(head) ? Buffer.from(body, "base64").toString() : unquoted(body));
    }
    return files;
  }

  /** The newest mail to an address whose words match, waited for. */
  async newestTo(address, words, limit = 20_000) {
    const until = Date.now() + limit;
    for (;;) {
      const found = (await this.all()).filter((mail) => mail.to.some((to) => to.address === address) && words.test(mail.text));
      if (found.length > 0) return found[found.length - 1];
      if (Date.now() > until) throw new Error(`no mail to ${address} with ${words} within ${limit} ms`);
      await pause(100);
    }
  }
}
