import { expect, test } from "vitest";
import { efficientOutcomes, fitsMachineIntegers, gains, welfare } from "../../src/environment/efficiency.js";
import { lotteryLabel } from "../../src/environment/lottery.js";
import { expectedEfficientGains } from "../../src/space/expected-efficient-gains.js";
import { lotteries } from "../../src/space/lotteries.js";
import { film, filmWith, vector } from "./hand-made.js";

test("the film is worth its cost when both tastes together reach it, and ties are kept", () => {
  // Values 1 + 2, 1 + 3, 4 + 2, 4 + 3 against a cost of 4.
  const environment = filmWith();
  expect([0, 1, 2, 3].map((s) => efficientOutcomes(environment, s))).toEqual([[0], [0, 1], [1], [1]]);
  expect([0, 1, 2, 3].map((s) => String(welfare(environment, 1, s)))).toEqual(["-1", "0", "2", "3"]);
});

test("gains are what remains beyond everybody's outside option", () => {
  const environment = filmWith();
  expect([0, 1, 2, 3].map((s) => String(gains(environment, 1, s)))).toEqual(["-3/2", "-1/2", "3/2", "5/2"]);
  // 3/4 (1/3 * 2 + 2/3 * 3) - 1/2
  expect(String(expectedEfficientGains(environment))).toBe("3/2");
});

test("welfare is compared exactly where it exceeds 2^53", () => {
  const [ann, bob] = film.agents;
  const large = `${2n ** 60n}`;
  const values = {
    shape: "type-outcome",
    entries: vector(large, `${2n ** 60n + 1n}`, large, large),
  } as const;
  const environment = filmWith({
    agents: [{ ...ann, values }, bob],
    cost: { shape: "outcome", entries: vector(0, 2) },
  });
  expect(fitsMachineIntegers(environment)).toBe(false);
  expect(fitsMachineIntegers(filmWith())).toBe(true);
  // 2^60 + 1 + 2 - 2 against 2^60; with ann high, 2^60 + 2 - 2 ties.
  expect([0, 2].map((s) => efficientOutcomes(environment, s))).toEqual([[1], [0, 1]]);
});

test("among equally efficient outcomes a rule takes the first, the last, or all alike", () => {
  const environment = filmWith();
  const chosen = (ties: "first" | "last" | "uniform") =>
    lotteryLabel(
      lotteries(environment, { kind: "efficient", ties }, undefined, false)(1),
      environment.outcomes,
    );
  expect([chosen("first"), chosen("last"), chosen("uniform")]).toEqual(["stay", "go", "1/2 stay + 1/2 go"]);
});
