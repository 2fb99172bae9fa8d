import { expect, test } from "vitest";
import { fixedEndowment, privateGoodProduction, squareRootGood, twoResidents } from "../../models/index.js";

const models = { fixedEndowment, privateGoodProduction, squareRootGood, twoResidents };

test.each(Object.entries(models))(
  "%s stands for no interval with negative types, though its grid has none",
  (_, model) => {
    // One point at 1.
    const { continuous } = model({ agents: 2, grid: { points: 1, from: -1, to: 3 } });
    expect(continuous).toThrow(/grid\.from: the negative type -1; expected types >= 0: a type/);
    expect(() => model({ agents: 2, grid: { points: 2, from: -1, to: 1 } })).toThrow(
      /the negative type -0\.5|-1\/2/,
    );
  },
);
