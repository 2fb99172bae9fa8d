import type { Lottery } from "../environment/lottery.js";
import { type Mechanism, tableMechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../problem/problem.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "../proof/multipliers.js";
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
    recoverMultipliers: (dual, purpose) => recoverMultipliers(problem, rows.meanings, dual, purpose),
  };
}

/** Every problem can be posed so; what fits in memory can be solved so. */
export const direct: Formulation = {
  name: "direct",
  theorem: "the definitions",
  programs: true,
  obstacle: () => undefined,
  size: directSize,
  resolve: async (problem, solver, limits) => {
    checkDirectSize(problem);
    return solveLinear(() => directProgram(problem), solver, limits);
  },
};

function recoverMechanism(problem: Problem, columns: DirectColumns, primal: RationalVector): Mechanism {
  const { environment } = problem;
  const profiles = Array.from({ length: environment.profiles.count }, (_, s) => s);
  const lottery = (s: number): Lottery =>
    columns.fixed[s] ??
    columns.outcomes[s]
      .map((outcome, k) => ({ outcome, probability: primal.at(columns.probability(s, k)) }))
      .filter((entry) => !entry.probability.isZero);
  return tableMechanism({
    lotteries: profiles.map(lottery),
    payments: environment.agents.map((_, i) =>
      RationalVector.from(profiles.map((s) => primal.at(columns.payment(i, s)))),
    ),
    subsidies:
      columns.subsidyCount === 0
        ? undefined
        : RationalVector.from(profiles.map((s) => primal.at(columns.subsidy(s)))),
  });
}

function recoverMultipliers(
  problem: Problem,
  meanings: readonly RowMeaning[],
  dual: RationalVector,
  purpose: Multipliers["purpose"],
): Multipliers {
  const incentive: IncentiveMultiplier[] = [];
  const participation: ParticipationMultiplier[] = [];
  const prices = new Array<Rational>(problem.environment.profiles.count).fill(Rational.ZERO);
  let budget: BudgetPrices = { kind: "none" };
  meanings.forEach((meaning, row) => {
    const weight = dual.at(row);
    if (meaning.kind === "budget") {
      if (meaning.profile === undefined) budget = { kind: "expectation", price: weight };
      else prices[meaning.profile] = weight;
    } else if (weight.isZero) return;
    else if (meaning.kind === "incentive") {
      const { kind: _, ...requirement } = meaning;
      incentive.push({ ...requirement, weight });
    } else if (meaning.kind === "participation") {
      const { kind: _, ...requirement } = meaning;
      participation.push({ ...requirement, weight });
    }
  });
  if (problem.question.budget === "ex-post")
    budget = { kind: "profile", prices: RationalVector.from(prices) };
  return { purpose, incentive, participation, budget };
}
