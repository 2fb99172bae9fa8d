import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { toIntegerProgram } from "../../src/exact/integer-program.js";
import { preciseBasis } from "../../src/exact/precise-simplex.js";
import { solveExactly } from "../../src/exact/solve-exactly.js";
import { directProgram } from "../../src/formulation/direct.js";
import { readInstance } from "../../src/instance/instance.js";
import { posed } from "../../src/question/problem.js";
import type { SolverResult } from "../../src/solver/solver.js";
import { generator, randomProgram } from "./random-program.js";

/** The basis as a solver would propose it. */
function proposed(status: Uint8Array, columnCount: number, claimsInfeasible: boolean): SolverResult {
  return {
    termination: claimsInfeasible ? "infeasible" : "optimal",
    message: "",
    primal: undefined,
    dual: undefined,
    basis: { column: status.slice(0, columnCount), row: status.slice(columnCount) },
    objective: undefined,
    iterations: undefined,
    solver: { name: "precise", version: "" },
  };
}

it.each([
  "dominant-surplus-7",
  "surplus-with-a-lone-agent",
  "dominant-budget-three",
  "ex-post-worst-subsidy",
  "dominant-gains-three",
  "correlated-gains-three",
])("a basis in long numbers needs no exact pivot where millions meet millionths: %s", (name) => {
  const text = readFileSync(`test/reference/hard/${name}.json`, "utf8");
  const instance = readInstance(text, name);
  const { program } = directProgram(posed(instance.environment, instance.question, instance.givenRule));
  const { status, claimsInfeasible } = preciseBasis(toIntegerProgram(program), () => {});
  const outcome = solveExactly(program, proposed(status, program.columnCount, claimsInfeasible));
  expect(outcome).toMatchObject({ pivots: 0 });
  expect(outcome.status).toBe(name === "dominant-budget-three" ? "infeasible" : "optimal");
});

it("a basis in long numbers leads to the same answer as any other, on programs of every kind", () => {
  const random = generator(17);
  const found: Record<string, number> = {};
  for (let trial = 0; trial < 400; trial++) {
    const program = randomProgram(random, 9, 0.5);
    const integer = toIntegerProgram(program);
    if (integer.lower.some((lower, v) => lower !== undefined && (integer.upper[v] ?? lower) < lower))
      continue;
    const { status, claimsInfeasible } = preciseBasis(integer, () => {});
    const outcome = solveExactly(program, proposed(status, program.columnCount, claimsInfeasible));
    const plain = solveExactly(program);
    expect(outcome.status, `trial ${trial}`).toBe(plain.status);
    if (outcome.status === "optimal" && plain.status === "optimal")
      expect(outcome.objective, `trial ${trial}`).toEqual(plain.objective);
    const how = `${outcome.status}${outcome.pivots === 0 ? ", at once" : ""}`;
    found[how] = (found[how] ?? 0) + 1;
  }
  expect(found["optimal, at once"]).toBeGreaterThan(100);
  expect(found["infeasible, at once"]).toBeGreaterThan(20);
  expect(Object.keys(found).some((how) => how.startsWith("unbounded"))).toBe(true);
});
