import { expect, test } from "vitest";
import { designFor } from "../../src/design.js";
import { Environment } from "../../src/environment/environment.js";
import { cycleOf, treeFlow } from "../../src/formulation/incentive-paths.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { posed } from "../../src/question/problem.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";

/** The environment with all money times a factor. */
function scaled(environment: Environment, factor: Rational): Environment {
  const times = <Table extends { entries: RationalVector }>(table: Table): Table => ({
    ...table,
    entries: RationalVector.from(table.entries.toRationals().map((entry) => entry.multiply(factor))),
  });
  const { specification } = environment;
  return new Environment({
    ...specification,
    agents: specification.agents.map((agent) => ({
      ...agent,
      values: times(agent.values),
      outsideOption: agent.outsideOption && times(agent.outsideOption),
    })),
    cost: specification.cost && times(specification.cost),
  });
}

test("money in units too long for doubles changes no verdict and scales every optimum, by integers of any size", async () => {
  const SEED = 61_000;
  // A prime beyond 2^53 over another.
  const factor = Rational.of(9_007_199_254_740_997n, 1_000_000_007n);
  let optima = 0;
  let positive = 0;
  let infeasible = 0;
  for (let seed = SEED; seed < SEED + 150; seed++) {
    const environment = randomEnvironment(seed, { prior: "independent", agents: [2, 3], types: [2, 4] });
    const allocation = seed % 2 === 0 ? "given" : "efficient";
    const objective = seed % 3 === 0 ? "max-surplus" : "min-subsidy";
    const question = { allocation, objective, balance: "no-deficit", ties: "uniform" } as const;
    const rule = randomRule(environment, seed);
    const plain = await designFor(posed(environment, question, rule), { formulation: "paths" });
    const long = await designFor(posed(scaled(environment, factor), question, rule), {
      formulation: "paths",
    });
    expect(long.verdict, `seed ${seed}`).toBe(plain.verdict);
    expect(long.infeasible, `seed ${seed}`).toBe(plain.infeasible);
    expect(`${long.optimum}`, `seed ${seed}`).toBe(`${plain.optimum?.multiply(factor)}`);
    if (plain.optimum) optima++;
    if (plain.optimum && plain.optimum.sign !== 0) positive++;
    if (plain.infeasible) infeasible++;
  }
  console.log(
    `long fractions, seeds ${SEED} to ${SEED + 149}: ${optima} optima, ${positive} not zero, ${infeasible} infeasible`,
  );
  expect(positive).toBeGreaterThan(0);
  expect(infeasible).toBeGreaterThan(0);
}, 240_000);

test("a cycle among parents is found wherever it starts, and a tree has none", () => {
  expect(cycleOf(Int32Array.of(-1, 0, 1, 1))).toBeUndefined();
  expect(cycleOf(Int32Array.of(-1, 2, 3, 1, 0))).toEqual([1, 2, 3]);
  expect(cycleOf(Int32Array.of(3, 0, 0, 4, 3))).toEqual([3, 4]);
});

test("probability flows down the tree: a parent carries its own and all of its descendants'", () => {
  const parents = Int32Array.of(-1, 0, 1, 1);
  expect(treeFlow(parents, Float64Array.of(1, 2, 3, 4))).toEqual(Float64Array.of(10, 9, 3, 4));
  const large = 2n ** 60n;
  expect(treeFlow(parents, [1n, 2n, large, 4n])).toEqual([large + 7n, large + 6n, large, 4n]);
});
