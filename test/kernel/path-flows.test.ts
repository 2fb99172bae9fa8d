import { expect, test } from "vitest";
import { type Multipliers, OTHER_OUTCOME } from "../../src/certificate/multipliers.js";
import { boundOf } from "../../src/kernel/bound.js";
import { Refuted } from "../../src/kernel/refuted.js";
import type { Rational } from "../../src/number/rational.js";
import { posed } from "../../src/question/problem.js";
import { choices } from "../../src/question/question.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";
import { ProvesNothing, plainBound } from "./plain-bound.js";
import { askedOtherwise, everyAnswer } from "./random-answers.js";
import { Tally } from "./tally.js";

const COUNT = Number(process.env["COUNT"] ?? 300);
const SHAPE = {
  agents: [2, 3],
  types: [1, 4],
  outcomes: [2, 2],
  values: "private",
  prior: "independent",
} as const;

const told = (of: () => Rational) => {
  try {
    return `${of()}`;
  } catch (fault) {
    if (fault instanceof Refuted || fault instanceof ProvesNothing) return "nothing";
    throw fault;
  }
};

/** The multipliers with other reports kept, or other ties. */
function changed(multipliers: Multipliers, random: RandomSource): Multipliers {
  return {
    ...multipliers,
    prices: multipliers.prices.map((block) => {
      if (block.kind !== "paths") return block;
      const paths = block.paths.map((own) => {
        if (own.kind !== "menu") return own;
        const keepers = own.keepers.slice();
        const types = keepers.length / 2 - 1;
        for (let k = random.integer(0, 2); k > 0; k--)
          keepers[random.integer(0, keepers.length - 1)] = random.pick([
            OTHER_OUTCOME,
            random.integer(0, types - 1),
          ]);
        return { ...own, keepers, ties: random.pick(["first", "last", own.ties] as const) };
      });
      return { ...block, paths };
    }),
  };
}

test(`prices along menus prove what the flows one by one prove (seeds 0 to ${COUNT - 1})`, async () => {
  const tally = new Tally();
  for (let seed = 0; seed < COUNT; seed++) {
    const random = new RandomSource(seed);
    const environment = randomEnvironment(seed, SHAPE);
    const problem = posed(environment, {
      ic: random.pick(["ex-post", "dominant"] as const),
      ir: "ex-post",
      balance: random.pick(choices.balance),
      ties: random.pick(choices.ties),
    });
    for await (const { multipliers } of everyAnswer(problem)) {
      if (!multipliers?.prices.some((block) => block.kind === "paths" && block.paths[0].kind === "menu"))
        continue;
      const { question } = problem;
      const others = [
        problem,
        posed(environment, { ...question, ties: random.pick(choices.ties) }),
        posed(environment, { ...question, allocation: "given" }, randomRule(environment, seed)),
        posed(environment, { ...question, parameters: { icSlack: "1/8" } }),
        askedOtherwise(problem, seed),
      ];
      for (const asked of others) {
        for (const prices of [multipliers, changed(multipliers, random)]) {
          const plain = told(() => plainBound(asked, prices));
          const label = `seed ${seed}, ${JSON.stringify(asked.question)}`;
          const found = told(() => boundOf(asked, prices));
          // A menu whose entries do not fit is refused even where nothing flows along them.
          if (found === "nothing" && plain !== "nothing") tally.tell("refused for its form");
          else expect(found, label).toBe(plain);
          tally.tell(found === "nothing" ? "proves nothing" : "proves");
        }
      }
    }
  }
  console.log(`menus, seeds 0 to ${COUNT - 1}: ${JSON.stringify(tally.counts)}`);
  for (const kind of ["proves", "proves nothing"]) expect(tally.of(kind), kind).toBeGreaterThan(0);
});
