import { expect, test } from "vitest";
import { fixedEndowment } from "../../models/fixed-endowment.js";
import { efficientOutcomes, welfare } from "../../src/environment/efficiency.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { efficientAt, profileAt, totalProbability } from "./expectations.js";

test("two agents divide in proportion to their types, worth the sum of types less their product over their sum", () => {
  for (const grid of [{ points: 5 }, { values: ["1/3", 1, 7] }]) {
    const { environment } = fixedEndowment({ agents: 2, grid });
    expect(totalProbability(environment)).toBe("1");
    for (let s = 0; s < environment.profiles.count; s++) {
      const [a, b] = environment.profiles
        .typesOf(s)
        .map((type, i) => toRational(environment.agents[i].types[type]));
      const [only, ...more] = efficientOutcomes(environment, s);
      expect(more).toEqual([]);
      const sum = a.add(b);
      expect(environment.outcomes[only].split(", ").map(toRational)).toEqual([a.divide(sum), b.divide(sum)]);
      expect(welfare(environment, only, s)).toEqual(sum.subtract(a.multiply(b).divide(sum)));
    }
  }
});

test("with three agents nobody would pay more for a share than those who hold some (Kuhn and Tucker)", () => {
  const { environment } = fixedEndowment({ agents: 3, grid: { values: [0, 1, 2, 10] } });
  let corners = 0;
  for (let s = 1; s < environment.profiles.count; s++) {
    const types = environment.profiles
      .typesOf(s)
      .map((type, i) => toRational(environment.agents[i].types[type]));
    const chosen = efficientOutcomes(environment, s)[0];
    const shares = environment.outcomes[chosen].split(", ").map(toRational);
    expect(Rational.sum(shares).toString()).toBe("1");
    const marginal = types.map((type, i) => type.multiply(Rational.ONE.subtract(shares[i])));
    const price = marginal.reduce((p, q) => Rational.maximum(p, q));
    shares.forEach((share, i) => {
      if (share.isZero) corners++;
      else expect(marginal[i]).toEqual(price);
    });
  }
  expect(corners).toBeGreaterThan(0);
});

test("a type 1 gets nothing beside two of type 10", () => {
  const { environment } = fixedEndowment({ agents: 3, grid: { values: [1, 10] } });
  expect(efficientAt(environment, "1", "10", "10")).toEqual(["0, 0.5, 0.5"]);
});

test("staying out is worth the utility of the endowment, or nothing where nobody owns anything", () => {
  const types = { agents: 2, grid: { values: [1, 3] } };
  const owned = fixedEndowment({ ...types, endowments: ["1/4", "3/4"] }).environment;
  const profile = profileAt(owned, "1", "3");
  // 2/4 - 1/16 and 3 (6/4 - 9/16)
  expect([0, 1].map((i) => owned.outsideOption(i, profile).toString())).toEqual(["7/16", "45/16"]);
  expect(fixedEndowment(types).environment.outsideOption(1, profile).isZero).toBe(true);
});

test("types of 0 make every division efficient", () => {
  const { environment } = fixedEndowment({ agents: 2, grid: { values: [0, 1] } });
  expect(efficientAt(environment, "0", "0")).toEqual(["0, 1", "0.5, 0.5", "1, 0"]);
  expect(efficientAt(environment, "0", "1")).toEqual(["0, 1"]);
});

test("rounded shares are chosen where the exact ones were, and never add up to more than the unit", () => {
  const exact = fixedEndowment({ agents: 2, grid: { points: 9 } }).environment;
  const rounded = fixedEndowment({ agents: 2, grid: { points: 9 }, decimals: 6 }).environment;
  for (let s = 0; s < exact.profiles.count; s++) {
    expect(efficientOutcomes(rounded, s)).toEqual(efficientOutcomes(exact, s));
  }
  for (const label of rounded.outcomes) {
    expect(Rational.sum(label.split(", ").map(toRational)).compare(Rational.ONE)).toBeLessThanOrEqual(0);
  }
});

test.each([
  [{ endowments: [1] }, "endowments"],
  [{ endowments: [2, -1] }, "endowments[1]"],
  [{ endowments: ["1/2", "1/3"] }, "endowments"],
  [{ grid: { points: 2, from: -1 } }, "grid"],
])("%j is refused at %s", (parameters, path) => {
  expect(() => fixedEndowment({ agents: 2, grid: { points: 2 }, ...parameters } as never)).toThrow(
    expect.objectContaining({ name: "InputError", path }),
  );
});
