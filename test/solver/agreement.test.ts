import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { designFor } from "../../src/design.js";
import { directProgram } from "../../src/formulation/direct.js";
import { readInstance } from "../../src/instance/instance.js";
import { toFloatProgram } from "../../src/lp/float-program.js";
import { posed } from "../../src/question/problem.js";
import { isMaximised } from "../../src/question/question.js";
import { LARGEST_TABLEAU, tableauSize } from "../../src/solver/javascript-lp-solver.js";
import { solverByName, solverNames } from "../../src/solver/registry.js";
import { SolverUnavailable } from "../../src/solver/solver.js";

const files = readdirSync("instances").filter((name) => name.endsWith(".json"));

test("HiGHS, GLPK and javascript-lp-solver lead to the same exact answer on every instance that all can take", async () => {
  const compared: string[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const { environment, question, givenRule } = readInstance(
      readFileSync(`instances/${file}`, "utf8"),
      file,
    );
    const problem = posed(environment, question, givenRule);
    const program = toFloatProgram(directProgram(problem).program);
    const { rows, columns } = tableauSize(program);
    if (rows * columns > LARGEST_TABLEAU) {
      // It must say so itself, rather than try.
      const attempt = designFor(problem, { solver: solverByName("jslp"), formulation: "direct" });
      await expect(attempt, file).rejects.toBeInstanceOf(SolverUnavailable);
      refused.push(file);
      continue;
    }
    const answers = [];
    for (const name of solverNames) {
      const solver = solverByName(name);
      const { verdict, infeasible, optimum } = await designFor(problem, { solver, formulation: "direct" });
      answers.push(`${verdict}${infeasible ? ", infeasible" : ""}, ${optimum ?? "no optimum"}`);
      // Exact arithmetic would repair a wrong proposal, so each solver's own answer is looked at as well.
      const { termination, objective } = await solver.solve(program);
      expect(termination, `${name} on ${file}`).toBe(infeasible ? "infeasible" : "optimal");
      if (!optimum) continue;
      const minimum = isMaximised(problem.question) ? optimum.negate() : optimum;
      expect(objective, `${name} on ${file}`).toBeCloseTo(minimum.toNumber(), 6);
    }
    expect(answers, file).toEqual(Array(solverNames.length).fill(answers[0]));
    expect(answers[0], file).not.toContain("undecided");
    compared.push(`${file}: ${answers[0]}`);
  }
  console.log(`compared ${compared.length}:\n${compared.join("\n")}\nrefused by jslp: ${refused.join(", ")}`);
  expect(compared.length).toBeGreaterThanOrEqual(8);
  expect(compared.length + refused.length).toBe(files.length);
});
