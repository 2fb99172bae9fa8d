import { expect, test } from "vitest";
import { buildGrid, gridSchema } from "../../models/grid.js";
import { privateGoodProduction } from "../../models/private-good-production.js";
import { rationalPower } from "../../models/rational-power.js";
import { efficientOutcomes } from "../../src/environment/efficiency.js";
import { Rational } from "../../src/number/rational.js";
import { decimalOrFraction, toRational } from "../../src/number/rational-text.js";
import { expectedEfficientGains } from "../../src/space/expected-efficient-gains.js";
import { efficientAt, profileAt, totalProbability } from "./expectations.js";

test("the highest type gets the good, which is worth S(theta) = theta^gamma/gamma to an owner who produces it", () => {
  const { environment } = privateGoodProduction({ agents: 3, grid: { values: [0, 1, 2] }, gamma: 3 });
  expect(efficientAt(environment, "1", "2", "0")).toEqual(["to agent 2"]);
  expect(environment.value(1, 1, profileAt(environment, "1", "2", "0")).toString()).toBe("8/3");
  expect(totalProbability(environment)).toBe("1");
});

test("with quadratic cost and types 0 and 1, two agents expect 3/8: S(1) = 1/2 unless both are 0", () => {
  for (const production of ["by-owner", "by-designer"] as const) {
    const { environment } = privateGoodProduction({ agents: 2, grid: { values: [0, 1] }, production });
    expect(expectedEfficientGains(environment).toString()).toBe("3/8");
  }
});

test("who produces does not matter to the surplus: by the owner or by the designer, symmetric or not", () => {
  for (const gamma of [1, 2, 3]) {
    for (const powers of [
      [1, 1],
      [1, 2],
      [3, 2],
    ]) {
      const grids = powers.map((power) => ({ points: 4, distribution: { power } }));
      const [owner, designer] = (["by-owner", "by-designer"] as const).map((production) =>
        expectedEfficientGains(privateGoodProduction({ grids, gamma, production }).environment),
      );
      expect(designer).toEqual(owner);
    }
  }
});

test("produced by the designer, the efficient outcome is the highest type's best quantity, and at ties each owner", () => {
  for (const gamma of ["2", "3", "3/2", "2.7"]) {
    const grid = { points: 9, placement: "endpoint" as const };
    const { values } = buildGrid(gridSchema.parse(grid));
    const exponent = toRational(gamma).subtract(Rational.ONE);
    const { environment } = privateGoodProduction({ agents: 2, grid, gamma, production: "by-designer" });
    for (let s = 0; s < environment.profiles.count; s++) {
      const types = environment.profiles.typesOf(s);
      const top = Math.max(...types);
      const quantity = decimalOrFraction(rationalPower(values[top], exponent));
      const expected =
        top === 0
          ? ["nothing"]
          : types.flatMap((type, i) => (type === top ? [`${quantity} to agent ${i + 1}`] : []));
      const found = efficientOutcomes(environment, s).map((x) => environment.outcomes[x]);
      expect(new Set(found)).toEqual(new Set(expected));
    }
  }
});

test("gamma = 2 costs half of what it is worth: x = theta costs theta^2/2", () => {
  const { environment } = privateGoodProduction({
    agents: 1,
    grid: { values: [1, 3] },
    production: "by-designer",
  });
  expect(environment.outcomes).toEqual(["1 to agent 1", "3 to agent 1"]);
  expect([0, 1].map((x) => environment.cost(x, 0).toString())).toEqual(["1/2", "9/2"]);
  expect([0, 1].map((x) => environment.value(0, x, 0).toString())).toEqual(["1", "3"]);
});

test("power distributions of different strength have a continuum", () => {
  const grids = [1, 2].map((power) => ({ points: 3, distribution: { power } }));
  expect(privateGoodProduction({ grids }).continuum?.agents.map((agent) => agent.distribution(0.5))).toEqual([
    0.5, 0.25,
  ]);
});

test.each([
  [{ agents: 2, grid: { points: 2 }, gamma: "1/2" }, "gamma"],
  [{ agents: 2, grid: { values: [-1, 1] } }, "grid"],
  [{ grids: [{ points: 2 }, { points: 2, from: -1 }] }, "grids[1]"],
  [{ agents: 2, grid: { points: 2 }, production: "nobody" }, "production"],
])("%j is refused at %s", (parameters, path) => {
  expect(() => privateGoodProduction(parameters as never)).toThrow(
    expect.objectContaining({ name: "InputError", path }),
  );
});
