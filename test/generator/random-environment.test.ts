import { expect, test } from "vitest";
import { efficientOutcomes } from "../../src/environment/efficiency.js";
import { randomEnvironment } from "./random-environment.js";

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed);

test("the same seed draws the same environment", () => {
  for (const seed of SEEDS.slice(0, 20)) {
    expect(randomEnvironment(seed).specification).toEqual(randomEnvironment(seed).specification);
  }
});

test("every kind of environment is drawn: private and not, independent and not, with costs, outside options and ties", () => {
  const environments = SEEDS.map((seed) => randomEnvironment(seed));
  const count = (of: (environment: (typeof environments)[number]) => boolean) =>
    environments.filter(of).length;
  const drawn = {
    private: count((e) => e.hasPrivateValues),
    interdependent: count((e) => !e.hasPrivateValues),
    independent: count((e) => e.prior.kind === "independent"),
    joint: count((e) => e.prior.kind === "joint"),
    costs: count((e) => e.specification.cost !== undefined),
    outside: count((e) => e.specification.agents[0].outsideOption !== undefined),
    three: count((e) => e.agentCount === 3),
    impossibleTypes: count(
      (e) =>
        e.prior.kind === "independent" &&
        e.prior.marginals.some((m) => m.toRationals().some((p) => p.isZero)),
    ),
    tied: count((e) =>
      Array.from({ length: e.profiles.count }, (_, s) => s).some((s) => efficientOutcomes(e, s).length > 1),
    ),
  };
  console.log(drawn);
  for (const [kind, times] of Object.entries(drawn)) expect(times, kind).toBeGreaterThan(30);
});

test("options are obeyed", () => {
  for (const seed of SEEDS) {
    const environment = randomEnvironment(seed, {
      agents: [3, 3],
      types: [2, 2],
      outcomes: [4, 4],
      values: "private",
      prior: "conditionally independent",
      costs: false,
      outsideOptions: false,
    });
    expect(environment.profiles.sizes).toEqual([2, 2, 2]);
    expect(environment.outcomes.length).toBe(4);
    expect(environment.hasPrivateValues).toBe(true);
    expect(environment.specification.cost).toBeUndefined();
    // p(a, b | c) = p(a | c) p(b | c): in 2 x 2 tables, the two diagonals have the same product.
    const p = (a: number, b: number, c: number) =>
      environment.prior.probability(environment.profiles.profileOf([a, b, c]));
    for (const c of [0, 1]) {
      expect(
        p(0, 0, c)
          .multiply(p(1, 1, c))
          .equals(p(0, 1, c).multiply(p(1, 0, c))),
      ).toBe(true);
    }
  }
});
