import { describe, expect, it } from "vitest";
import { type ExactOutcome, solveExactly } from "../../src/exact/solve-exactly.js";
import {
  dualBound,
  objectiveAt,
  verifyFarkas,
  verifyFeasible,
  verifyOptimal,
  verifyRay,
} from "../../src/exact/verification.js";
import { toFloatProgram } from "../../src/lp/float-program.js";
import { type LinearProgram, LinearProgramBuilder } from "../../src/lp/linear-program.js";
import { Rational } from "../../src/number/rational.js";
import { type RationalLike, toRational } from "../../src/number/rational-text.js";
import { highsSolver } from "../../src/solver/highs.js";
import type { SolverResult } from "../../src/solver/solver.js";
import { generator } from "./random-program.js";
import { tradeProgram } from "./trade-program.js";

type Bound = RationalLike | undefined;

/** Columns are `[cost, lower, upper]`, rows `[coefficients, lower, upper]`. */
function programOf(
  columns: [RationalLike, Bound, Bound][],
  rows: [RationalLike[], Bound, Bound][],
): LinearProgram {
  const builder = new LinearProgramBuilder("test");
  const bound = (value: Bound) => (value === undefined ? undefined : toRational(value));
  for (const [cost, lower, upper] of columns) {
    builder.addColumn(toRational(cost), { lower: bound(lower), upper: bound(upper) });
  }
  for (const [coefficients, lower, upper] of rows) {
    const entries = coefficients.map((a, j) => [j, toRational(a)] as const);
    builder.addRow(entries, bound(lower), bound(upper));
  }
  return builder.build();
}

function proposalOf(termination: SolverResult["termination"], parts: Partial<SolverResult>): SolverResult {
  return {
    termination,
    message: "by hand",
    primal: undefined,
    dual: undefined,
    basis: undefined,
    objective: undefined,
    iterations: undefined,
    solver: { name: "hand", version: "1" },
    ...parts,
  };
}

function optimum(outcome: ExactOutcome): string {
  return outcome.status === "optimal" ? outcome.objective.toString() : outcome.status;
}

