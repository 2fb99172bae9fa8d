import { describe, expect, it } from "vitest";
import { solveExactly } from "../../src/exact/solve-exactly.js";
import { verifyFarkas, verifyOptimal, verifyRay } from "../../src/exact/verification.js";
import { toFloatProgram } from "../../src/lp/float-program.js";
import type { LinearProgram } from "../../src/lp/linear-program.js";
import { highsSolver } from "../../src/solver/highs.js";
import type { SolverResult } from "../../src/solver/solver.js";
import { generator, randomProgram } from "./random-program.js";

/** Far more pivots than any of these programs needs: reaching it means that pivoting does not end. */
const pivotLimit = 2000;

function certified(
  program: LinearProgram,
  proposal: SolverResult | undefined,
): { answer: string; pivots: number } {
  const outcome = solveExactly(program, proposal, { pivotLimit });
  const { pivots } = outcome;
  if (outcome.status === "optimal") {
    expect(verifyOptimal(program, outcome.primal, outcome.dual, outcome.objective)).toBeUndefined();
    return { answer: `optimal ${outcome.objective}`, pivots };
  }
  if (outcome.status === "infeasible") expect(verifyFarkas(program, outcome.farkas)).toBeUndefined();
  if (outcome.status === "unbounded") {
    expect(verifyRay(program, outcome.primal, outcome.ray)).toBeUndefined();
  }
  return { answer: outcome.status, pivots };
}

describe("on random programs", () => {
  it.each([
    { seed: 1979, rounds: 2000, largestSize: 5, planted: 0.2 },
    { seed: 2009, rounds: 200, largestSize: 16, planted: 0.7 },
  ])("the answer is certified and does not depend on the start (seed $seed)", async (plan) => {
    const random = generator(plan.seed);
    const count: Record<string, number> = { optimal: 0, infeasible: 0, unbounded: 0 };
    let agreeing = 0;
    let pivotsFromWrongBases = 0;
    for (let round = 0; round < plan.rounds; round++) {
      const program = randomProgram(random, plan.largestSize, plan.planted);
      const proposal = await highsSolver.solve(toFloatProgram(program));
      const status = () => Math.floor(random() * 4);
      const anyBasis = {
        column: Uint8Array.from({ length: program.columnCount }, status),
        row: Uint8Array.from({ length: program.rowCount }, status),
      };
      const { answer } = certified(program, undefined);
      const starts = {
        proposed: proposal,
        values: { ...proposal, basis: undefined },
        primal: { ...proposal, basis: undefined, dual: undefined },
        wrong: { ...proposal, basis: anyBasis },
      };
      for (const [name, start] of Object.entries(starts)) {
        const other = certified(program, start);
        expect(other.answer, `seed ${plan.seed}, round ${round}, from ${name}`).toBe(answer);
        if (name === "wrong") pivotsFromWrongBases += other.pivots;
      }
      const [kind] = answer.split(" ");
      count[kind]++;
      if (kind === proposal.termination) agreeing++;
    }
    console.info(`seed ${plan.seed}:`, count, `HiGHS agrees on ${agreeing}`);
    for (const [kind, cases] of Object.entries(count)) {
      expect(cases, `${kind} cases`).toBeGreaterThan(plan.rounds / 20);
    }
    expect(agreeing).toBeGreaterThan(0.9 * plan.rounds);
    expect(pivotsFromWrongBases).toBeGreaterThan(plan.rounds / 4);
  });
});
