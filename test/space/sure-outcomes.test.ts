import { expect, test } from "vitest";
import { partnership, singleGoodAuction } from "../../models/index.js";
import type { Environment } from "../../src/environment/environment.js";
import type { Integer } from "../../src/number/integer.js";
import { Rules } from "../../src/space/choices.js";
import { Space } from "../../src/space/space.js";
import { SureOutcomes } from "../../src/space/sure-outcomes.js";

const grid = { values: [1, 2, 4, 7], weights: [1, 2, 3, 4] };

/** How often each type of the last agent gets each outcome, by adding up profile by profile. */
function byProfile(environment: Environment): Map<string, bigint> {
  const space = new Space(environment, false);
  const choices = new Rules(space, undefined).choices({ kind: "efficient", ties: "first" });
  const last = environment.agentCount - 1;
  const sums = new Map<string, bigint>();
  space.rows((row) => {
    choices.fill(row);
    for (let b = row.from; b < row.to; b++) {
      const key = `${b} ${choices.sure[b]}`;
      sums.set(key, (sums.get(key) ?? 0n) + BigInt(space.othersWeight(last, row.first + b)));
    }
  });
  return sums;
}

test.each([
  ["partners", partnership({ agents: 3, grid }).environment],
  ["bidders", singleGoodAuction({ agents: 3, grid }).environment],
])("%s: how often a type meets an outcome is the same however it is counted", (_, environment) => {
  const space = new Space(environment, false);
  const choices = new Rules(space, undefined).choices({ kind: "efficient", ties: "first" });
  const chosen = new SureOutcomes(space);
  space.rows((row) => {
    choices.fill(row);
    chosen.add(row, choices);
  });
  const sums = new Map<string, bigint>();
  chosen.each((b: number, x: number, weight: Integer) => sums.set(`${b} ${x}`, BigInt(weight)));
  expect(sums).toEqual(byProfile(environment));
  expect(sums.size).toBeGreaterThan(4);
});
