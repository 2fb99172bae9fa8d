import { afterEach, expect, test, vi } from "vitest";
import { toFloatProgram } from "../../src/lp/float-program.js";
import { programOf } from "./known-program.js";

afterEach(() => {
  vi.doUnmock("glpk.js/node");
  vi.resetModules();
});

const program = toFloatProgram(programOf([["1", "2", undefined]], [[["1"], "3", undefined]]));

test("without its optional package GLPK is unavailable, and the error says how to install it", async () => {
  vi.doMock("glpk.js/node", () => {
    throw new Error("Cannot find package");
  });
  const { glpkSolver } = await import("../../src/solver/glpk.js");
  const { SolverUnavailable } = await import("../../src/solver/solver.js");
  const attempt = glpkSolver.solve(program);
  await expect(attempt).rejects.toBeInstanceOf(SolverUnavailable);
  await expect(attempt).rejects.toThrow("npm install glpk.js");
});

test("when GLPK aborts the answer is a failure with its message, and the next solve starts afresh", async () => {
  const started = vi.fn();
  vi.doMock("glpk.js/node", () => ({
    default: async () => {
      started();
      const solve = () => {
        throw new Error("Aborted()");
      };
      return { version: "5.0", solve };
    },
  }));
  const { glpkSolver } = await import("../../src/solver/glpk.js");
  for (let attempt = 1; attempt <= 2; attempt++) {
    const result = await glpkSolver.solve(program);
    expect(result).toMatchObject({ termination: "failed", message: "Aborted()", objective: undefined });
    expect(started).toHaveBeenCalledTimes(attempt);
  }
});

test("a solve that is out of time is interrupted, not failed", async () => {
  const { glpkSolver } = await import("../../src/solver/glpk.js");
  const size = 120;
  const columns = Array.from({ length: size }, (_, j) => [`${-1 - (j % 7)}`, "0", undefined] as const);
  const rows = columns.map(
    (_, i) => [columns.map((_, j) => `${1 + ((i * j * 31 + i + j) % 97)}`), undefined, "1000"] as const,
  );
  const result = await glpkSolver.solve(toFloatProgram(programOf(columns, rows)), { timeLimit: 0 });
  expect(result).toMatchObject({ termination: "interrupted", message: "time limit reached" });
});
