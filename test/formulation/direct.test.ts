import { describe, expect, test } from "vitest";
import { certain } from "../../src/environment/lottery.js";
import { checkDirectSize, directSize } from "../../src/formulation/direct/direct-size.js";
import { direct, directProgram } from "../../src/formulation/direct.js";
import { boundOf } from "../../src/kernel/bound.js";
import { auditRequirements } from "../../src/kernel/judged-mechanism.js";
import { nonzeroCount } from "../../src/lp/linear-program.js";
import { tabulate } from "../../src/mechanism/mechanism.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { posed } from "../../src/question/problem.js";
import type { Question } from "../../src/question/question.js";
import { film, filmWith, vector } from "../environment/hand-made.js";
import { resolved } from "./resolved.js";

// Two agents with two types each; only at low-high are both outcomes efficient.
const environment = filmWith();
const programOf = (question: Partial<Question>) => directProgram(posed(environment, question)).program;
const size = (question: Partial<Question>, where = environment) => {
  const { rowCount, columnCount } = directProgram(posed(where, question, () => certain(1))).program;
  return [rowCount, columnCount];
};
const names = (count: number, name: (k: number) => string) =>
  Array.from({ length: count }, (_, k) => name(k));

describe("rows are the requirements, columns the payments, open probabilities and outside money", () => {
  const bare = { ic: "none", ir: "none", budget: "none", ties: "first" } as const;

  test.each([
    // Eight payments; then one requirement at a time.
    [bare, 0, 8],
    [{ ...bare, ic: "bayesian" }, 4, 8],
    [{ ...bare, ic: "ex-post" }, 8, 8],
    [{ ...bare, ic: "dominant" }, 8, 8],
    [{ ...bare, ir: "ex-ante" }, 2, 8],
    [{ ...bare, ir: "interim" }, 4, 8],
    [{ ...bare, ir: "ex-post" }, 8, 8],
    [{ ...bare, budget: "ex-post" }, 4, 8 + 4],
    [{ ...bare, budget: "ex-ante" }, 1, 8 + 1],
    [{ ...bare, budget: "ex-post", objective: "max-gains" }, 4, 8],
    [{ ...bare, budget: "ex-post", objective: "min-worst-subsidy" }, 4 + 4, 8 + 4 + 1],
    [{ ...bare, budget: "ex-ante", objective: "min-worst-subsidy" }, 1, 8 + 1],
    // A tie at one profile, or a choice at all four: a sum of probabilities each.
    [{ ...bare, ties: "optimise" }, 1, 8 + 2],
    [{ ...bare, allocation: "free" }, 4, 8 + 8],
    [{ ...bare, allocation: "given" }, 0, 8],
    [{}, 1 + 4 + 4 + 4, 8 + 2 + 4],
  ] as const)("%j: %i rows, %i columns", (question, rows, columns) => {
    expect(size(question)).toEqual([rows, columns]);
  });

  test("with interdependent values a dominant strategy withstands every lie of the others", () => {
    const [ann, bob] = film.agents;
    const values = { shape: "profile-outcome", entries: vector(0, -1, 0, 1, 0, 3, 0, 5) } as const;
    const together = filmWith({ agents: [{ ...ann, values }, bob] });
    // Ann: 2 misreports, 2 truths and 2 reports of bob's; bob: 2 misreports and 2 reports of ann's.
    expect(size({ ...bare, ic: "dominant" }, together)).toEqual([8 + 4, 8]);
    expect(size({ ...bare, ic: "ex-post" }, together)).toEqual([8, 8]);
  });
});

describe("everything is named by labels", () => {
  test("columns", () => {
    const { columnCount, columnName } = programOf({ objective: "min-worst-subsidy" });
    expect(names(columnCount, columnName)).toEqual([
      "pays(ann; low, low)",
      "pays(ann; low, high)",
      "pays(ann; high, low)",
      "pays(ann; high, high)",
      "pays(bob; low, low)",
      "pays(bob; low, high)",
      "pays(bob; high, low)",
      "pays(bob; high, high)",
      "chooses(stay; low, high)",
      "chooses(go; low, high)",
      "subsidy(low, low)",
      "subsidy(low, high)",
      "subsidy(high, low)",
      "subsidy(high, high)",
      "largest subsidy",
    ]);
  });

  test("rows", () => {
    const { rowCount, rowName } = programOf({});
    expect(names(rowCount, rowName)).toEqual([
      "probability at ann low, bob high",
      "IC of ann low against reporting high",
      "IC of ann high against reporting low",
      "IC of bob low against reporting high",
      "IC of bob high against reporting low",
      "participation of ann low",
      "participation of ann high",
      "participation of bob low",
      "participation of bob high",
      "budget at ann low, bob low",
      "budget at ann low, bob high",
      "budget at ann high, bob low",
      "budget at ann high, bob high",
    ]);
    const other = programOf({ ic: "dominant", ir: "ex-ante", budget: "ex-ante", ties: "first" });
    expect(names(other.rowCount, other.rowName).slice(6)).toEqual([
      "IC of bob high facing ann low against reporting low",
      "IC of bob high facing ann high against reporting low",
      "participation of ann before its type is known",
      "participation of bob before its type is known",
      "budget in expectation",
    ]);
    const exPost = programOf({ ic: "none", ir: "ex-post", budget: "none", ties: "first" });
    expect(exPost.rowName(7)).toBe("participation of bob at ann high, bob high");
  });
});

