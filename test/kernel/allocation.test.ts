import { expect, test } from "vitest";
import { bilateralTrade } from "../../models/index.js";
import { efficientOutcomes } from "../../src/environment/efficiency.js";
import { certain } from "../../src/environment/lottery.js";
import { AllocationCheck, lawful } from "../../src/kernel/allocation.js";
import { Rules } from "../../src/space/choices.js";
import { Space } from "../../src/space/space.js";

const values = [1, 2, 3, 4, 5, 6];
const { environment } = bilateralTrade({ buyer: { values }, seller: { values } });
const { count } = environment.profiles;

/** Whether a rule, told by profile, chooses what is efficient everywhere; and at how many profiles. */
function audited(outcome: (profile: number) => number, ties: "optimise" | "first") {
  const space = new Space(environment, false);
  const rules = new Rules(space, undefined);
  const lotteries = { length: count, at: (s: number) => certain(outcome(s)) };
  const choices = rules.choices({ kind: "table", lotteries });
  const check = new AllocationCheck(space, lawful(rules, { allocation: "efficient", ties }));
  space.rows((row) => {
    choices.fill(row);
    check.add(row, choices);
  });
  const { holds, binding } = check.allowedOutcomes;
  return { holds, binding };
}

test.each<[string, (profile: number) => number]>([
  ["always", () => 1],
  ["never", () => 0],
  ["at every other profile", (s) => s % 2],
  ["where it is efficient but at one profile", (s) => (s === 15 ? 1 : efficientOutcomes(environment, s)[0])],
  ["where it is efficient", (s) => efficientOutcomes(environment, s)[0]],
])("trading %s, each profile is found efficient or not by itself", (_, outcome) => {
  for (const ties of ["optimise", "first"] as const) {
    const isEfficient = Array.from({ length: count }, (_none, s) => {
      const best = efficientOutcomes(environment, s);
      return (ties === "first" ? best.slice(0, 1) : best).includes(outcome(s));
    });
    expect(audited(outcome, ties)).toEqual({
      holds: isEfficient.every((is) => is),
      binding: isEfficient.filter((is) => is).length,
    });
  }
});
