import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { type Answered, compareEverything, type Tally } from "../../fuzz/differential.js";
import { randomInstance } from "../../fuzz/random-instance.js";
import { checkBySecond } from "../../fuzz/second-checker.js";
import { hasPython } from "../checker/both.js";

const COUNT = 500;
const SEED = 17;

it(`every formulation with every solver gives the one exact answer, which both checkers verify (${COUNT} random problems, seed ${SEED})`, async () => {
  const tally: Tally = new Map();
  const answers: Answered[] = [];
  const property = fc.asyncProperty(randomInstance, async (data) => {
    fc.pre(await compareEverything(data, tally, (answer) => answers.push(answer)));
  });
  await fc.assert(property, { numRuns: COUNT, seed: SEED });
  console.log(`differential: ${JSON.stringify(Object.fromEntries(tally))}`);
  for (const formulation of [
    "direct",
    "lazy",
    "interim",
    "exchangeable",
    "virtual",
    "flow",
    "states",
    "paths",
  ])
    expect(tally.get(`settled by ${formulation}`), formulation).toBeGreaterThan(0);
  for (const kind of ["possible", "impossible", "infeasible", "unbounded", "optimum exactly 0"])
    expect(tally.get(kind), kind).toBeGreaterThan(0);
  if (hasPython) {
    const checker = fileURLToPath(new URL("../../checker/mechlp_check.py", import.meta.url));
    expect(checkBySecond(answers, checker)).toBe(answers.length);
  }
}, 1_200_000);
