// A whole installation for one test file: a database of its own with the
// sandbox's people, a mail catcher and the server, on free ports; or several
// servers behind a load balancer.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

import { Api } from "./api.mjs";
import { Balancer } from "./balancer.mjs";
import { Mailbox } from "./mailbox.mjs";
import * as settings from "./settings.mjs";

const run = promisify(execFile);
const LIMIT = 60_000;
export const PASSWORD = "salus-sandbox-only";

export class Installation {
  #children = [];
  #folder;
  #database;
  #log = [];
  #changes = {};
  #cluster;
  #servers = [];

  /**
   * Starts one, with some of the server's settings changed; in a cluster of the caller's if one is
   * given. Of several servers each has an address in `addresses`, and the `balancer` has the one
   * people type.
   */
  static async start(changes = {}, cluster = { url: settings.database() }, servers = 1) {
    return this.#made(changes, cluster, servers, async (installation) => {
      await installation.#prepare();
      await installation.#fill();
      await installation.serve();
    });
  }

  /** One with an empty database and without a server: [`serve`] starts it when its database is filled. */
  static async prepare(changes = {}, cluster = { url: settings.database() }) {
    return this.#made(changes, cluster, 1, (installation) => installation.#prepare());
  }

  static async #made(changes, cluster, servers, make) {
    const installation = new Installation();
    installation.#changes = changes;
    installation.#cluster = cluster.url;
    installation.#servers = Array.from({ length: servers });
    try {
      await make(installation);
    } catch (error) {
      await installation.stop();
      throw new Error(`${error.message}\n${installation.log()}`, { cause: error });
    }
    return installation;
  }

  async #prepare() {
    this.#folder = mkdtempSync(join(tmpdir(), "salus-e2e-"));
    const several = this.#servers.length > 1;
    const [port, smtp, mailPage, ...further] = await freePorts(several ? 3 + this.#servers.length : 3);
    const ports = several ? further : [port];
    // Passkeys work on the name localhost only, so that is the address.
    this.origin = `http://localhost:${port}`;
    this.addresses = ports.map((its) => `http://127.0.0.1:${its}`);
    await this.#createDatabase();

    const maildev = join(settings.root, "crates/xtask/node_modules/maildev/bin/maildev");
    this.#keep(
      spawn(process.execPath, [
        maildev, "--ip", "127.0.0.1", "--smtp", smtp, "--web-ip", "127.0.0.1", "--web", mailPage,
        "--mail-directory", join(this.#folder, "mail"), "--silent",
      ].map(String), { stdio: ["ignore", "pipe", "pipe"] }),
      "mail",
    );
    this.mailbox = new Mailbox(`http://127.0.0.1:${mailPage}`);

    this.environment = {
      ...withoutSettings(process.env),
      SALUS_DATABASE_URL: this.#address("salus_app", settings.appPassword()),
      SALUS_ADMIN_DATABASE_URL: this.#address(),
      SALUS_LISTEN: new URL(this.addresses[0]).host,
      SALUS_PUBLIC_URL: this.origin,
      ...(several ? { SALUS_TRUSTED_PROXIES: "127.0.0.1" } : {}),
      SALUS_KEY_FILE: join(this.#folder, "salus.key"),
      SALUS_AUDIT_CHECKPOINTS: join(this.#folder, "audit-checkpoints.jsonl"),
      SALUS_APPS: settings.apps(),
      SALUS_SANDBOX: "true",
      SALUS_MAIL__URL: `smtp://127.0.0.1:${smtp}`,
      // The tests' people sign in far more often than people do.
      SALUS_PASSWORD__MEMORY_KIB: "64",
      SALUS_PASSWORD__PASSES: "1",
      SALUS_RATES__SIGN_INS_PER_MINUTE: "10000",
      SALUS_RATES__REQUESTS_PER_MINUTE: "100000",
      SALUS_RATES__ANONYMOUS_PER_MINUTE: "100000",
      ...this.#changes,
    };
    await answers(`${this.mailbox.origin}/healthz`);
    this.api = new Api(this.origin);
  }

  async #fill() {
    await this.salus("doctor", "--make-key");
    await this.salus("migrate");
    await this.salus("sandbox", "seed");
  }

  /** The name of its database. */
  get database() {
    return this.#database;
  }

  /** Starts the servers, and what stands before several. */
  async serve() {
    await Promise.all(this.addresses.map((_, index) => this.#serve(index)));
    if (this.addresses.length > 1) {
      const ports = this.addresses.map((address) => Number(new URL(address).port));
      const signal = (index, name) => this.#servers[index].kill(name);
      this.balancer = await Balancer.start(Number(new URL(this.origin).port), ports, signal);
    }
  }

  /** Whether its server still runs; what nobody killed should. */
  get serves() {
    return this.#servers[0].exitCode === null && this.#servers[0].signalCode === null;
  }

  async #serve(index) {
    const address = this.addresses[index];
    const environment = { ...this.environment, SALUS_LISTEN: new URL(address).host };
    const server = spawn(settings.server(), ["serve"], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    this.#servers[index] = server;
    this.#keep(server, this.addresses.length > 1 ? `server ${index}` : "server");
    await answers(`${address}/healthz`, server);
  }

  /** Stops the server and starts it again at the same address, with some settings changed. */
  async restart(changes = {}) {
    await ended(this.#servers[0]);
    Object.assign(this.environment, changes);
    await this.#serve(0);
  }

  /** Kills a server where it stands, as the failure of its machine would. [`restart`] starts the only one again. */
  async kill(index = 0) {
    await ended(this.#servers[index], "SIGKILL");
  }

  /** Whether one of several servers runs. */
  lives(index) {
    const server = this.#servers[index];
    return server.exitCode === null && server.signalCode === null;
  }

  /** Starts a server again, dead or alive, and waits until it gets requests. */
  async revive(index) {
    await ended(this.#servers[index], "SIGKILL");
    await this.#serve(index);
    while (!this.balancer.isIn(index)) await pause(20);
  }

  /** Runs a statement as the administrator and gives back its rows, columns divided by `|`. */
  async query(sql) {
    const { stdout } = await run(settings.psql(), ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", this.#address(), "-c", sql]);
    return stdout.split("\n").filter(Boolean);
  }

  /** Stops the server; the rest stays. */
  async pause() {
    await ended(this.#servers[0]);
  }

  /** Runs a command of the server's program. */
  async salus(...parameters) {
    const { stdout } = await run(settings.server(), parameters, { env: this.environment, maxBuffer: 1 << 26 });
    return stdout;
  }

  /** The last that the server and the mail catcher wrote. */
  log(lines = 80) {
    return this.#log.slice(-lines).join("\n");
  }

  /** Ends everything; its database stays if the whole cluster is going to be taken away. */
  async stop({ keepDatabase = false } = {}) {
    try {
      await this.balancer?.stop();
      for (const child of this.#children.reverse()) {
        await ended(child);
      }
      if (this.#database && !keepDatabase) {
        await statement(this.#cluster, `drop database if exists ${this.#database} with (force)`);
      }
    } finally {
      if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  async #createDatabase() {
    const name = `salus_e2e_${process.pid}_${Date.now().toString(36)}`;
    await statement(this.#cluster, `create database ${name}`);
    this.#database = name;
  }

  /** The address of its database, for a login other than the administrator's if named. */
  #address(login, password) {
    const url = new URL(this.#cluster);
    url.pathname = `/${this.#database}`;
    if (login) {
      url.username = login;
      url.password = password;
    }
    return url.toString();
  }

  #keep(child, name) {
    this.#children.push(child);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => this.#log.push(`${name}: ${line}`));
    }
  }
}

/** Ends a process: it is asked, unless a harder signal is named, and then made to. */
async function ended(child, signal = "SIGTERM") {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const insist = setTimeout(() => child.kill("SIGKILL"), 12_000);
  await gone;
  clearTimeout(insist);
}

async function statement(url, sql) {
  await run(settings.psql(), ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql]);
}

/** The server refuses settings it does not know, so none are passed on. */
function withoutSettings(environment) {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("SALUS_") && name !== "DATABASE_URL"),
  );
}

async function answers(url, child) {
  const until = Date.now() + LIMIT;
  for (;;) {
    if (child && child.exitCode !== null) throw new Error(`the server ended right away (${child.exitCode})`);
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not yet.
    }
    if (Date.now() > until) throw new Error(`${url} does not answer`);
    await pause(50);
  }
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, () => new Promise((resolve, reject) => {
      const server = createServer();
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => resolve(server));
    })),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
