import fc from "fast-check";
import { expect, test } from "vitest";
import { toFloatProgram } from "../../src/lp/float-program.js";
import { solverByName, solverNames } from "../../src/solver/registry.js";
import type { SolverResult } from "../../src/solver/solver.js";
import { programOf } from "./known-program.js";

const SEED = Number(process.env["SEED"] ?? 20_241);
const RUNS = 400;
const TOLERANCE = 1e-6;

const number = fc
  .tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .map(([n, d]) => `${n}/${d}`);
const coefficient = fc.oneof({ weight: 1, arbitrary: fc.constant("0") }, { weight: 2, arbitrary: number });

/** No bound, one of the two, both, or the same twice. */
const bounds = fc
  .tuple(fc.integer({ min: 0, max: 4 }), number, fc.integer({ min: 0, max: 6 }))
  .map(([kind, at, width]): [string | undefined, string | undefined] => {
    const [n, d] = at.split("/").map(Number);
    const above = `${n + width * d}/${d}`;
    if (kind === 0) return [undefined, undefined];
    if (kind === 1) return [at, undefined];
    if (kind === 2) return [undefined, at];
    return kind === 3 ? [at, above] : [at, at];
  });

const program = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 7 }))
  .chain(([columns, rows]) =>
    fc.tuple(
      fc.array(fc.tuple(coefficient, bounds), { minLength: columns, maxLength: columns }),
      fc.array(fc.tuple(fc.array(coefficient, { minLength: columns, maxLength: columns }), bounds), {
        minLength: rows,
        maxLength: rows,
      }),
      number,
    ),
  )
  .map(([columns, rows, offset]) =>
    programOf(
      columns.map(([cost, [lower, upper]]) => [cost, lower, upper] as const),
      rows.map(([coefficients, [lower, upper]]) => [coefficients, lower, upper] as const),
      offset,
    ),
  );

test(`the three solvers agree on random programs (seed ${SEED})`, async () => {
  const applied = { optimal: 0, infeasible: 0, unbounded: 0 };
  await fc.assert(
    fc.asyncProperty(program, async (exact) => {
      const float = toFloatProgram(exact);
      const results: SolverResult[] = [];
      for (const name of solverNames) results.push(await solverByName(name).solve(float));
      const [first, ...others] = results;
      for (const other of others) {
        expect(other.termination, `${other.solver.name}: ${other.message}`).toBe(first.termination);
        if (first.termination !== "optimal") continue;
        const error = Math.abs(other.objective! - first.objective!);
        expect(error).toBeLessThanOrEqual(TOLERANCE * Math.max(1, Math.abs(first.objective!)));
      }
      if (first.termination === "optimal") {
        for (const result of results) expect(dualityGap(float, result)).toBeLessThanOrEqual(TOLERANCE);
      }
      applied[first.termination as keyof typeof applied]++;
    }),
    { seed: SEED, numRuns: RUNS },
  );
  console.log(`seed ${SEED}:`, applied);
  expect(applied.optimal + applied.infeasible + applied.unbounded).toBe(RUNS);
  expect(Math.min(applied.optimal, applied.infeasible, applied.unbounded)).toBeGreaterThan(20);
});

/** Relative distance of the objective from the bound that the duals prove, NaN where they prove none. */
function dualityGap(float: ReturnType<typeof toFloatProgram>, { dual, objective }: SolverResult): number {
  const reduced = Float64Array.from(float.cost);
  let bound = float.offset;
  const add = (multiplier: number, lower: number, upper: number) => {
    // Solvers leave dust; a sign against an infinite bound counts when it is more than that.
    const side = multiplier > 0 ? lower : upper;
    if (Number.isFinite(side)) bound += multiplier * side;
    else if (!(Math.abs(multiplier) <= TOLERANCE)) bound = Number.NaN;
  };
  for (let i = 0; i < float.rowCount; i++) {
    for (let k = float.rowStart[i]; k < float.rowStart[i + 1]; k++) {
      reduced[float.column[k]] -= float.coefficient[k] * dual![i];
    }
    add(dual![i], float.rowLower[i], float.rowUpper[i]);
  }
  reduced.forEach((value, j) => {
    add(value, float.columnLower[j], float.columnUpper[j]);
  });
  return Math.abs(objective! - bound) / Math.max(1, Math.abs(objective!));
}
