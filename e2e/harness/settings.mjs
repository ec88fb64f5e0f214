// What `cargo xtask test` hands over. Run by hand, the same names work.
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

function needed(name, what) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: ${what}`);
  return value;
}

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const server = () => needed("E2E_SERVER", "the path of the salus program");
export const database = () => needed("E2E_DATABASE", "an administrator's address of a PostgreSQL server");
export const appPassword = () => process.env.E2E_APP_PASSWORD ?? "";
export const psql = () => process.env.E2E_PSQL || "psql";
/** The folder of initdb, pg_ctl and the others. */
export const postgresPrograms = () => process.env.E2E_PG_PROGRAMS || dirname(psql());
export const apps = () => process.env.E2E_WEB || `${root}dist/web`;
/** The program that opens sessions without passwords. */
export const sessions = () => needed("E2E_SESSIONS", "the program that opens sessions for a load");
export const corpus = () => needed("E2E_CORPUS", "the program that runs the questionnaire engine's corpus");
export const corpusInBrowser = () => needed("E2E_CORPUS_WASM", "the script of the same program in WebAssembly");
/** A Python that has the packages of `requirements.txt`. */
export const python = () => needed("E2E_PYTHON", "a Python with the packages of e2e/requirements.txt");
export const out = `${root}e2e/out`;
/** The README's pictures. */
export const pictures = `${root}e2e/pictures`;
export const renewPictures = process.env.E2E_PICTURES === "1";

export function browser() {
  const named = process.env.E2E_BROWSER;
  if (named) return named;
  const found = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
  if (!found) throw new Error("no Chromium is installed; set E2E_BROWSER to a browser's path");
  return found;
}
