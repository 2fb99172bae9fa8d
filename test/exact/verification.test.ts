import { describe, expect, it } from "vitest";
import {
  dualBound,
  verifyFarkas,
  verifyFeasible,
  verifyOptimal,
  verifyRay,
} from "../../src/exact/verification.js";
import { LinearProgramBuilder } from "../../src/lp/linear-program.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { RationalVector } from "../../src/number/rational-vector.js";

const vector = (...values: (number | string)[]) => RationalVector.from(values.map((v) => toRational(v)));

/** minimise 1/7 - x - 2y, x/3 + y/2 <= 1, 0 <= x <= 2, 0 <= y: the optimum is at (0, 2) with value -27/7. */
function small() {
  const builder = new LinearProgramBuilder("small");
  builder.offset = toRational("1/7");
  const x = builder.addColumn(toRational(-1), { lower: Rational.ZERO, upper: toRational(2) });
  const y = builder.addColumn(toRational(-2), { lower: Rational.ZERO });
  builder.addRow(
    [
      [x, toRational("1/3")],
      [y, toRational("1/2")],
    ],
    undefined,
    Rational.ONE,
  );
  return builder.build();
}

describe("verifyOptimal", () => {
  const program = small();

  it("accepts an optimum with its price", () => {
    expect(verifyOptimal(program, vector(0, 2), vector(-4), toRational("-27/7"))).toBeUndefined();
  });

  it.each([
    ["an infeasible vector", vector(0, "2000000000001/1000000000000"), vector(-4), "-27/7", "row r0"],
    ["a column below its bound", vector("-1/1000000000000000", 2), vector(-4), "-27/7", "column x0"],
    ["a wrong objective", vector(0, 2), vector(-4), "-26/7", "objective"],
    ["a feasible vector that is not optimal", vector(1, 1), vector(-4), "-20/7", "dual bound"],
    ["a price that leaves a negative reduced cost", vector(0, 2), vector(-3), "-27/7", "sign of a bound"],
    ["a price for a bound that does not exist", vector(0, 2), vector(4), "-27/7", "sign of a bound"],
    ["a price that is too high", vector(0, 2), vector("-4000001/1000000"), "-27/7", "dual bound"],
    ["vectors of the wrong length", vector(0, 2, 0), vector(-4), "-27/7", "3 values"],
  ])("rejects %s", (_, primal, dual, objective, words) => {
    expect(verifyOptimal(program, primal, dual, toRational(objective))).toContain(words);
  });

  it("bounds the optimum from below by any prices of the right signs", () => {
    expect(dualBound(program, vector(-6))?.toString()).toBe("-41/7");
    expect(dualBound(program, vector(-3))).toBeUndefined();
  });
});

describe("verifyFarkas", () => {
  /** x + y >= 3 although x <= 1 and 0 <= y <= 2 - 1/10^20 */
  const builder = new LinearProgramBuilder("infeasible");
  const almostTwo = toRational(2).subtract(toRational("1e-20"));
  const x = builder.addColumn(Rational.ZERO, { upper: Rational.ONE });
  const y = builder.addColumn(Rational.ZERO, { lower: Rational.ZERO, upper: almostTwo });
  builder.addRow(
    [
      [x, toRational("1/2")],
      [y, toRational("1/2")],
    ],
    toRational("3/2"),
    undefined,
  );
  const program = builder.build();

  it("accepts a proof that rests on the twentieth decimal", () => {
    expect(verifyFarkas(program, vector(1))).toBeUndefined();
  });

  it("rejects multipliers that prove nothing", () => {
    expect(verifyFarkas(program, vector(0))).toContain("the columns reach 0, the rows force 0");
    expect(verifyFarkas(program, vector(-1))).toContain("row bound that does not exist");
    expect(verifyFarkas(program, vector(1, 1))).toContain("2 multipliers");
    const feasible = { ...program, columnUpper: [Rational.ONE, toRational(2)] };
    expect(verifyFarkas(feasible, vector(1))).toContain("the columns reach 3/2, the rows force 3/2");
    const unbounded = { ...program, columnUpper: [undefined, almostTwo] };
    expect(verifyFarkas(unbounded, vector(1))).toContain("unbounded");
  });
});

describe("verifyRay", () => {
  const builder = new LinearProgramBuilder("unbounded");
  builder.addColumn(toRational(-1), { lower: Rational.ZERO });
  builder.addColumn(toRational(1), { lower: Rational.ZERO });
  builder.addRow(
    [
      [0, Rational.ONE],
      [1, toRational(-2)],
    ],
    undefined,
    Rational.ONE,
  );
  const program = builder.build();

  it("accepts a ray along which the cost falls", () => {
    expect(verifyRay(program, vector(0, 0), vector(2, 1))).toBeUndefined();
  });

  it.each([
    ["a start that is infeasible", vector(2, 0), vector(2, 1), "row r0"],
    ["a ray that leaves a row", vector(0, 0), vector(3, 1), "bounds of row r0"],
    ["a ray that leaves a column", vector(0, 0), vector(-2, -3), "bounds of column x0"],
    ["a ray along which the cost rises", vector(0, 0), vector(1, 1), "cost does not fall"],
  ])("rejects %s", (_, start, ray, words) => {
    expect(verifyRay(program, start, ray)).toContain(words);
  });
});

describe("verifyFeasible", () => {
  it("is exact where doubles would round sums of integers", () => {
    const builder = new LinearProgramBuilder("large");
    const large = Rational.of(2 ** 53 - 1);
    for (let j = 0; j < 3; j++) builder.addColumn();
    const row = [0, 1, 2].map((j) => [j, large] as const);
    const bound = Rational.of(3n * (2n ** 53n - 1n));
    builder.addRow(row, bound, bound);
    expect(verifyFeasible(builder.build(), vector(1, 1, 1))).toBeUndefined();
    expect(verifyFeasible(builder.build(), vector(1, 1, "9007199254740992/9007199254740993"))).toContain(
      "below",
    );
  });
});
