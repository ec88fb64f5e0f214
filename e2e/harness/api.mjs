// The API as an integrator sees it: for arranging what a journey starts from
// and for checking what it left behind, never for doing the journey.
import { PASSWORD } from "./installation.mjs";

export class Api {
  #tokens = new Map();

  constructor(origin) {
    this.origin = origin;
  }

  /** A request as a sandbox account, about a version where one is changed; gives back the answer's body. */
  async as(name, method, path, body, version) {
    const token = await this.#token(name);
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(version === undefined ? {} : { "if-match": `"${version}"` }),
        ...(method === "POST" ? { "idempotency-key": crypto.randomUUID() } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} as ${name}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  async #token(name) {
    if (!this.#tokens.has(name)) {
      const response = await fetch(`${this.origin}/api/v1/auth/sessions`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: `${name}@sandbox.example`, password: PASSWORD }),
      });
      if (response.status !== 201) throw new Error(`${name} cannot sign in: ${response.status} ${await response.text()}`);
      this.#tokens.set(name, (await response.json()).access_token);
    }
    return this.#tokens.get(name);
  }
}
