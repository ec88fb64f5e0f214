// A small proxy that stands for the load balancer in front of several servers: in turn, streams
// passed on as they come, a dead server taken out until it answers again. A request goes to another
// server only if it was never sent: its connection was refused. Whatever else breaks reaches the
// browser as from a real one: 502 or 503 while nothing was answered, after that a lost connection.
import { createServer, request as ask } from "node:http";

/** How often a server that was taken out is looked at. */
const LOOK_MS = 100;
/** What belongs to one connection and is not passed on. */
const OF_THE_CONNECTION = new Set(["connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade"]);

export class Balancer {
  #servers;
  #signal;
  #turn = 0;
  #traps = [];
  #open = new Set();
  #http;
  #looking;

  /** Whether a dead server is taken out. Off, it stands for a balancer that does not work. */
  takesOut = true;
  /** The requests that were not answered as a server would: method, path and what came instead. */
  broken = [];

  /** Starts at a port, before servers at ports of this machine; `signal` sends one of them a signal. */
  static async start(port, ports, signal) {
    const balancer = new Balancer();
    balancer.#servers = ports.map((its, index) => ({ index, port: its, isOut: false, served: 0 }));
    balancer.#signal = signal;
    balancer.#http = createServer((request, response) => balancer.#pass(request, response));
    // Browsers keep connections open; a stream may be silent for long.
    balancer.#http.requestTimeout = 0;
    await new Promise((resolve, reject) => {
      balancer.#http.once("error", reject);
      balancer.#http.listen(port, "127.0.0.1", resolve);
    });
    balancer.#looking = setInterval(() => balancer.#look(), LOOK_MS);
    return balancer;
  }

  async stop() {
    clearInterval(this.#looking);
    const closed = new Promise((resolve) => this.#http.close(resolve));
    this.#http.closeAllConnections();
    await closed;
  }

  /** How many requests each server was given. */
  get served() {
    return this.#servers.map((server) => server.served);
  }

  /** Whether a server gets requests. */
  isIn(index) {
    return !this.#servers[index].isOut;
  }

  /** The servers that are answering a request of a path now, such as a stream. */
  answering(path) {
    return [...this.#open].filter((open) => open.path === path).map((open) => open.server.index);
  }

  /**
   * Has a server die of the next request that matches: before it reads it, or, `answered`, after it
   * answered and before the answer is passed on. Gives back which one died.
   */
  dieOf(method, path, { answered }) {
    return new Promise((resolve) => {
      this.#traps.push({ method, path, answered, sprung: resolve });
    });
  }

  #trap(request) {
    const path = request.url.split("?")[0];
    const found = this.#traps.findIndex((trap) => trap.method === request.method && trap.path.test(path));
    return found < 0 ? undefined : this.#traps.splice(found, 1)[0];
  }

  #next(tried) {
    const count = this.#servers.length;
    const inOrder = this.#servers.map((_, step) => this.#servers[(this.#turn + step) % count]);
    const server = inOrder.find((one) => !tried.includes(one) && !(this.takesOut && one.isOut));
    if (server) this.#turn = (server.index + 1) % count;
    return server;
  }

  #pass(request, response) {
    const trap = this.#trap(request);
    const tried = [];
    const fail = (status) => {
      this.broken.push(`${request.method} ${request.url} ${status}`);
      response.writeHead(status, { "content-type": "text/html" });
      response.end(`<html><body><h1>${status}</h1></body></html>\n`);
    };
    const send = () => {
      const server = this.#next(tried);
      if (!server) return fail(503);
      tried.push(server);
      const upstream = ask({
        host: "127.0.0.1",
        port: server.port,
        method: request.method,
        path: request.url,
        headers: forwarded(request),
        // One connection for each request: a refused one says for certain that nothing was sent.
        agent: false,
      });
      const open = { path: request.url.split("?")[0], server };
      const isOver = () => this.#open.delete(open);
      upstream.on("socket", (socket) => {
        socket.once("connect", () => {
          server.served += 1;
          this.#open.add(open);
          if (trap && !trap.answered) this.#signal(server.index, "SIGSTOP");
          request.pipe(upstream);
        });
      });
      if (trap && !trap.answered) {
        upstream.once("finish", () => {
          this.#signal(server.index, "SIGKILL");
          trap.sprung(server.index);
        });
      }
      upstream.on("error", (error) => {
        isOver();
        // The browser is gone, or was answered already.
        if (response.destroyed || response.headersSent) return;
        if (error.code !== "ECONNREFUSED" || !this.takesOut) return fail(502);
        server.isOut = true;
        send();
      });
      upstream.once("response", (answer) => {
        if (trap?.answered) {
          this.#signal(server.index, "SIGKILL");
          answer.destroy();
          isOver();
          fail(502);
          return trap.sprung(server.index);
        }
        response.writeHead(answer.statusCode, passedOn(answer.rawHeaders));
        response.flushHeaders();
        answer.pipe(response);
        answer.once("close", () => {
          isOver();
          if (answer.complete) return;
          if (!response.destroyed) this.broken.push(`${request.method} ${request.url} cut`);
          response.destroy();
        });
      });
      response.once("close", () => upstream.destroy());
    };
    send();
  }

  #look() {
    for (const server of this.#servers.filter((one) => one.isOut)) {
      const health = ask({ host: "127.0.0.1", port: server.port, path: "/readyz", agent: false }, (answer) => {
        answer.resume();
        if (answer.statusCode === 200) server.isOut = false;
      });
      // Still dead.
      health.once("error", () => {});
      health.end();
    }
  }
}

/** What the server is told: what the browser says, and from where. */
function forwarded(request) {
  const headers = { ...request.headers };
  for (const name of OF_THE_CONNECTION) delete headers[name];
  const from = [request.headers["x-forwarded-for"], request.socket.remoteAddress].filter(Boolean).join(", ");
  // The length of a body that comes in pieces is not known.
  const inPieces = request.headers["transfer-encoding"] ? { "transfer-encoding": "chunked" } : {};
  return { ...headers, ...inPieces, "x-forwarded-for": from };
}

function passedOn(raw) {
  const kept = [];
  for (let at = 0; at < raw.length; at += 2) {
    if (!OF_THE_CONNECTION.has(raw[at].toLowerCase())) kept.push(raw[at], raw[at + 1]);
  }
  return kept;
}
