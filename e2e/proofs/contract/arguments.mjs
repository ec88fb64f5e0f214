// What `cargo xtask prove contract -- …` takes.
import { parseArgs } from "node:util";

const PARTS = ["lint", "requests", "clients"];
const HELP = `What the proof of the contract takes:
  --seed N             what the random requests are made from (chosen and printed when absent)
  --examples N         random requests of each kind for each operation and caller (10)
  --only PART          one part alone: ${PARTS.join(", ")}; may be repeated
  --negative-control   break the document in several ways; every part must notice`;

/** Reads the arguments; says what there is, or what is wrong, and ends. */
export function read() {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: "string" },
        examples: { type: "string", default: "10" },
        only: { type: "string", multiple: true, default: PARTS },
        "negative-control": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const unknown = values.only.find((part) => !PARTS.includes(part));
    if (unknown) throw new Error(`there is no part "${unknown}"`);
    return {
      seed: number("seed", values.seed ?? String(Math.floor(Math.random() * 2 ** 31))),
      examples: number("examples", values.examples),
      parts: values.only,
      negative: values["negative-control"],
    };
  } catch (error) {
    console.error(`${error.message}\n${HELP}`);
    process.exit(2);
  }
}

function number(name, text) {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} takes a whole number, not "${text}"`);
  return Number(text);
}
