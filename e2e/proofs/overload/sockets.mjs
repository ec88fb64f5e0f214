// Peers that do not speak as programs do: too slow, too much, or not at all.
import { connect } from "node:net";

/**
 * Opens a connection, sends `first` and then one of `drops` after the other, `every` so many milliseconds; the last
 * again and again. Gives back the statuses of the answers, and after how many seconds the last answer came and the
 * connection was closed by the server; it is given up after `limit` seconds.
 */
export function peer(port, { first = "", drops = [], every = 200, limit = 30 }) {
  return new Promise((resolve) => {
    const from = performance.now();
    const seconds = () => (performance.now() - from) / 1000;
    const socket = connect(port, "127.0.0.1");
    const said = { statuses: [], answered: undefined, closed: undefined };
    let text = "";
    let drop = 0;
    let timer;
    const begin = () => {
      if (first) socket.write(first);
      if (drops.length === 0) return;
      timer = setInterval(() => {
        if (socket.writable) socket.write(drops[Math.min(drop, drops.length - 1)]);
        drop += 1;
      }, every);
    };
    const end = () => {
      clearInterval(timer);
      clearTimeout(late);
      socket.destroy();
      resolve(said);
    };
    const late = setTimeout(end, limit * 1000);
    socket.on("connect", begin);
    socket.on("data", (part) => {
      text += part.toString("latin1");
      said.statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
      said.answered = seconds();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      said.closed = seconds();
      end();
    });
  });
}

/** The head of a request. */
export function head(method, path, headers = {}) {
  const lines = Object.entries({ host: "localhost", ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}
