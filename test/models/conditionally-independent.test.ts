import { expect, test } from "vitest";
import { conditionallyIndependent } from "../../models/conditionally-independent.js";
import type { Environment } from "../../src/environment/environment.js";
import { Rational } from "../../src/number/rational.js";
import { efficientAt, totalProbability } from "./expectations.js";

const grid = { values: [0, 1, 2], weights: [1, 2, 3] };

/** The probability of the types that are given; undefined stands for any. */
function probability(environment: Environment, ...given: (number | undefined)[]): Rational {
  const { profiles, prior } = environment;
  const total = Array.from({ length: profiles.count }, (_, s) =>
    given.every((type, i) => type === undefined || profiles.typeOf(s, i) === type)
      ? prior.probability(s)
      : Rational.ZERO,
  );
  return Rational.sum(total);
}

const types = [0, 1, 2];
const firstTwo = types.flatMap((a) => types.map((b) => [a, b] as const));

test.each([
  { imitation: "1/3" },
  {
    first: [
      [1, 0, 1],
      [1, 2, 3],
      [1, 0, 0],
    ],
    second: [
      [1, 1, 1],
      [0, 1, 0],
      [0, 0, 5],
    ],
  },
])("given the third, the first two are independent, though by themselves they are not: %j", (parameters) => {
  const { environment } = conditionallyIndependent({ grid, ...parameters });
  expect(totalProbability(environment)).toBe("1");
  for (const c of types) {
    const third = probability(environment, undefined, undefined, c);
    for (const [a, b] of firstTwo) {
      expect(probability(environment, a, b, c).multiply(third)).toEqual(
        probability(environment, a, undefined, c).multiply(probability(environment, undefined, b, c)),
      );
    }
  }
  const dependent = firstTwo.filter(
    ([a, b]) =>
      !probability(environment, a, b).equals(
        probability(environment, a).multiply(probability(environment, undefined, b)),
      ),
  );
  expect(dependent.length).toBeGreaterThan(0);
});

test("imitation leaves everybody's marginal as the grid's, and without it all types are independent", () => {
  for (const imitation of [0, "1/2"]) {
    const { environment } = conditionallyIndependent({ grid, imitation });
    for (const marginal of environment.prior.marginals) {
      expect(marginal.toRationals().map(String)).toEqual(["1/6", "1/3", "1/2"]);
    }
    // Given a third of type 0 each of the others is 0 with probability 1/2 + 1/12: 1/6 (7/12)^2.
    expect(probability(environment, 0, 0, 0).toString()).toBe(imitation === 0 ? "1/216" : "49/864");
  }
});

test("the good is provided when values exceed the cost", () => {
  const { environment } = conditionallyIndependent({ grid, cost: 3 });
  expect(efficientAt(environment, "2", "2", "0")).toEqual(["provided"]);
  expect(efficientAt(environment, "1", "1", "1")).toEqual(["not provided", "provided"]);
  expect(efficientAt(environment, "2", "0", "0")).toEqual(["not provided"]);
});

test.each([
  [{ imitation: 2 }, "imitation"],
  [{ first: [[1, 1, 1]] }, "first"],
  [
    {
      second: [
        [1, 1, 1],
        [1, 1],
        [1, 1, 1],
      ],
    },
    "second[1]",
  ],
  [
    {
      second: [
        [1, 1, 1],
        [1, -1, 1],
        [1, 1, 1],
      ],
    },
    "second[1][1]",
  ],
  [
    {
      first: [
        [1, 0, 1],
        [1, 0, 1],
        [1, 0, 1],
      ],
    },
    "first",
  ],
  [{ grid: { values: [0, 1], weights: [0, 1] } }, "grid"],
])("%j is refused at %s", (parameters, path) => {
  expect(() => conditionallyIndependent({ grid, ...parameters } as never)).toThrow(
    expect.objectContaining({ name: "InputError", path }),
  );
});
