import { describe, expect, test } from "vitest";
import { toFloatProgram } from "../../src/lp/float-program.js";
import { toRational } from "../../src/number/rational-text.js";
import { solverByName, solverNames } from "../../src/solver/registry.js";
import { BasisStatus } from "../../src/solver/solver.js";
import { knownPrograms } from "./known-programs.js";

/** Solvers promise no more: GLPK's own tolerance is 1e-7. */
const TOLERANCE = 1e-6;

function expectClose(actual: number | undefined, exact: string, what: string): void {
  const expected = toRational(exact).toNumber();
  const error = Math.abs((actual ?? Number.NaN) - expected);
  expect(error <= TOLERANCE * Math.max(1, Math.abs(expected)), `${what} is ${actual}, not ${exact}`).toBe(
    true,
  );
}

describe.each(solverNames)("%s", (name) => {
  const solver = solverByName(name);
  const duals = { expected: 0, given: 0 };

  test.each(knownPrograms)("solves $title ($source)", async (known) => {
    const program = toFloatProgram(known.program);
    const result = await solver.solve(program);
    expect(result.termination, result.message).toBe(known.termination);
    expect(result.solver.name).toBe(name);
    expect(result.solver.version).toMatch(/^\d+\.\d+/);

    if (known.objective !== undefined) expectClose(result.objective, known.objective, "objective");
    known.primal?.forEach((value, j) => {
      expectClose(result.primal?.[j], value, `column ${j}`);
    });
    if (result.termination === "optimal") {
      expect(result.primal?.length).toBe(program.columnCount);
      duals.expected++;
      if (result.dual) duals.given++;
    }
    if (result.dual) {
      expect(result.dual.length).toBe(program.rowCount);
      known.dual?.forEach((value, i) => {
        expectClose(result.dual![i] * program.rowScale[i], value, `dual of row ${i}`);
      });
    }
    if (result.basis) {
      const statuses = [...result.basis.column, ...result.basis.row];
      expect(statuses.length).toBe(program.columnCount + program.rowCount);
      expect(statuses.filter((status) => status === BasisStatus.BASIC).length).toBe(program.rowCount);
    }
  });

  test("gives duals with every optimum", () => {
    expect(duals.expected).toBeGreaterThan(10);
    expect(duals.given).toBe(duals.expected);
  });
});

test("a solver of another name is refused with the names there are", () => {
  expect(() => solverByName("cplex")).toThrow('there is no solver "cplex"; choose one of highs, glpk, jslp');
});