describe("solveExactly", () => {
  it("finds optimum, prices and no need of pivots from HiGHS' basis", async () => {
    // Maximise 3x + 5y, x <= 4, 2y <= 12, 3x + 2y <= 18 (Hillier and Lieberman, the Wyndor Glass Co.).
    const program = programOf(
      [
        [-3, 0, undefined],
        [-5, 0, undefined],
      ],
      [
        [[1, 0], undefined, 4],
        [[0, 2], undefined, 12],
        [[3, 2], undefined, 18],
      ],
    );
    const outcome = solveExactly(program, await highsSolver.solve(toFloatProgram(program)));
    expect(outcome.status).toBe("optimal");
    if (outcome.status !== "optimal") return;
    expect(outcome.pivots).toBe(0);
    expect(outcome.objective.toString()).toBe("-36");
    expect(outcome.primal.toRationals().map(String)).toEqual(["2", "6"]);
    expect(outcome.dual.toRationals().map(String)).toEqual(["0", "-3/2", "-1"]);
  });

  it.each([
    [
      "Beale's example, on which Dantzig's rule cycles (1955)",
      programOf(
        [
          ["-3/4", 0, undefined],
          [150, 0, undefined],
          ["-1/50", 0, undefined],
          [6, 0, undefined],
        ],
        [
          [["1/4", -60, "-1/25", 9], undefined, 0],
          [["1/2", -90, "-1/50", 3], undefined, 0],
          [[0, 0, 1, 0], undefined, 1],
        ],
      ),
      "-1/20",
    ],
    [
      "Kuhn's cycling example (Balinski and Tucker 1969)",
      programOf(
        [
          [-2, 0, undefined],
          [-3, 0, undefined],
          [1, 0, undefined],
          [12, 0, undefined],
        ],
        [
          [[-2, -9, 1, 9], undefined, 0],
          [["1/3", 1, "-1/3", -2], undefined, 0],
          [[2, 3, -1, -12], undefined, 2],
        ],
      ),
      "-2",
    ],
    [
      "Chvatal's cycling example (1983, p. 31)",
      programOf(
        [
          [-10, 0, undefined],
          [57, 0, undefined],
          [9, 0, undefined],
          [24, 0, undefined],
        ],
        [
          [["1/2", "-11/2", "-5/2", 9], undefined, 0],
          [["1/2", "-3/2", "-1/2", 1], undefined, 0],
          [[1, 0, 0, 0], undefined, 1],
        ],
      ),
      "-1",
    ],
  ])("ends on %s", (_, program, expected) => {
    expect(optimum(solveExactly(program))).toBe(expected);
  });

  it("climbs the Klee-Minty cube of dimension 8 to its top", () => {
    const n = 8;
    const program = programOf(
      Array.from({ length: n }, (_, j) => [-(2 ** (n - 1 - j)), 0, undefined]),
      Array.from({ length: n }, (_, i) => [
        Array.from({ length: n }, (_, j) => (j < i ? 2 ** (i - j + 1) : j === i ? 1 : 0)),
        undefined,
        5 ** (i + 1),
      ]),
    );
    expect(optimum(solveExactly(program))).toBe(`${-(5 ** n)}`);
  });

  it("tells a hair's breadth of infeasibility from feasibility, where floats cannot", async () => {
    const thirds = (lower: string) => programOf([[1, undefined, "1/3"]], [[[3], lower, undefined]]);
    const feasible = thirds("1");
    const infeasible = thirds("1.00000000000000000001");
    for (const proposal of [undefined, await highsSolver.solve(toFloatProgram(feasible))]) {
      expect(optimum(solveExactly(feasible, proposal))).toBe("1/3");
      const outcome = solveExactly(infeasible, proposal);
      expect(outcome.status).toBe("infeasible");
      if (outcome.status === "infeasible") expect(verifyFarkas(infeasible, outcome.farkas)).toBeUndefined();
    }
  });

  it("solves Hilbert's equations of order 12 exactly, from a float solver's wrong answer", async () => {
    const n = 12;
    const rows = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) => Rational.of(1, i + j + 1)),
    );
    const program = programOf(
      rows.map((_, j) => [j + 1, undefined, undefined]),
      rows.map((row) => [row, Rational.sum(row), Rational.sum(row)]),
    );
    const proposal = await highsSolver.solve(toFloatProgram(program));
    for (const start of [undefined, proposal, { ...proposal, basis: undefined }]) {
      const outcome = solveExactly(program, start);
      expect(optimum(outcome)).toBe("78");
      if (outcome.status === "optimal") {
        expect(outcome.primal.toRationals().map(String)).toEqual(Array.from({ length: n }, () => "1"));
      }
    }
  });

  it("does not depend on a prime that divides every pivot", () => {
    // 16777213, 16777199 and 16777183 are the largest primes below 2^24.
    const large = 16777213n * 16777199n * 16777183n;
    const program = programOf(
      [
        [1, 0, undefined],
        [1, 0, undefined],
      ],
      [
        [[large, 0], 1, undefined],
        [[large, large], 3, undefined],
      ],
    );
    const basic = { column: Uint8Array.from([1, 1]), row: Uint8Array.from([0, 0]) };
    for (const proposal of [undefined, proposalOf("optimal", { basis: basic })]) {
      expect(optimum(solveExactly(program, proposal))).toBe(`3/${large}`);
    }
  });

  it("finds the ray of an unbounded program, also through a free column and a range", () => {
    const program = programOf(
      [
        [-1, undefined, undefined],
        [1, 0, 1],
      ],
      [[[-1, 1], undefined, "1/2"]],
    );
    const outcome = solveExactly(program);
    expect(outcome.status).toBe("unbounded");
    if (outcome.status === "unbounded") {
      expect(verifyRay(program, outcome.primal, outcome.ray)).toBeUndefined();
      expect(outcome.ray.at(0).sign).toBe(1);
    }
  });

  it("finds the proof of a claimed infeasibility in a row that is not the most violated", () => {
    const program = programOf(
      [
        [1, 0, undefined],
        [1, 0, undefined],
      ],
      [
        [[1, 0], 100, undefined],
        [[0, -1], 1, undefined],
      ],
    );
    const basis = { column: Uint8Array.from([0, 0]), row: Uint8Array.from([1, 1]) };
    const outcome = solveExactly(program, proposalOf("infeasible", { basis }));
    expect(outcome).toMatchObject({ status: "infeasible", pivots: 0 });
    expect(solveExactly(program, proposalOf("optimal", { basis }))).toMatchObject({ pivots: 1 });
  });

  it("needs no pivot where values and prices leave no doubt about the basis", async () => {
    const program = tradeProgram(10, generator(10));
    const { basis: _, ...values } = await highsSolver.solve(toFloatProgram(program));
    const outcome = solveExactly(program, { ...values, basis: undefined });
    expect(outcome).toMatchObject({ status: "optimal", pivots: 0 });
    const withoutPrices = solveExactly(program, { ...values, basis: undefined, dual: undefined });
    expect(withoutPrices.pivots).toBeGreaterThan(0);
  });

  it("names contradictory bounds", () => {
    const column = solveExactly(programOf([[0, 1, 0]], []));
    expect(column).toMatchObject({ status: "infeasible", contradictoryBounds: { column: 0 } });
    const row = solveExactly(programOf([[0, 0, 1]], [[[1], "1/2", "1/3"]]));
    expect(row).toMatchObject({ status: "infeasible", contradictoryBounds: { row: 0 } });
  });

  it("solves programs without rows, without columns, and with empty rows", () => {
    expect(optimum(solveExactly(programOf([[2, "1/3", 5]], [])))).toBe("2/3");
    expect(optimum(solveExactly(programOf([[-2, "1/3", 5]], [])))).toBe("-10");
    expect(optimum(solveExactly(programOf([[1, undefined, 0]], [])))).toBe("unbounded");
    expect(optimum(solveExactly(programOf([], [[[], 0, 1]])))).toBe("0");
    expect(optimum(solveExactly(programOf([[1, 0, 1]], [[[0], "1/9", 1]])))).toBe("infeasible");
  });

  it("reads a proposal with nonsense in it without believing it", () => {
    const program = programOf([[1, 0, 2]], [[[1], "1/2", undefined]]);
    const nonsense = [
      proposalOf("infeasible", {}),
      proposalOf("optimal", { primal: Float64Array.from([Number.NaN]) }),
      proposalOf("optimal", { primal: Float64Array.from([1e300]), dual: Float64Array.from([Number.NaN]) }),
      proposalOf("unbounded", { basis: { column: Uint8Array.from([7]), row: Uint8Array.from([1]) } }),
      proposalOf("optimal", { basis: { column: Uint8Array.from([1]), row: Uint8Array.from([1]) } }),
      proposalOf("optimal", { basis: { column: Uint8Array.from([0]), row: Uint8Array.from([0]) } }),
      proposalOf("optimal", { basis: { column: new Uint8Array(9), row: new Uint8Array(9) } }),
    ];
    for (const proposal of nonsense) expect(optimum(solveExactly(program, proposal))).toBe("1/2");
  });

  it("solves bilateral trade from a basis, from values and prices, from values alone and from nothing", async () => {
    for (const program of [tradeProgram(6), tradeProgram(6, generator(2009))]) {
      const proposal = await highsSolver.solve(toFloatProgram(program));
      const outcomes = [
        proposal,
        { ...proposal, basis: undefined },
        { ...proposal, basis: undefined, dual: undefined },
        undefined,
      ].map((start) => solveExactly(program, start));
      expect(new Set(outcomes.map(optimum)).size).toBe(1);
      for (const outcome of outcomes) {
        if (outcome.status !== "optimal") throw new Error(outcome.status);
        expect(verifyOptimal(program, outcome.primal, outcome.dual, outcome.objective)).toBeUndefined();
        expect(Math.abs(outcome.objective.toNumber() - (proposal.objective ?? Number.NaN))).toBeLessThan(
          1e-6,
        );
      }
      expect(outcomes[0]).toMatchObject({ pivots: 0 });
    }
  });
});

