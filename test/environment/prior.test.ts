import { describe, expect, test } from "vitest";
import { IndependentPrior, JointPrior } from "../../src/environment/prior.js";
import { ProfileSpace } from "../../src/environment/profile-space.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { vector } from "./hand-made.js";

const space = new ProfileSpace([2, 2]);
const profiles = [0, 1, 2, 3];

describe("independent types", () => {
  const prior = new IndependentPrior(space, [vector("1/4", "3/4"), vector(0, 1)]);

  test("make a profile as probable as the product of their probabilities", () => {
    expect(profiles.map((s) => String(prior.probability(s)))).toEqual(["0", "1/4", "0", "3/4"]);
  });

  test("tell nothing about each other, and even a type of probability zero has beliefs", () => {
    expect(profiles.map((s) => String(prior.belief(0, s)))).toEqual(["0", "1", "0", "1"]);
    expect(profiles.map((s) => String(prior.belief(1, s)))).toEqual(["1/4", "1/4", "3/4", "3/4"]);
  });

  test("stay exact where products of numerators exceed 2^53", () => {
    const large = 2n ** 31n - 1n;
    const skewed = RationalVector.from([Rational.of(1n, large), Rational.of(large - 1n, large)]);
    const three = new IndependentPrior(new ProfileSpace([2, 2, 2]), [skewed, skewed, skewed]);
    expect(String(three.probability(7))).toBe(`${(large - 1n) ** 3n}/${large ** 3n}`);
    expect(String(three.belief(1, 7))).toBe(`${(large - 1n) ** 2n}/${large ** 2n}`);
  });

  test("must be distributions, one for each agent's types", () => {
    const make =
      (...second: (string | number)[]) =>
      () =>
        new IndependentPrior(space, [vector("1/2", "1/2"), vector(...second)]);
    expect(make("1/2", "0.499")).toThrow(
      "agents[1].prior: probabilities that sum to 999/1000; expected a sum of exactly 1 (or give `weights`, which are normalised exactly)",
    );
    expect(make("3/2", "-1/2")).toThrow(
      "agents[1].prior[1]: the negative probability -1/2; expected a number >= 0",
    );
    expect(make(1)).toThrow("agents[1].prior: a list of 1; expected a list of 2, one for each type");
  });
});

describe("correlated types", () => {
  const prior = new JointPrior(space, vector("2/5", "1/10", "1/10", "2/5"));

  test("have the probabilities of the table, and marginals that add them up", () => {
    expect(profiles.map((s) => String(prior.probability(s)))).toEqual(["2/5", "1/10", "1/10", "2/5"]);
    expect(prior.marginals.map((marginal) => marginal.toRationals().map(String))).toEqual([
      ["1/2", "1/2"],
      ["1/2", "1/2"],
    ]);
  });

  test("tell about each other: beliefs are Bayes' rule", () => {
    expect(profiles.map((s) => String(prior.belief(0, s)))).toEqual(["4/5", "1/5", "1/5", "4/5"]);
    expect(profiles.map((s) => String(prior.belief(1, s)))).toEqual(["4/5", "1/5", "1/5", "4/5"]);
  });

  test("must each occur with positive probability, for a type that never occurs has no beliefs", () => {
    expect(() => new JointPrior(space, vector("1/2", 0, "1/2", 0))).toThrow(
      "agents[1].types[1]: this type has probability zero under the joint prior, so it has no beliefs; " +
        "expected a positive probability for every type, or the type left out",
    );
  });

  test("must be a distribution over all profiles", () => {
    expect(() => new JointPrior(space, vector("1/2", "1/2"))).toThrow(
      "prior: a list of 2; expected a list of 4, one for each profile",
    );
    expect(() => new JointPrior(space, vector("1/2", "1/2", "1/2", "-1/2"))).toThrow(
      "prior[3]: the negative probability -1/2",
    );
  });
});
