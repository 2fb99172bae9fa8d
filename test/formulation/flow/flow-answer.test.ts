import { expect, test } from "vitest";
import { flowMechanism } from "../../../src/formulation/flow/flow-answer.js";
import { solveFlow } from "../../../src/formulation/flow/flow-solve.js";
import { GreatestFlow } from "../../../src/formulation/flow/greatest-flow.js";
import { networkOfRule } from "../../../src/formulation/flow/network-of-rule.js";
import type { StructuredMechanism } from "../../../src/mechanism/structured-mechanism.js";
import { posed } from "../../../src/question/problem.js";
import { choices } from "../../../src/question/question.js";
import { highsSolver } from "../../../src/solver/highs.js";
import { Space } from "../../../src/space/space.js";
import { RandomSource } from "../../generator/random-source.js";
import { randomSymmetricEnvironment } from "../../generator/random-symmetric-environment.js";

const COUNT = 80;

/** Payments and outside money, by place in the mechanism's tables. */
function tables({ payments, money }: StructuredMechanism): string[][] {
  return [...payments, money].map((own) =>
    own.kind === "table" ? own.amounts.toRationals().map(String) : [own.kind],
  );
}

test(`a flow's payments are the same in doubles and in integers of any size, of profiles and of orbits (seeds 1 to ${COUNT})`, async () => {
  const tally = { profiles: 0, orbits: 0, lacking: 0 };
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x3c6ef372);
    const environment = randomSymmetricEnvironment(seed, [2, 4]);
    if (environment.prior.marginals[0].toRationals().some(({ isZero }) => isZero)) continue;
    const question = {
      ir: "ex-post" as const,
      balance: random.pick(choices.balance),
      objective: random.pick(["min-subsidy", "min-worst-subsidy"] as const),
    };
    const problem = posed(environment, question);
    const rule = { kind: "efficient", ties: random.pick(["first", "uniform"] as const) } as const;
    for (const alike of [false, true]) {
      const space = Space.of(environment, alike);
      const network = networkOfRule(problem, space, rule);
      if (!network) continue;
      const found = await solveFlow(problem, network, highsSolver, {});
      if (!(found.flow instanceof GreatestFlow)) continue;
      const { flow, task, scale } = found;
      const plain = {
        givenTo: (slot: number) => flow.givenTo(slot),
        lacking: flow.lacking,
        isDemandLeft: flow.isDemandLeft,
      };
      const [short, long] = [flow, plain].map((own) =>
        tables(flowMechanism(problem, space, rule, network, task, own, scale!)),
      );
      expect(long, `seed ${seed}, ${alike ? "orbits" : "profiles"}`).toEqual(short);
      tally[alike ? "orbits" : "profiles"]++;
      if (flow.isDemandLeft) tally.lacking++;
    }
  }
  console.log(`payments of flows, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
});