describe("solveExactly within limits", () => {
  const program = { ...tradeProgram(6), offset: toRational("7/3") };

  it("gives up with bounds that it has proved, and they meet as it is allowed more pivots", () => {
    const exact = solveExactly(program);
    if (exact.status !== "optimal") throw new Error(exact.status);
    let lowers = 0;
    for (let pivotLimit = 0; pivotLimit < exact.pivots; pivotLimit++) {
      const outcome = solveExactly(program, undefined, { pivotLimit });
      if (outcome.status !== "gave-up") throw new Error(`${outcome.status} within ${pivotLimit} pivots`);
      expect(outcome.reason).toBe(`limit of ${pivotLimit} pivots`);
      if (outcome.lower && outcome.dual) {
        lowers++;
        expect(dualBound(program, outcome.dual)?.toString()).toBe(outcome.lower.toString());
        expect(outcome.lower.compare(exact.objective)).toBeLessThanOrEqual(0);
      }
    }
    expect(lowers).toBeGreaterThan(0);
  });

  it("gives up with a feasible vector while the primal method runs", () => {
    // Feasible at the origin, which is not optimal.
    const cube = programOf(
      [
        [-4, 0, undefined],
        [-2, 0, undefined],
        [-1, 0, undefined],
      ],
      [
        [[1, 0, 0], undefined, 5],
        [[4, 1, 0], undefined, 25],
        [[8, 4, 1], undefined, 125],
      ],
    );
    const outcome = solveExactly(cube, undefined, { pivotLimit: 1 });
    if (outcome.status !== "gave-up" || !outcome.primal) throw new Error("no feasible vector");
    expect(verifyFeasible(cube, outcome.primal)).toBeUndefined();
    expect(outcome.upper?.toString()).toBe(objectiveAt(cube, outcome.primal).toString());
    expect(outcome.upper?.sign).toBe(-1);
  });

  it("stops at the time limit and at the caller's signal", () => {
    const late = solveExactly(program, undefined, { timeLimit: 0 });
    expect(late).toMatchObject({ status: "gave-up", reason: "time limit of 0 s" });
    const signal = AbortSignal.abort();
    expect(solveExactly(program, undefined, { signal })).toMatchObject({ reason: "stopped by the caller" });
  });

  it("refuses limits that are no numbers", () => {
    expect(() => solveExactly(program, undefined, { timeLimit: Number.NaN })).toThrow(RangeError);
    expect(() => solveExactly(program, undefined, { pivotLimit: -1 })).toThrow(RangeError);
  });
});
