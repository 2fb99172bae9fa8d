import { expect, test } from "vitest";
import { exchangeable } from "../../../src/formulation/exchangeable.js";
import { RuleDesigns } from "../../../src/formulation/rule-design.js";
import { type MixtureGoal, RuleMaster } from "../../../src/formulation/virtual/rule-master.js";
import { bestMixture } from "../../../src/formulation/virtual/rule-mixture.js";
import { judge } from "../../../src/kernel/judgement.js";
import type { Problem } from "../../../src/question/problem.js";
import { posed } from "../../../src/question/problem.js";
import { highsSolver } from "../../../src/solver/highs.js";
import { solverByName } from "../../../src/solver/registry.js";
import { Space } from "../../../src/space/space.js";
import { randomPublicGood } from "../../generator/random-public-good.js";
import { randomSymmetricEnvironment } from "../../generator/random-symmetric-environment.js";
import { resolved } from "../resolved.js";

const SEEDS = 80;

/** The best mixture, started from an efficient rule and from what the search for surplus found. */
async function mixtures(problem: Problem, solver = highsSolver) {
  const designs = new RuleDesigns(problem, Space.of(problem.environment, true));
  const efficient = designs.expected({ kind: "efficient", ties: "first" });
  const { flow, surplus: least } = designs.design(efficient);
  if (!flow || !least) return undefined;
  let rules = [efficient];
  const search = async (goal: MixtureGoal) => {
    const master = new RuleMaster(designs, goal, solver, {});
    for (const rule of rules) master.add(master.rowOf(rule));
    const { mixture } = await bestMixture(designs, "all", master, {});
    rules = master.rules;
    return designs.design(designs.mixture(rules.map((of, k) => ({ of, weight: mixture!.weights[k] }))));
  };
  const surplus = await search("surplus");
  const gains = surplus.best && (await search("gains"));
  return {
    surplus,
    falls: least.sign < 0,
    gains: gains && judge(problem, designs.mechanism(gains), undefined).lower,
  };
}

test("the solver's mixtures alone lead where rules and prices of money lead", async () => {
  const tally = { surplus: 0, gains: 0, traded: 0, none: 0 };
  for (let seed = 1; seed <= SEEDS; seed++) {
    const environment = seed % 2 === 0 ? randomPublicGood(seed) : randomSymmetricEnvironment(seed);
    const question = { allocation: "free", balance: "no-deficit" } as const;
    const gaining = posed(environment, { ...question, objective: "max-gains" });
    const found = await mixtures(gaining);
    if (!found) continue;
    const bySearch = async (problem: Problem) => {
      return resolved(exchangeable, problem);
    };
    const earning = await bySearch(posed(environment, { ...question, objective: "max-surplus" }));
    if (earning.infeasible) {
      expect(found.surplus.surplus!.sign, `seed ${seed}`).toBe(-1);
      tally.none++;
      continue;
    }
    expect(`${found.surplus.surplus}`, `seed ${seed}`).toBe(`${earning.optimum}`);
    tally.surplus++;
    expect(`${found.gains}`, `seed ${seed}`).toBe(`${(await bySearch(gaining)).optimum}`);
    tally.gains++;
    if (found.falls) tally.traded++;
  }
  console.log(`mixtures by the solver alone, seeds 1 to ${SEEDS}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
});

test("a solver that gives values but no basis proposes prices as well", async () => {
  const tally = { compared: 0 };
  for (let seed = 1; seed <= 12; seed++) {
    const environment = randomPublicGood(seed);
    const problem = posed(environment, { allocation: "free", balance: "no-deficit", objective: "max-gains" });
    const [one, other] = [await mixtures(problem), await mixtures(problem, solverByName("jslp"))];
    expect(`${other?.surplus.surplus}`, `seed ${seed}`).toBe(`${one?.surplus.surplus}`);
    expect(`${other?.gains}`, `seed ${seed}`).toBe(`${one?.gains}`);
    if (one) tally.compared++;
  }
  expect(tally.compared).toBeGreaterThan(0);
});
