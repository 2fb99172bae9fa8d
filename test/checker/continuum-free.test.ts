import { describe, expect, test } from "vitest";
import { InputError } from "../../src/fault/input-error.js";
import type { AskedQuestion } from "../../src/question/question.js";
import { RandomSource } from "../generator/random-source.js";
import { changed, mutations } from "../kernel/mutations.js";
import { hasPython } from "./both.js";
import { type Answered, answered, type Case, compared, documentOf, kindOf } from "./continuum-both.js";
import { environments } from "./continuum-instances.js";
import { randomInstance } from "./random-intervals.js";

type Asked = readonly [instance: keyof typeof environments, question: AskedQuestion, cells?: number];

const SEED = 20261126;
const gains = { allocation: "free", objective: "max-gains" } as const;
const money = { allocation: "free", objective: "max-surplus" } as const;
const free = { allocation: "free" } as const;
const everywhere = { ir: "ex-post", budget: "ex-post" } as const;
const kept = { balance: "no-deficit" } as const;

const asked: Readonly<Record<string, readonly Asked[]>> = {
  "free-interim": [
    ["unequal partners", gains],
    ["an auction", { ...money, ir: "ex-ante" }],
    ["equal partners", { ...gains, ic: "dominant", budget: "ex-ante" }],
    ["trade", gains, 4],
    ["trade with atoms", { ...free, budget: "ex-ante" }, 3],
    ["a curved outside option", gains, 3],
    ["tangled projects", { ...money, ...kept }, 2],
    ["an auction", { ...money, budget: "none" }, 6],
    ["a public good", { ...gains, ir: "ex-ante" }, 3],
    ["a public good", { ...gains, budget: "none" }, 3],
  ],
  "free-ex-post": [
    ["trade", { ...gains, ...everywhere }, 3],
    ["unequal partners", { ...gains, ...everywhere, ...kept }, 3],
    ["two sizes of a sale", { ...money, ...everywhere, ...kept }, 2],
    ["equal partners", { ...free, ...everywhere }, 2],
    ["two sizes of a sale", { ...money, ...everywhere }, 2],
  ],
  "free-dominant": [
    ["trade", { ...gains, ...everywhere, ic: "dominant" }, 3],
    ["unequal partners", { ...gains, ...everywhere, ...kept, ic: "ex-post" }, 3],
    ["two sizes of a sale", { ...money, ...everywhere, ...kept, ic: "dominant" }, 2],
    ["equal partners", { ...free, ...everywhere, ic: "dominant" }, 2],
  ],
};
const kinds = Object.keys(asked);

const found: Promise<readonly Answered[]> = Promise.all(
  Object.values(asked)
    .flat()
    .map(([name, question, cells]) => answered(name, environments[name], question, cells)),
);
const ofKind = async (kind: string) => (await found).filter((of) => kindOf(of) === kind);
const asItIs = (of: Answered): Case => ({ of, text: of.text, how: "as it is" });

describe.skipIf(!hasPython)("a second checker of free allocations", () => {
  test.each(kinds)("verifies every answer of the kind %s", async (kind) => {
    const all = await ofKind(kind);
    expect(all.length).toBe(asked[kind].length);
    expect(compared(all.map(asItIs)).of("verified")).toBe(all.length);
  });

  test.each(kinds)("finds what the program finds of altered files of the kind %s", async (kind) => {
    const all = await ofKind(kind);
    const sample = Math.ceil(60 / all.length);
    const cases = all.flatMap((of, k) =>
      [...mutations(documentOf(of), SEED + k, sample, ["certificate"])].map(
        ({ document, how }): Case => ({ of, text: JSON.stringify(document), how }),
      ),
    );
    const tally = compared(cases);
    console.log(
      `second checker, altered answers of the kind ${kind}, seed ${SEED}: ${JSON.stringify(tally.counts)}`,
    );
    expect(tally.of("refuted")).toBeGreaterThan(100);
    expect(tally.of("verified")).toBeGreaterThan(0);
  });

  test("finds what the program finds of random environments, each proof held against the next as well", async () => {
    const random = new RandomSource(SEED);
    const all: Answered[] = [];
    for (let k = 0; k < 30; k++) {
      const atProfiles = random.onceIn(2);
      const instance = randomInstance(random, atProfiles ? 2 : random.integer(1, 3), atProfiles);
      const question = atProfiles
        ? { ...everywhere, ic: random.pick(["bayesian", "dominant"] as const) }
        : {
            ir: random.pick(["interim", "ex-ante"] as const),
            budget: random.pick(["ex-ante", "none"] as const),
          };
      const objective = random.pick(["max-gains", "max-surplus", "min-subsidy"] as const);
      const balance = random.pick(["exact", "no-deficit"] as const);
      try {
        const whole = { ...free, ...question, objective, balance };
        all.push(await answered(`random ${k}`, instance, whole, random.integer(1, 3)));
      } catch (fault) {
        if (!(fault instanceof InputError)) throw fault;
      }
    }
    const cases = all.flatMap((of, k): Case[] => {
      const next = all[(k + 1) % all.length];
      const document = changed(documentOf(of), ["instance", "digest"], () => next.subject.digest);
      return [asItIs(of), { of: next, text: JSON.stringify(document), how: `the proof of ${of.label}` }];
    });
    const tally = compared(cases);
    console.log(`second checker, random environments, seed ${SEED}: ${JSON.stringify(tally.counts)}`);
    expect(tally.of("verified")).toBeGreaterThan(15);
    expect(tally.of("refuted")).toBeGreaterThan(10);
  });
});
