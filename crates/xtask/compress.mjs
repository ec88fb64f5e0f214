// Writes a .br and a .gz beside every compressible file it is given, or finds in
// the folders it is given, and prints how many bytes a browser fetches. With
// --measure-only it compresses nothing.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const given = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const measureOnly = process.argv.includes("--measure-only");
const compressible = new Set([".html", ".js", ".css", ".wasm", ".svg", ".json", ".webmanifest", ".txt"]);
const sizes = { total: 0, css: 0, js: 0, wasm: 0 };

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}

for (const path of given.flatMap(filesOf)) {
  const kind = extname(path);
  let content = readFileSync(path);
  if (!measureOnly && compressible.has(kind)) {
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
