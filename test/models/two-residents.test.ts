import { expect, test } from "vitest";
import { twoResidents } from "../../models/two-residents.js";
import { efficientOutcomes, welfare } from "../../src/environment/efficiency.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { profileAt, totalProbability } from "./expectations.js";

test("types 1/2 and 1 build sizes 1/2, 3/5 and 2/3 together, and twice the lowest type's autarky is 1/3", () => {
  const { environment } = twoResidents({ agents: 2, grid: { values: ["1/2", 1] } });
  expect(environment.outcomes).toEqual(["size 0.5", "size 0.6", "size 2/3"]);
  const lowest = profileAt(environment, "0.5", "0.5");
  expect(environment.outsideOption(0, lowest).toString()).toBe("1/6");
  expect(totalProbability(environment)).toBe("1");
});

test("at every profile the one efficient size is T/(c + T), worth T^2/(c + T)", () => {
  for (const [points, c, residents] of [
    [5, "1", 2],
    [6, "1/3", 2],
    [3, "2", 3],
  ] as const) {
    for (const placement of ["midpoint", "endpoint"] as const) {
      const { environment } = twoResidents({
        agents: residents,
        grid: { points, placement, from: "1/2" },
        c,
      });
      for (let s = 0; s < environment.profiles.count; s++) {
        const total = environment.profiles
          .typesOf(s)
          .reduce((sum, type, i) => sum.add(toRational(environment.agents[i].types[type])), Rational.ZERO);
        const whole = toRational(c).add(total);
        const efficient = efficientOutcomes(environment, s);
        expect(efficient).toHaveLength(1);
        expect(toRational(environment.outcomes[efficient[0]].slice("size ".length))).toEqual(
          total.divide(whole),
        );
        expect(welfare(environment, efficient[0], s)).toEqual(total.multiply(total).divide(whole));
      }
    }
  }
});

test("rounded sizes are chosen where the exact ones were", () => {
  const grid = { points: 12, from: "1/2" };
  const exact = twoResidents({ agents: 2, grid }).environment;
  const rounded = twoResidents({ agents: 2, grid, decimals: 6 }).environment;
  expect(rounded.outcomes).toHaveLength(exact.outcomes.length);
  for (let s = 0; s < exact.profiles.count; s++) {
    expect(efficientOutcomes(rounded, s)).toEqual(efficientOutcomes(exact, s));
  }
  expect(rounded.outcomes.every((label) => label.length <= "size 0.123456".length)).toBe(true);
});

test("without autarky the outside option is 0", () => {
  const { environment } = twoResidents({ agents: 2, grid: { points: 2 }, autarky: "none" });
  expect(environment.outsideOption(0, 3).isZero).toBe(true);
});

test.each([
  [{ agents: 2, grid: { points: 2 }, c: 0 }, "c"],
  [{ agents: 2, grid: { values: [-1, 0] } }, "grid"],
  [{ agents: 2, grid: { points: 2 }, decimals: 1 }, "decimals"],
])("%j is refused at %s", (parameters, path) => {
  expect(() => twoResidents(parameters as never)).toThrow(
    expect.objectContaining({ name: "InputError", path }),
  );
});
