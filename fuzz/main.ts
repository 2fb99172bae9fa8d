import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as fc from "fast-check";
import type { InstanceData } from "../src/index.js";
import { type Answered, compareEverything, type Tally, tell } from "./differential.js";
import { randomInstance } from "./random-instance.js";
import { checkBySecond } from "./second-checker.js";

/** `npm run fuzz -- --count 500 --seed 1`: random problems, everything that answers them, one answer. */
const { values } = parseArgs({
  options: { count: { type: "string", default: "500" }, seed: { type: "string", default: "1" } },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
if (!(Number.isInteger(count) && count > 0 && Number.isInteger(seed))) {
  process.stderr.write("fuzz: --count and --seed take whole numbers, the count above 0\n");
  process.exit(2);
}

/** Answers that go to the second checker at once. */
const BATCH = 500;
const checker = fileURLToPath(new URL("../../checker/mechlp_check.py", import.meta.url));
const tally: Tally = new Map();
let answers: Answered[] = [];
const check = () => {
  tally.set(
    "verified by the second checker",
    (tally.get("verified by the second checker") ?? 0) + checkBySecond(answers, checker),
  );
  answers = [];
};

let failed = false;
const property = fc.asyncProperty(randomInstance, async (data) => {
  const found = await compareEverything(data, failed ? new Map() : tally, (answer) =>
    answers.push(answer),
  ).catch((fault) => {
    failed = true;
    throw fault;
  });
  fc.pre(found);
  if (failed) return;
  tell(tally, "problems");
  if (answers.length >= BATCH) check();
  const done = tally.get("problems")!;
  if (done % 100 === 0) process.stderr.write(`${done} problems\n`);
});
const started = process.cpuUsage();
const result = await fc.check(property, { numRuns: count, seed, maxSkipsPerRun: 1000, endOnFailure: false });
if (result.failed && result.counterexample) {
  const [data] = result.counterexample as [InstanceData];
  const file = `fuzz-failure-${seed}.json`;
  writeFileSync(file, `${JSON.stringify(data, null, 1)}\n`);
  process.stdout.write(
    `FAILED after ${result.numRuns} problems, shrunk ${result.numShrinks} times: ${file}\n`,
  );
  process.stdout.write(
    `${result.errorInstance instanceof Error ? result.errorInstance.message : result.errorInstance}\n`,
  );
  process.exitCode = 1;
} else check();
const { user, system } = process.cpuUsage(started);
process.stdout.write(`seed ${seed}, ${((user + system) / 1e6).toFixed(0)} s of CPU\n`);
for (const [what, times] of [...tally].sort(([a], [b]) => a.localeCompare(b)))
  process.stdout.write(`${`${times}`.padStart(8)}  ${what}\n`);
