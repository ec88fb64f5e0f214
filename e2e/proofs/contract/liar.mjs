// A server before the server that changes its answers: what the document promises is then not kept.
import { createServer } from "node:http";

/** Headers of one connection, not of what it carries. */
const HOPS = ["host", "connection", "content-length", "content-encoding", "transfer-encoding", "keep-alive"];

/** Starts one; `change` gets an answer's status and parsed body and gives back another status and body. */
export async function start(origin, change) {
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !HOPS.includes(name)),
    );
    const body = ["GET", "HEAD", "TRACE"].includes(request.method) ? undefined : Buffer.concat(chunks);
    try {
      const answer = await fetch(new URL(request.url, origin), { method: request.method, headers, body });
      const text = await answer.text();
      const changed = change(answer.status, text ? JSON.parse(text) : undefined);
      const kept = [...answer.headers].filter(([name]) => !HOPS.includes(name));
      response.writeHead(changed.status, Object.fromEntries(kept));
      response.end(changed.body === undefined ? "" : JSON.stringify(changed.body));
    } catch {
      // What fetch does not send is not what a control is about.
      response.writeHead(405, { "content-type": "application/problem+json", allow: "GET" });
      response.end(JSON.stringify({ type: "/problems/method-not-allowed", title: "No", status: 405, instance: "" }));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
