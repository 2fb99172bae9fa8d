import { expect, test } from "vitest";
import { grow, type Separator } from "../../../src/formulation/program/grow.js";
import { GrowingProgram } from "../../../src/formulation/program/growing-program.js";
import { LinearProgramBuilder } from "../../../src/lp/linear-program.js";
import { Rational } from "../../../src/number/rational.js";
import { solverByName } from "../../../src/solver/registry.js";

/** The greatest `x <= 1`, and rows `x <= bound` that are left out until a solution violates them. */
function leastOf(bounds: readonly Rational[], solver: "highs" | "jslp", limits = {}) {
  const builder = new LinearProgramBuilder("least of all");
  const x = builder.addColumn(Rational.of(-1), { lower: Rational.ZERO, upper: Rational.ONE });
  const growing = new GrowingProgram(builder, solverByName(solver), limits);
  const looked = { near: 0, exactly: 0 };
  const add = (violated: readonly Rational[]) => {
    for (const bound of violated.slice(0, 1)) growing.addRow([[x, Rational.ONE]], undefined, bound);
    return violated.length > 0;
  };
  const separator: Separator = {
    near: (primal) => {
      looked.near++;
      return add(bounds.filter((bound) => primal[x] > bound.toNumber() + 1e-9));
    },
    exactly: ({ primal }) => {
      looked.exactly++;
      return add(bounds.filter((bound) => primal.at(x).compare(bound) > 0));
    },
  };
  return grow(growing, separator, limits).then((grown) => ({ ...grown, looked }));
}

const THIRD = Rational.of(1, 3);
/** Less than a third by what floats do not see. */
const SHY = THIRD.subtract(Rational.of(1, 10n ** 40n));

test.each(["highs", "jslp"] as const)(
  "rows that only exact fractions tell apart are added all the same (%s)",
  async (solver) => {
    const { outcome, size, isOver, looked } = await leastOf([Rational.of(1, 2), THIRD, SHY], solver);
    expect(outcome.status === "optimal" && `${outcome.primal.at(0)}`).toBe(`${SHY}`);
    expect(isOver).toBe(false);
    expect(size).toEqual({ rows: 3, columns: 1, nonzeros: 3 });
    expect(looked.exactly).toBe(2);
  },
);

test("where time is up, what has grown so far is solved and said to be no more than that", async () => {
  const { outcome, isOver, size } = await leastOf([THIRD], "highs", { timeLimit: -1 });
  expect(isOver).toBe(true);
  expect(outcome.status === "optimal" && `${outcome.primal.at(0)}`).toBe("1");
  expect(size.rows).toBe(0);
});
