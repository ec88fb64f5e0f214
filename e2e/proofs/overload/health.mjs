// The health check, on a thread of its own: what the harness itself is busy with does not count.
import { parentPort, workerData } from "node:worker_threads";

import { Watch } from "./watch.mjs";

const watch = new Watch(workerData.origin, "/healthz", 100);
parentPort.once("message", async () => {
  await watch.stop();
  parentPort.postMessage({ worst: watch.worst, statuses: [...watch.statuses] });
});
