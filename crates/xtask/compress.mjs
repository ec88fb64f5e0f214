// Writes a .br and a .gz beside every compressible file of a folder, and prints
// how many bytes a browser fetches. With --measure-only it compresses nothing.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [folder, option] = process.argv.slice(2);
const compressible = new Set([".html", ".js", ".css", ".wasm", ".svg", ".json", ".webmanifest", ".txt"]);
const sizes = { total: 0, css: 0, js: 0, wasm: 0 };

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const kind = extname(entry.name);
  let content = readFileSync(path);
  if (option !== "--measure-only" && compressible.has(kind)) {
    const small = brotliCompressSync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    });
    writeFileSync(`${path}.br`, small);
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    content = small;
  }
  sizes.total += content.length;
  const field = kind.slice(1);
  if (field !== "total" && field in sizes) sizes[field] += content.length;
}
console.log(JSON.stringify(sizes));
