import library from "javascript-lp-solver/package.json" with { type: "json" };
import { expect, test } from "vitest";
import { toFloatProgram } from "../../src/lp/float-program.js";
import { LinearProgramBuilder } from "../../src/lp/linear-program.js";
import { Rational } from "../../src/number/rational.js";
import { highsSolver } from "../../src/solver/highs.js";
import { javascriptLpSolver, LARGEST_TABLEAU, tableauSize } from "../../src/solver/javascript-lp-solver.js";
import { SolverUnavailable } from "../../src/solver/solver.js";
import { programOf } from "./known-program.js";

test("a program whose dense tableau would be too large is refused with its size and the limit", async () => {
  const builder = new LinearProgramBuilder("large");
  const columns = Array.from({ length: 1500 }, () =>
    builder.addColumn(Rational.ONE, { lower: Rational.ZERO }),
  );
  for (const j of columns) builder.addRow([[j, Rational.ONE]], Rational.ONE, undefined);
  const attempt = javascriptLpSolver.solve(toFloatProgram(builder.build()));
  await expect(attempt).rejects.toBeInstanceOf(SolverUnavailable);
  await expect(attempt).rejects.toThrow(`1501 x 1501 is more than the ${LARGEST_TABLEAU} cells`);
});

test("free columns count twice, and two-sided bounds and rows once more, in the size of the tableau", () => {
  const program = programOf(
    [
      ["1", undefined, undefined],
      ["1", "0", "5"],
      ["1", "2", "2"],
    ],
    [
      [["1", "1", "1"], "1", "2"],
      [["1", "0", "0"], undefined, undefined],
    ],
  );
  expect(tableauSize(toFloatProgram(program))).toEqual({ rows: 4, columns: 4 });
});

test("the version it names is the one installed", async () => {
  const result = await javascriptLpSolver.solve(toFloatProgram(programOf([], [])));
  expect(result.solver).toEqual({ name: "jslp", version: library.version });
});

test("a vertex so degenerate that the package stops there is left, and the answer is that of the true program", async () => {
  // Interim bilateral trade: at the mechanism without any trade the package stops and calls it optimal.
  const program = toFloatProgram(bilateralTrade(10));
  const result = await javascriptLpSolver.solve(program);
  const highs = await highsSolver.solve(program);
  expect(highs.objective).toBeCloseTo(-0.1512, 9);
  expect(result.termination, result.message).toBe("optimal");
  expect(result.objective).toBeCloseTo(-0.1512, 9);
  for (let i = 0; i < program.rowCount; i++) {
    let activity = 0;
    for (let k = program.rowStart[i]; k < program.rowStart[i + 1]; k++) {
      activity += program.coefficient[k] * result.primal![program.column[k]];
    }
    expect(activity).toBeGreaterThanOrEqual(program.rowLower[i] - 1e-9);
  }
});

/** Second-best trade between a buyer and a seller with `size` equally likely types each, at the grid's midpoints. */
function bilateralTrade(size: number) {
  const builder = new LinearProgramBuilder("bilateral trade");
  const types = Array.from({ length: size }, (_, k) => Rational.of(2 * k + 1, 2 * size));
  const weight = Rational.of(1, size);
  const trade: number[][] = [];
  const buyerPays: number[][] = [];
  const sellerGets: number[][] = [];
  for (const [b, value] of types.entries()) {
    trade.push([]);
    buyerPays.push([]);
    sellerGets.push([]);
    for (const [s, cost] of types.entries()) {
      const gain = value.subtract(cost).multiply(weight).multiply(weight);
      trade[b][s] = builder.addColumn(gain.negate(), { lower: Rational.ZERO, upper: Rational.ONE });
      buyerPays[b][s] = builder.addColumn();
      sellerGets[b][s] = builder.addColumn();
      const surplus = [
        [buyerPays[b][s], Rational.ONE] as const,
        [sellerGets[b][s], Rational.of(-1)] as const,
      ];
      builder.addRow(surplus, Rational.ZERO, undefined);
    }
  }
  const others = Array.from({ length: size }, (_, k) => k);
  const buyer = (type: number, report: number, sign: Rational) =>
    others.flatMap((s) => [
      [trade[report][s], types[type].multiply(sign)] as const,
      [buyerPays[report][s], sign.negate()] as const,
    ]);
  const seller = (type: number, report: number, sign: Rational) =>
    others.flatMap((b) => [
      [trade[b][report], types[type].multiply(sign).negate()] as const,
      [sellerGets[b][report], sign] as const,
    ]);
  for (const utility of [buyer, seller]) {
    for (const type of others) {
      builder.addRow(utility(type, type, Rational.ONE), Rational.ZERO, undefined);
      for (const report of others) {
        if (report === type) continue;
        const truth = utility(type, type, Rational.ONE);
        builder.addRow([...truth, ...utility(type, report, Rational.of(-1))], Rational.ZERO, undefined);
      }
    }
  }
  return builder.build();
}
