// A PostgreSQL cluster of its own for what must be able to stop, kill or copy
// one. It lives in a temporary folder and is durable like a real one.
import { execFile } from "node:child_process";
import { appendFileSync, chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

import * as settings from "./settings.mjs";

const run = promisify(execFile);
const USER = "postgres";

export class Cluster {
  #folder;
  #data;
  #held = [];

  /** Makes a cluster and starts it, with lines added to its configuration. */
  static async start(lines = []) {
    const cluster = new Cluster();
    try {
      await cluster.#make(lines);
    } catch (error) {
      await cluster.remove();
      throw error;
    }
    return cluster;
  }

  async #make(lines) {
    this.#folder = mkdtempSync(join(tmpdir(), "salus-cluster-"));
    this.#data = join(this.#folder, "data");
    this.port = await freePort();
    // The server refuses to run as root.
    if (process.getuid() === 0) {
      const id = async (flag) => Number((await run("id", [flag, USER])).stdout);
      chownSync(this.#folder, await id("-u"), await id("-g"));
    }
    await this.#program("initdb", "--pgdata", this.#data, "--username", USER, "--auth", "trust",
      "--data-checksums", "--encoding", "UTF8", "--locale", "C.UTF-8");
    appendFileSync(join(this.#data, "postgresql.conf"), [
      "", "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "max_connections = 200",
      "timezone = 'UTC'", "log_timezone = 'UTC'", `port = ${this.port}`, ...lines, "",
    ].join("\n"));
    await this.up();
  }

  /** The administrator's address. */
  get url() {
    return `postgres://${USER}@127.0.0.1:${this.port}/postgres`;
  }

  /** Starts it; after it was killed as soon as the last of its processes is gone. */
  async up() {
    for (let tries = 0; ; tries += 1) {
      try {
        await this.#program("pg_ctl", "start", "--pgdata", this.#data, "--log", join(this.#folder, "log"),
          "--silent", "--wait", "--timeout", "60");
        return;
      } catch (error) {
        if (tries >= 100) throw new Error(`${error.message}\n${this.log()}`, { cause: error });
        await pause(200);
      }
    }
  }

  /** Stops it in order; `immediate` spares what nobody needs any more. */
  async down(mode = "fast") {
    await this.#program("pg_ctl", "stop", "--pgdata", this.#data, "--silent", "--wait", "--mode", mode);
  }

  /** The number of its first process, whose children serve the connections. */
  get postmaster() {
    return Number(readFileSync(join(this.#data, "postmaster.pid"), "utf8").split("\n")[0]);
  }

  /** What it wrote. */
  log() {
    return readFileSync(join(this.#folder, "log"), "utf8");
  }

  /** The log as JSON, where the configuration says that there is one. */
  get jsonLog() {
    return join(this.#data, "log/all.json");
  }

  /** Runs a statement as the administrator and gives back its rows, columns divided by `|`. */
  async query(sql, database = "postgres") {
    const url = new URL(this.url);
    url.pathname = `/${database}`;
    const parameters = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url.toString(), "-c", sql];
    const { stdout } = await run(settings.psql(), parameters, { maxBuffer: 1 << 28 }).catch((error) => {
      throw new Error(error.stderr?.trim() || error.message);
    });
    return stdout.split("\n").filter(Boolean);
  }

  /** Its processes, the first of them at the head: number and title. */
  async processes() {
    const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid=,args="], { maxBuffer: 1 << 24 });
    const all = stdout.split("\n").filter(Boolean).map((line) => {
      const [, pid, parent, title] = line.match(/^\s*(\d+)\s+(\d+)\s+(.*)$/);
      return { pid: Number(pid), parent: Number(parent), title };
    });
    const first = this.postmaster;
    return all.filter((one) => one.pid === first).concat(all.filter((one) => one.parent === first));
  }

  /** Those of its processes that serve a connection of a login. */
  async backends(login) {
    return (await this.processes()).filter((one) => one.title.startsWith(`postgres: ${login} `));
  }

  /** Holds all of its processes, as a machine does that hangs. */
  async hold() {
    // Without the first one there come no new ones.
    signal(this.postmaster, "SIGSTOP");
    this.#held = (await this.processes()).map((one) => one.pid);
    this.#held.forEach((pid) => signal(pid, "SIGSTOP"));
  }

  /** Holds the one process of a name: `walwriter`, `checkpointer`. */
  async holdOne(name) {
    const one = (await this.processes()).find((process) => process.title.startsWith(`postgres: ${name}`));
    signal(one.pid, "SIGSTOP");
    this.#held.push(one.pid);
  }

  /** Lets what was held go on. */
  letGo() {
    this.#held.forEach((pid) => signal(pid, "SIGCONT"));
    this.#held = [];
  }

  /** Kills all of its processes at the same moment, so that none writes anything any more. */
  async killAll() {
    await this.hold();
    this.#held.forEach((pid) => signal(pid, "SIGKILL"));
    this.#held = [];
  }

  /** Stops it and takes everything away. */
  async remove() {
    this.letGo();
    if (this.#data) await this.down("immediate").catch(() => {});
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
  }

  #program(name, ...parameters) {
    const program = join(settings.postgresPrograms(), name);
    const [command, ...all] = process.getuid() === 0
      ? ["runuser", "-u", USER, "--", program, ...parameters]
      : [program, ...parameters];
    return run(command, all, { cwd: "/" });
  }
}

/** Sends a signal to a process, which may be gone by now. */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
