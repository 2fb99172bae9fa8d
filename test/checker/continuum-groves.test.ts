import { describe, expect, test } from "vitest";
import { InputError } from "../../src/fault/input-error.js";
import type { AskedQuestion } from "../../src/question/question.js";
import { RandomSource } from "../generator/random-source.js";
import { mutations } from "../kernel/mutations.js";
import { hasPython } from "./both.js";
import { type Answered, answered, type Case, compared, documentOf } from "./continuum-both.js";
import { environments } from "./continuum-instances.js";
import { randomInstance } from "./random-intervals.js";

type Asked = readonly [instance: keyof typeof environments, question: AskedQuestion, cells?: number];

const SEED = 20261126;
const groves = { ic: "dominant" } as const;
const atProfiles = { ...groves, ir: "ex-post" } as const;
const noDeficit = { balance: "no-deficit" } as const;

const asked: readonly Asked[] = [
  ["a sale with kinks", atProfiles],
  ["a sale with kinks", { ic: "ex-post", ir: "interim", ...noDeficit }],
  ["a sale with kinks", { ...atProfiles, budget: "ex-ante", objective: "max-surplus" }],
  ["trade with atoms", atProfiles],
  // What Groves leaves over at some profiles is needed at others.
  ["two bidders", atProfiles],
  ["two bidders", { ...atProfiles, ...noDeficit }],
  ["two bidders", groves],
  ["unequal partners", { ...atProfiles, ...noDeficit }],
  ["an auction", { ...groves, ...noDeficit }],
  ["three partners", { ...groves, ir: "ex-ante" }],
  ["tangled projects", groves, 3],
  ["a public good", { ...groves, ir: "none" }],
];
const found = Promise.all(
  asked.map(([name, question, cells]) => answered(name, environments[name], question, cells)),
);
const asItIs = (of: Answered): Case => ({ of, text: of.text, how: "as it is" });

describe.skipIf(!hasPython)(
  "a second checker of Groves mechanisms whose requirements hold at every profile",
  () => {
    test("verifies the answers", async () => {
      expect(compared((await found).map(asItIs)).of("verified")).toBe(asked.length);
    });

    test("finds what the program finds of altered files", async () => {
      const cases = (await found).flatMap((of, k) =>
        [...mutations(documentOf(of), SEED + k, 10, ["certificate"])].map(
          ({ document, how }): Case => ({ of, text: JSON.stringify(document), how }),
        ),
      );
      const tally = compared(cases);
      console.log(
        `second checker, altered answers about Groves, seed ${SEED}: ${JSON.stringify(tally.counts)}`,
      );
      expect(tally.of("refuted")).toBeGreaterThan(50);
      expect(tally.of("verified")).toBeGreaterThan(0);
    });

    test("finds what the program finds of random environments", async () => {
      const random = new RandomSource(SEED);
      const all: Answered[] = [];
      for (let k = 0; k < 40; k++) {
        const instance = randomInstance(random, random.pick([2, 2, 3]));
        const question = {
          ic: random.pick(["ex-post", "dominant"] as const),
          ir: random.pick(["ex-post", "interim", "ex-ante", "none"] as const),
          balance: random.pick(["exact", "no-deficit"] as const),
        };
        try {
          all.push(await answered(`random ${k}`, instance, question, 2));
        } catch (fault) {
          if (!(fault instanceof InputError)) throw fault;
        }
      }
      const tally = compared(all.map(asItIs));
      console.log(`second checker, random Groves mechanisms, seed ${SEED}: ${JSON.stringify(tally.counts)}`);
      expect(tally.of("verified")).toBe(all.length);
      expect(all.length).toBeGreaterThan(20);
    });
  },
);
