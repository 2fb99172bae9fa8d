import type { Multipliers, Price } from "../certificate/multipliers.js";
import { grouped } from "../certificate/price-blocks.js";
import type { Lottery } from "../environment/lottery.js";
import { constantMoney } from "../mechanism/forms.js";
import { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import { parameters } from "../question/parameters.js";
import type { Problem } from "../question/problem.js";
import type { Family } from "../question/requirement.js";
import { LotteryTable } from "../space/lottery-table.js";
import { DirectColumns } from "./direct/direct-columns.js";
import { DirectRows, type RowMeaning } from "./direct/direct-rows.js";
import { checkDirectSize, directSize } from "./direct/direct-size.js";
import type { Formulation, LinearFormulation } from "./formulation.js";
import { solveLinear } from "./program/solve-linear.js";

/**
 * The direct linear program (theory, section 2): every payment at every profile is a variable, every requirement a row
 * written `slack >= 0`, so that row duals are the multipliers of the proof as they stand. It applies to every problem.
 */
export function directProgram(problem: Problem): LinearFormulation {
  const columns = new DirectColumns(problem);
  const rows = new DirectRows(problem, columns);
  return {
    name: "direct",
    program: rows.build(),
    recoverMechanism: (primal) => recoverMechanism(problem, columns, primal),
    recoverMultipliers: (dual, purpose) => recoverMultipliers(rows.meanings, dual, purpose),
  };
}

/** Every problem can be posed so; what fits in memory can be solved so. */
export const direct: Formulation = {
  name: "direct",
  theorem: "the definitions",
  programs: true,
  meets: Object.keys(parameters),
  obstacle: () => undefined,
  size: directSize,
  program: (problem) => directProgram(problem).program,
  resolve: (problem, solver, limits) => {
    checkDirectSize(problem);
    return solveLinear(() => directProgram(problem), solver, limits);
  },
};

function recoverMechanism(
  { environment, givenRule }: Problem,
  columns: DirectColumns,
  primal: RationalVector,
): StructuredMechanism {
  const everywhere = <T>(of: (profile: number) => T) =>
    Array.from({ length: environment.profiles.count }, (_, s) => of(s));
  const amounts = (column: (profile: number) => number) =>
    RationalVector.from(everywhere((s) => primal.at(column(s))));
  const lottery = (s: number): Lottery =>
    columns.fixed[s] ??
    columns.outcomes[s]
      .map((outcome, k) => ({ outcome, probability: primal.at(columns.probability(s, k)) }))
      .filter((entry) => !entry.probability.isZero);
  return new StructuredMechanism(
    environment,
    {
      alike: false,
      rule: { kind: "table", lotteries: LotteryTable.from(everywhere(lottery)) },
      payments: environment.agents.map((_, i) => ({
        kind: "table",
        amounts: amounts((s) => columns.payment(i, s)),
      })),
      money:
        columns.subsidyCount > 1
          ? { kind: "table", amounts: amounts((s) => columns.subsidy(s)) }
          : constantMoney(columns.subsidyCount === 0 ? Rational.ZERO : primal.at(columns.subsidy(0))),
    },
    givenRule,
  );
}

function recoverMultipliers(
  meanings: readonly RowMeaning[],
  dual: RationalVector,
  purpose: Multipliers["purpose"],
): Multipliers {
  const prices = meanings.flatMap((meaning, row): [Family, Price][] => {
    if (meaning.kind !== "requirement") return [];
    return [[meaning.requirement.family, { ...meaning.place, weight: dual.at(row) }]];
  });
  return { purpose, alike: false, prices: grouped(prices) };
}
