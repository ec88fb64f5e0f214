// Running other programs to their end: what they wrote, and how they ended.
import { spawn } from "node:child_process";

const running = new Set();
let asked = false;
// Whoever started programs takes away what belongs to them; so the first request to end ends those only.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    asked = true;
    running.forEach((child) => child.kill("SIGTERM"));
  });
}

/** Whether this program was asked to end. */
export const stopping = () => asked;

/**
 * Runs a program; gives back its exit code, what it answered (`out`) and everything it wrote (`text`).
 * It is ended after `limit` seconds.
 */
export function finish(command, parameters, { limit = 600, ...options } = {}) {
  return new Promise((resolve, reject) => {
    if (asked) throw new Error("stopped");
    const child = spawn(command, parameters, { stdio: ["ignore", "pipe", "pipe"], ...options });
    running.add(child);
    let out = "";
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (more) => {
      out += more;
      text += more;
    });
    child.stderr.setEncoding("utf8").on("data", (more) => (text += more));
    const insist = setTimeout(() => {
      text += `\nended after ${limit} s`;
      child.kill("SIGKILL");
    }, limit * 1000);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(insist);
      running.delete(child);
      if (asked) reject(new Error("stopped"));
      else resolve({ code, out, text });
    });
  });
}

/** As `finish`, for a program that has to succeed. */
export async function succeed(command, parameters, options) {
  const { code, text } = await finish(command, parameters, options);
  if (code !== 0) throw new Error(`${command} ${parameters.join(" ")} ended with ${code}:\n${text}`);
  return text;
}
