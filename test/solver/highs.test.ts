import { describe, expect, test } from "vitest";
import { toFloatProgram } from "../../src/lp/float-program.js";
import { LinearProgramBuilder } from "../../src/lp/linear-program.js";
import { Rational } from "../../src/number/rational.js";
import { highsSolver, openHighsSession } from "../../src/solver/highs.js";
import { BasisStatus } from "../../src/solver/solver.js";
import { programOf } from "./known-program.js";
import { knownPrograms } from "./known-programs.js";

/** A dense transport problem of `size` sources and sinks: pivots enough to see a start from a basis. */
function transport(size: number) {
  const builder = new LinearProgramBuilder("transport");
  const cells = Array.from({ length: size * size }, (_, k) =>
    builder.addColumn(Rational.of((k * 7919) % 101), { lower: Rational.ZERO }),
  );
  for (let s = 0; s < size; s++) {
    const supply = Rational.of(10 + ((s * 31) % 7));
    const [row, column] = [0, 1].map((way) =>
      cells
        .filter((_, k) => (way === 0 ? Math.floor(k / size) : k % size) === s)
        .map((j) => [j, Rational.ONE] as const),
    );
    builder.addRow(row, undefined, supply);
    builder.addRow(column, supply.subtract(Rational.of(3)), undefined);
  }
  return builder.build();
}

describe("HiGHS", () => {
  test("returns a basis, with a status at every bound, with every optimum", async () => {
    let applied = 0;
    for (const { title, program, termination } of knownPrograms) {
      if (termination !== "optimal") continue;
      const { basis, primal } = await highsSolver.solve(toFloatProgram(program));
      basis!.column.forEach((status, j) => {
        const at = {
          [BasisStatus.AT_LOWER]: program.columnLower[j],
          [BasisStatus.AT_UPPER]: program.columnUpper[j],
        };
        if (status === BasisStatus.BASIC) return;
        const value = status === BasisStatus.NONBASIC_FREE ? Rational.ZERO : at[status as 0 | 2];
        expect(primal![j], title).toBeCloseTo(value!.toNumber(), 9);
        applied++;
      });
    }
    expect(applied).toBeGreaterThan(10);
  });

  test("holds a free variable that no row needs at zero, nonbasic", async () => {
    const program = programOf([["0", undefined, undefined]], [[["0"], "-1", "1"]]);
    const { basis } = await highsSolver.solve(toFloatProgram(program));
    expect([...basis!.column]).toEqual([BasisStatus.NONBASIC_FREE]);
    expect([...basis!.row]).toEqual([BasisStatus.BASIC]);
  });

  test("leaves a basis behind even where presolve alone sees that nothing is feasible", async () => {
    let applied = 0;
    for (const { title, program, termination } of knownPrograms) {
      if (termination !== "infeasible" || program.columnCount === 0) continue;
      const { basis, message } = await highsSolver.solve(toFloatProgram(program));
      if (message.includes("is bounded by")) continue;
      const statuses = [...basis!.column, ...basis!.row];
      expect(statuses.filter((s) => s === BasisStatus.BASIC).length, title).toBe(program.rowCount);
      expect(Math.max(...statuses), title).toBeLessThanOrEqual(BasisStatus.NONBASIC_FREE);
      applied++;
    }
    expect(applied).toBeGreaterThan(3);
  });

  test("needs no pivot when it starts from the optimal basis", async () => {
    const program = toFloatProgram(transport(12));
    const cold = await highsSolver.solve(program, { algorithm: "simplex" });
    const warm = await highsSolver.solve(program, { basis: cold.basis });
    expect(cold.iterations).toBeGreaterThan(10);
    expect(warm.iterations).toBe(0);
    expect(warm.objective).toBeCloseTo(cold.objective!, 9);
  });

  test("finds the same optimum by interior points, and crosses over to a basis", async () => {
    const program = toFloatProgram(transport(8));
    const simplex = await highsSolver.solve(program, { algorithm: "simplex" });
    const interior = await highsSolver.solve(program, { algorithm: "ipm" });
    expect(interior.objective).toBeCloseTo(simplex.objective!, 6);
    expect(interior.iterations).toBeGreaterThan(0);
    expect(interior.basis!.row.length).toBe(program.rowCount);
  });

  test("stops at the time limit and says so", async () => {
    const result = await highsSolver.solve(toFloatProgram(transport(40)), { timeLimit: 0 });
    expect(result).toMatchObject({ termination: "interrupted", message: "Time limit reached" });
  });

  test("says that it failed, and why, when it is given nonsense, and solves the next program", async () => {
    const program = toFloatProgram(transport(3));
    const broken = await highsSolver.solve({
      ...program,
      coefficient: program.coefficient.map(() => Number.NaN),
    });
    expect(broken.termination).toBe("failed");
    expect(broken.message).not.toBe("");
    expect(broken.objective).toBeUndefined();
    expect((await highsSolver.solve(program)).termination).toBe("optimal");
  });

  test("refuses a basis of the wrong size in words", async () => {
    const program = toFloatProgram(transport(3));
    const basis = { column: new Uint8Array(2), row: new Uint8Array(2) };
    const result = await highsSolver.solve(program, { basis });
    expect(result.termination).toBe("failed");
    expect(result.message).toMatch(/length|size|status/i);
  });
});

describe("a session of HiGHS", () => {
  test("grows by rows and arrives at the optimum of the whole program", async () => {
    const whole = toFloatProgram(transport(12));
    const expected = await highsSolver.solve(whole);
    const half = whole.rowCount / 2;
    const part = (from: number, to: number) => ({
      rowCount: to - from,
      rowLower: whole.rowLower.slice(from, to),
      rowUpper: whole.rowUpper.slice(from, to),
      rowStart: whole.rowStart.slice(from, to + 1).map((start) => start - whole.rowStart[from]),
      column: whole.column.slice(whole.rowStart[from], whole.rowStart[to]),
      coefficient: whole.coefficient.slice(whole.rowStart[from], whole.rowStart[to]),
    });
    const session = await openHighsSession({ ...whole, ...part(0, half) });
    try {
      const first = session.solve();
      expect(first.termination).toBe("optimal");
      expect(first.objective).toBeLessThan(expected.objective!);
      session.addRows(part(half, whole.rowCount));
      expect(session.rowCount).toBe(whole.rowCount);
      const second = session.solve();
      expect(second.objective).toBeCloseTo(expected.objective!, 9);
      expect(second.basis!.row.length).toBe(whole.rowCount);
      expect(second.dual!.length).toBe(whole.rowCount);
      expect(session.solve().iterations).toBe(0);
    } finally {
      session.dispose();
      session.dispose();
    }
  });

  test("gives each solve its own time", async () => {
    const program = toFloatProgram(transport(20));
    const session = await openHighsSession(program);
    const start = {
      column: new Uint8Array(program.columnCount).fill(BasisStatus.AT_LOWER),
      row: new Uint8Array(program.rowCount).fill(BasisStatus.BASIC),
    };
    const solve = (timeLimit?: number) => session.solve({ basis: start, timeLimit });
    expect(solve(0).termination).toBe("interrupted");
    const began = performance.now();
    expect(solve().iterations).toBeGreaterThan(10);
    // Together they take several times the limit that none of them reaches.
    const limit = Math.max(0.25, (20 * (performance.now() - began)) / 1000);
    for (const began = performance.now(); performance.now() - began < 3000 * limit; ) {
      expect(solve(limit).termination).toBe("optimal");
    }
    session.dispose();
  });
});
