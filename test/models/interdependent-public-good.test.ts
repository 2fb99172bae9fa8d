import { expect, test } from "vitest";
import { interdependentPublicGood } from "../../models/interdependent-public-good.js";
import { publicGood } from "../../models/public-good.js";
import type { Environment } from "../../src/environment/environment.js";
import { efficientAt, profileAt, totalProbability } from "./expectations.js";

const grid = { values: [0, 1, 2, 4] };

test("private values make it the public good of the same grid", () => {
  const own = interdependentPublicGood({ agents: 3, grid, cost: "7/2", valuation: { own: 1 } }).environment;
  const plain = publicGood({ agents: 3, grid, cost: "7/2" }).environment;
  for (let s = 0; s < 64; s++) {
    for (const agent of [0, 1, 2]) expect(own.value(agent, 1, s)).toEqual(plain.value(agent, 1, s));
    expect(own.cost(1, s)).toEqual(plain.cost(1, s));
  }
  expect(totalProbability(own)).toBe("1");
});

test.each([
  ["increase", { own: 1, other: "1/2" }, 1],
  ["are constant under common values", { own: 1, other: 1 }, 0],
  ["decrease", { own: 1, other: 2 }, -1],
  [
    "increase",
    {
      terms: [
        { coefficient: 1, own: 2 },
        { coefficient: 1, own: 1, other: 0 },
      ],
    },
    1,
  ],
])("differences v_1 - v_2 %s in agent 1's signal with %j", (_, valuation, sign) => {
  const { environment } = interdependentPublicGood({ agents: 2, grid, cost: 1, valuation });
  expect(differenceSigns(environment)).toEqual(new Set([sign]));
});

function differenceSigns(environment: Environment): Set<number> {
  const { profiles } = environment;
  const difference = (s: number) => environment.value(0, 1, s).subtract(environment.value(1, 1, s));
  const signs = new Set<number>();
  for (let s = 0; s < profiles.count; s++) {
    if (profiles.typeOf(s, 0) === 0) continue;
    signs.add(difference(s).subtract(difference(s - profiles.strides[0])).sign);
  }
  return signs;
}

test("with three agents each counts the others' signals together", () => {
  const { environment } = interdependentPublicGood({
    agents: 3,
    grid,
    cost: 10,
    valuation: { own: 2, other: "1/2", constant: 1 },
  });
  const profile = profileAt(environment, "1", "2", "4");
  // 2 s_i + (7 - s_i)/2 + 1
  expect([0, 1, 2].map((i) => environment.value(i, 1, profile).toString())).toEqual(["6", "15/2", "21/2"]);
  expect(efficientAt(environment, "1", "2", "4")).toEqual(["provided"]);
  expect(efficientAt(environment, "0", "0", "1")).toEqual(["not provided"]);
});

test("a table has a column for each profile of the others, the last fastest", () => {
  const two = { values: [0, 1] };
  const table = [
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ];
  const { environment } = interdependentPublicGood({ agents: 3, grid: two, cost: 1, valuation: { table } });
  const profile = profileAt(environment, "1", "0", "1");
  expect([0, 1, 2].map((i) => environment.value(i, 1, profile).toString())).toEqual(["5", "3", "6"]);
});

test.each([
  [{ agents: 1, grid, cost: 1, valuation: {} }, "agents"],
  [{ agents: 2, grid, cost: 1 }, "valuation"],
  [{ agents: 2, grid, cost: 1, valuations: [{}] }, "valuations"],
  [{ agents: 2, grid, cost: 1, valuation: {}, valuations: [{}, {}] }, "valuations"],
  [{ agents: 2, grid, cost: 1, valuations: [{}, { own: 0, other: 1 }] }, "valuations[1]"],
  [{ agents: 2, grid, cost: 1, valuation: { table: [[1]] } }, "valuation.table"],
  [{ agents: 9, grid: { points: 9 }, cost: 1, valuation: {} }, "valuation"],
])("%j is refused at %s", (parameters, path) => {
  expect(() => interdependentPublicGood(parameters as never)).toThrow(
    expect.objectContaining({ name: "InputError", path }),
  );
});
