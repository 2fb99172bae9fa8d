import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { factsDocument } from "./document.js";

const text = await factsDocument((line) => process.stderr.write(`${line}\n`));
writeFileSync(join(dirname(fileURLToPath(import.meta.url)), "../../../docs/continuum-facts.md"), text);
