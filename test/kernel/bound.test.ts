import { expect, test } from "vitest";
import type { Price, Prices } from "../../src/certificate/multipliers.js";
import { boundOf } from "../../src/kernel/bound.js";
import { Refuted } from "../../src/kernel/refuted.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { posed } from "../../src/question/problem.js";
import { filmWith } from "../environment/hand-made.js";
import { ProvesNothing, plainBound } from "./plain-bound.js";
import { askedOtherwise, everyAnswer, randomProblem } from "./random-answers.js";
import { Tally } from "./tally.js";

const COUNT = Number(process.env["COUNT"] ?? 150);

const told = (of: () => unknown) => {
  try {
    return `${of()}`;
  } catch (fault) {
    if (fault instanceof Refuted || fault instanceof ProvesNothing) return "nothing";
    throw fault;
  }
};

test(`prices prove what they prove by definition, of the question and of others (seeds 0 to ${COUNT - 1})`, async () => {
  const tally = new Tally();
  for (let seed = 0; seed < COUNT; seed++) {
    const problem = randomProblem(seed);
    for await (const { multipliers, formulation } of everyAnswer(problem)) {
      if (!multipliers) continue;
      for (let other = 0; other < 4; other++) {
        const asked = other === 0 ? problem : askedOtherwise(problem, seed + 1000 * other);
        const label = `seed ${seed}, ${formulation}, ${JSON.stringify(asked.question)}`;
        const plain = told(() => plainBound(asked, multipliers));
        const found = told(() => boundOf(asked, multipliers));
        if (found !== "nothing" || plain === "nothing") expect(found, label).toBe(plain);
        // What does not say whose it is, or is finer than what is asked, is refused for that alone.
        else tally.tell("refused for its form");
        tally.tell(found === "nothing" ? "proves nothing" : "proves");
      }
      tally.tell(multipliers.purpose);
      tally.tell(multipliers.alike ? "alike" : "one by one");
      for (const block of multipliers.prices) {
        tally.tell(block.kind === "paths" ? `paths: ${block.paths[0].kind}` : block.kind);
      }
    }
  }
  console.log(`bounds, seeds 0 to ${COUNT - 1}: ${JSON.stringify(tally.counts)}`);
  const kinds = ["list", "profiles", "ranges", "paths: profiles", "paths: menu"];
  for (const kind of [...kinds, "alike", "bound", "infeasibility", "proves", "proves nothing"]) {
    expect(tally.of(kind), kind).toBeGreaterThan(0);
  }
});

test("prices on no agent, type or profile that there is prove nothing", () => {
  const problem = posed(filmWith(), {});
  const price: Price = { agent: 0, type: 0, report: 1, weight: Rational.ONE };
  const listed = (change: Partial<Price>): Prices => ({
    kind: "list",
    on: "incentive",
    entries: [{ ...price, ...change }],
  });
  const places = (["agent", "type", "report", "profile", "reported"] as const).flatMap((part) =>
    [-2, -1, 0.5, 99, Number.NaN].map((place) => listed({ [part]: place })),
  );
  const money = { on: "budget", weight: Rational.ONE } as const;
  const blocks: Prices[] = [
    ...places,
    { kind: "ranges", ...money, ranges: [[0, 5]] },
    { kind: "ranges", ...money, ranges: [[-1, 2]] },
    { kind: "ranges", ...money, ranges: [[3, 1]] },
    { kind: "profiles", on: "budget", weights: RationalVector.zeros(5) },
    { kind: "profiles", on: "participation", agent: 2, weights: RationalVector.zeros(4) },
  ];
  for (const block of blocks) {
    const prove = () => boundOf(problem, { purpose: "bound", alike: false, prices: [block] });
    expect(prove).toThrow(Refuted);
  }
});
