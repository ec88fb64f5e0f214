// Requests as a program far away sends them: an answer, or none. Nothing is sent again by itself.
import { Agent, request } from "node:http";

/** No answer came: the connection broke, or it took too long. */
export class NoAnswer extends Error {}

export class Wire {
  #origin;
  #agent;

  constructor(origin, { kept = true } = {}) {
    this.#origin = new URL(origin);
    this.#agent = new Agent({ keepAlive: kept, maxSockets: Infinity });
  }

  /** Sends a request; its body is `json`, or `raw` as it stands. Gives back status, headers and the body read as JSON where it is. */
  send(method, path, { token, key, json, raw, headers = {}, patience = 30_000 } = {}) {
    const body = json === undefined ? raw : JSON.stringify(json);
    return new Promise((resolve, reject) => {
      const fail = (why) => reject(new NoAnswer(`${method} ${path}: ${why}`));
      const sent = request(
        {
          // The loopback's number: names are looked up by few threads.
          host: "127.0.0.1", port: this.#origin.port, method, path, agent: this.#agent,
          headers: {
            host: this.#origin.host,
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            ...(key ? { "idempotency-key": key } : {}),
            ...(body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
            ...headers,
          },
        },
        (answer) => {
          const parts = [];
          answer.on("data", (part) => parts.push(part));
          answer.on("error", (error) => fail(error.message));
          answer.on("end", () => {
            clearTimeout(late);
            if (!answer.complete) return fail("the answer was cut short");
            resolve({ status: answer.statusCode, headers: answer.headers, body: read(answer, Buffer.concat(parts)) });
          });
        },
      );
      const late = setTimeout(() => {
        fail(`no answer in ${patience} ms`);
        sent.destroy();
      }, patience);
      sent.on("error", (error) => {
        clearTimeout(late);
        fail(error.code ?? error.message);
      });
      sent.end(body);
    });
  }

  close() {
    this.#agent.destroy();
  }
}

function read(answer, bytes) {
  const text = bytes.toString("utf8");
  return /json/.test(answer.headers["content-type"] ?? "") && text ? JSON.parse(text) : text;
}
