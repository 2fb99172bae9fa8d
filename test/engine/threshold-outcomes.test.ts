import { expect, test } from "vitest";
import { thresholdOutcomes } from "../../src/engine/threshold-outcomes.js";
import { efficientOutcomes } from "../../src/environment/efficiency.js";
import { choices } from "../../src/question/question.js";
import { Rules } from "../../src/space/choices.js";
import { expectedOutcomes } from "../../src/space/expected-outcomes.js";
import { Space } from "../../src/space/space.js";
import { randomEnvironment } from "../generator/random-environment.js";

const COUNT = 200;
const tieRules = choices.ties.filter((ties) => ties !== "optimise");

test(`thresholds tell types what they may expect as a look at every profile does (seeds 1 to ${COUNT})`, () => {
  const tally = { applied: 0, withTies: 0, impossible: 0, alone: 0 };
  for (let seed = 1; seed <= COUNT; seed++) {
    const environment = randomEnvironment(seed, {
      agents: [1, 3],
      types: [1, 6],
      outcomes: [2, 2],
      values: "private",
      prior: "independent",
    });
    const space = new Space(environment, false);
    for (const ties of tieRules) {
      const found = thresholdOutcomes(space, ties);
      if (!found) {
        expect(environment.costs.dependsOnProfile, `seed ${seed}`).toBe(true);
        continue;
      }
      const looked = expectedOutcomes(
        space,
        new Rules(space, undefined).choices({ kind: "efficient", ties }),
      );
      looked.forEach(({ chances, costs }, agent) => {
        const label = `seed ${seed}, ties ${ties}, agent ${agent}`;
        expect(found[agent].chances.toRationals().map(String), label).toEqual(
          chances.toRationals().map(String),
        );
        expect(found[agent].costs.toRationals().map(String), label).toEqual(costs.toRationals().map(String));
      });
      tally.applied++;
      const profiles = Array.from({ length: environment.profiles.count }, (_, s) => s);
      if (profiles.some((s) => efficientOutcomes(environment, s).length > 1)) tally.withTies++;
      if (space.groups.some(({ weight }) => weight.includes(0))) tally.impossible++;
      if (environment.agentCount === 1) tally.alone++;
    }
  }
  console.log(`thresholds, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
});