test("a row is the definition's inequality: a low ann who expects 2/3 of what she is offered", () => {
  const { program } = directProgram(posed(environment, { ties: "last" }));
  const row = 4; // participation of ann low
  expect(program.rowName(row)).toBe("participation of ann low");
  const terms: [string, string][] = [];
  for (let k = program.rowStart[row]; k < program.rowStart[row + 1]; k++) {
    const coefficient = Rational.of(program.numerator[k], program.rowDenominator[row]);
    terms.push([program.columnName(program.column[k]), String(coefficient)]);
  }
  // 2/3 * 1 - 1/3 t(low, low) - 2/3 t(low, high) >= 0
  expect(terms).toEqual([
    ["pays(ann; low, low)", "-1/3"],
    ["pays(ann; low, high)", "-2/3"],
  ]);
  expect([String(program.rowLower[row]), program.rowUpper[row]]).toEqual(["-2/3", undefined]);
});

test("a solution is read back as the mechanism that it names", () => {
  const formulation = directProgram(posed(environment));
  const { columnCount } = formulation.program;
  expect(columnCount).toBe(14);
  const primal = vector(1, 2, 3, 4, 5, 6, 7, 8, "1/3", "2/3", 0, "1/2", 0, 9);
  const { lotteries, payments, subsidies } = tabulate(formulation.recoverMechanism(primal), 2, 4);
  expect(
    lotteries.map((lottery) => lottery.map(({ outcome, probability }) => `${outcome}: ${probability}`)),
  ).toEqual([["0: 1"], ["0: 1/3", "1: 2/3"], ["1: 1"], ["1: 1"]]);
  expect(payments.map((table) => table.toRationals().map(String).join(" "))).toEqual(["1 2 3 4", "5 6 7 8"]);
  expect(subsidies!.toRationals().map(String)).toEqual(["0", "1/2", "0", "9"]);
});

test("duals are read back as multipliers of the requirements that they price", () => {
  const formulation = directProgram(posed(environment));
  const dual = RationalVector.from(Array.from({ length: 13 }, (_, row) => Rational.of(row % 2 ? row : 0)));
  const { prices } = formulation.recoverMultipliers(dual, "bound");
  const on = (family: string) =>
    prices.flatMap((block) => (block.kind === "list" && block.on === family ? [...block.entries] : []));
  expect(
    on("incentive").map(({ agent, type, report, weight }) => [agent, type, report, String(weight)]),
  ).toEqual([
    [0, 0, 1, "1"],
    [1, 0, 1, "3"],
  ]);
  expect(on("participation").map(({ agent, type, weight }) => [agent, type, String(weight)])).toEqual([
    [0, 0, "5"],
    [1, 0, "7"],
  ]);
  expect(on("budget").map(({ profile, weight }) => [profile, String(weight)])).toEqual([
    [0, "9"],
    [2, "11"],
  ]);
});

test("the mechanism that it finds meets every requirement, and the multipliers bound it by the same fraction", async () => {
  const problem = posed(environment, { ties: "last" });
  const { mechanism, multipliers, size: solved } = await resolved(direct, problem);
  expect(auditRequirements(problem, mechanism!).filter(({ holds }) => !holds)).toEqual([]);
  const subsidy = [0, 1, 2, 3].map((s) => mechanism!.subsidy(s).multiply(environment.prior.probability(s)));
  expect(String(Rational.sum(subsidy))).toBe(String(boundOf(problem, multipliers!)));
  expect(solved.rows).toBe(12);
});

describe("its size is known before it is built", () => {
  test("to the row for rules without ties", () => {
    for (const ic of ["bayesian", "ex-post", "dominant"] as const) {
      for (const ir of ["ex-ante", "interim", "ex-post"] as const) {
        for (const budget of ["ex-ante", "ex-post"] as const) {
          const problem = posed(environment, { ic, ir, budget, ties: "first" });
          const { program } = directProgram(problem);
          expect(directSize(problem).rows, `${ic} ${ir} ${budget}`).toBe(program.rowCount);
          expect(directSize(problem).nonzeros, `${ic} ${ir} ${budget}`).toBeGreaterThanOrEqual(
            nonzeroCount(program),
          );
        }
      }
    }
  });

  test("and where it does not fit in memory, the refusal says how large it would be", () => {
    const types = Array.from({ length: 400 }, (_, type) => `${type}`);
    const values = { shape: "type-outcome", entries: RationalVector.zeros(800) } as const;
    const prior = RationalVector.from(types.map(() => Rational.of(1, 400)));
    const large = filmWith({
      agents: ["ann", "bob"].map((name) => ({ name, types, values })),
      prior: { kind: "independent", marginals: [prior, prior] },
    });
    expect(() => checkDirectSize(posed(large, { ties: "first" }))).toThrow(
      "the direct linear program would have 480,000 rows, 480,000 columns and 256,160,000 coefficients, about 23.9 GiB; " +
        "expected at most 20,000,000 coefficients: a coarser grid, or fewer agents",
    );
    expect(() => checkDirectSize(posed(environment))).not.toThrow();
  });
});
