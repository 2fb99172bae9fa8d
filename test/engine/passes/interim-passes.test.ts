import { expect, test } from "vitest";
import { EfficientRows } from "../../../src/engine/passes/efficient-rows.js";
import { EfficientThresholds } from "../../../src/engine/passes/efficient-thresholds.js";
import { rowPass } from "../../../src/engine/passes/interim-row-pass.js";
import { thresholdPass } from "../../../src/engine/passes/interim-threshold-pass.js";
import { choices } from "../../../src/question/question.js";
import { randomEnvironment } from "../../generator/random-environment.js";

const COUNT = 200;
const tieRules = choices.ties.filter((ties) => ties !== "optimise");

/** Environments with two outcomes where values depend on the own type and costs on the outcome. */
function* twoOutcomes() {
  for (let seed = 1; seed <= COUNT; seed++) {
    const environment = randomEnvironment(seed, {
      agents: [1, 3],
      types: [1, 6],
      outcomes: [2, 2],
      values: "private",
      prior: "independent",
    });
    if (!environment.costs.dependsOnProfile) yield { environment, seed };
  }
}

test("a threshold finds for every type the outcomes that a look at every profile finds", () => {
  let applied = 0;
  let tied = 0;
  for (const { environment, seed } of twoOutcomes()) {
    for (const ties of tieRules) {
      const shares = ties === "uniform" ? 2 : 1;
      const expected = rowPass(environment, EfficientRows.of(environment)!, ties, shares);
      const found = thresholdPass(environment, EfficientThresholds.of(environment)!, ties, shares);
      const label = `seed ${seed}, ties ${ties}`;
      expect(found.sums, label).toEqual(expected.sums);
      expect(
        [...found.tied].sort((a, b) => a - b),
        label,
      ).toEqual(expected.tied);
      applied++;
      tied += expected.tied.length;
    }
  }
  console.log(`thresholds, seeds 1 to ${COUNT}: ${applied} passes, ${tied} ties`);
  expect(applied).toBeGreaterThan(0);
  expect(tied).toBeGreaterThan(0);
});
