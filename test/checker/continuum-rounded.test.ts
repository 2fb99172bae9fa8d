import { describe, expect, test } from "vitest";
import type { AskedQuestion } from "../../src/question/question.js";
import { RandomSource } from "../generator/random-source.js";
import { mutations } from "../kernel/mutations.js";
import { hasPython } from "./both.js";
import { type Answered, answered, type Case, compared, documentOf, kindOf } from "./continuum-both.js";

const SEED = 20261126;
const atProfiles = { ir: "ex-post" } as const;
const kept = { balance: "no-deficit" } as const;
const linear = { density: [{ from: 0, to: 1, coefficients: [0, 2] }] };
const halfAtom = {
  density: [{ from: 0, to: 1, coefficients: ["1/2"] }],
  atoms: [{ at: "1/2", probability: "1/2" }],
};
const grid = (from: string, to: string, distribution: object | string = "uniform") => ({
  points: 2,
  from,
  to,
  distribution,
});
const residents = (parameters: object) => ({ model: "two-residents", parameters });

const pair = residents({ agents: 2, grid: grid("1/2", "1") });
const unlike = residents({ grids: [grid("1/2", "2", linear), grid("0", "1", halfAtom)], c: "1/3" });
const three = residents({ agents: 3, grid: grid("1/2", "1") });

const asked: readonly (readonly [string, object, AskedQuestion, number])[] = [
  ["a pair", pair, atProfiles, 2],
  ["a pair", pair, { ...atProfiles, ...kept }, 2],
  ["a pair", pair, { objective: "max-surplus", ...kept }, 2],
  ["a pair", pair, { ic: "dominant" }, 2],
  ["an unlike pair", unlike, { objective: "max-surplus", budget: "none" }, 2],
  ["an unlike pair", unlike, { ic: "none" }, 2],
  ["an unlike pair", unlike, { ...atProfiles, budget: "ex-ante", objective: "min-worst-subsidy" }, 2],
  ["three", three, { objective: "max-surplus", ir: "ex-ante", ...kept }, 2],
];
const found = Promise.all(asked.map((one) => answered(...one)));
const asItIs = (of: Answered): Case => ({ of, text: of.text, how: "as it is" });

describe.skipIf(!hasPython)("a second checker of outside options between two polynomials", () => {
  test("verifies the answers", async () => {
    const all = await found;
    expect(new Set(all.map(kindOf))).toEqual(new Set(["rounded"]));
    expect(compared(all.map(asItIs)).of("verified")).toBe(asked.length);
  });

  test("finds what the program finds of altered files", async () => {
    const cases = (await found).flatMap((of, k) =>
      [...mutations(documentOf(of), SEED + k, 10, ["certificate"])].map(
        ({ document, how }): Case => ({ of, text: JSON.stringify(document), how }),
      ),
    );
    const tally = compared(cases);
    console.log(
      `second checker, altered answers of the kind rounded, seed ${SEED}: ${JSON.stringify(tally.counts)}`,
    );
    expect(tally.of("refuted")).toBeGreaterThan(60);
    expect(tally.of("verified")).toBeGreaterThan(0);
  });

  test("finds what the program finds of random residents", async () => {
    const random = new RandomSource(SEED);
    const all: Answered[] = [];
    for (let k = 0; k < 12; k++) {
      const own = () => {
        const from = random.integer(0, 3);
        const distribution = random.pick(["uniform", linear, halfAtom, { power: 3 }]);
        return grid(`${from}/4`, `${from + random.integer(1, 4)}/4`, distribution);
      };
      const grids = Array.from({ length: random.integer(1, 3) }, own);
      const autarky = random.onceIn(4) ? "none" : "own-good";
      const c = random.pick(["1/4", "1", "5/2"]);
      const question = {
        ic: random.pick(["bayesian", "dominant"] as const),
        ir: random.pick(["interim", "ex-ante"] as const),
        objective: random.pick(["min-subsidy", "feasibility"] as const),
        balance: random.pick(["exact", "no-deficit"] as const),
      };
      all.push(await answered(`residents ${k}`, residents({ grids, autarky, c }), question, 2));
    }
    expect(compared(all.map(asItIs)).of("verified")).toBe(all.length);
  });
});
