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
import { DirectColumns } from "./direct-columns.js";
import { DirectRows, type RowMeaning } from "./direct-rows.js";
import type { LinearFormulation, Size } from "./formulation.js";

/**
 * The direct linear program (theory, section 2): every payment at every profile is a variable, every requirement a row
 * written `slack >= 0`, so that row duals are the multipliers of the proof as they stand. It applies to every problem.
 */
export function directFormulation(problem: Problem): LinearFormulation {
  const columns = new DirectColumns(problem);
  const rows = new DirectRows(problem, columns);
  return {
    name: "direct",
    program: rows.build(),
    recoverMechanism: (primal) => recoverMechanism(problem, columns, primal),
    recoverMultipliers: (dual, purpose) => recoverMultipliers(problem, rows.meanings, dual, purpose),
  };
}

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

/** The size of the direct linear program without building it; probabilities of outcomes are counted as if all were free. */
export function directSize({ environment, question, allowed }: Problem): Size {
  const { sizes, count } = environment.profiles;
  const n = environment.agentCount;
  const choices =
    question.allocation === "free" ? environment.outcomes.length : question.ties === "optimise" ? 2 : 0;
  const perUtility = 1 + (allowed.fixed(0) ? 0 : choices);
  let rows = 0;
  let nonzeros = 0;
  const add = (number: number, entries: number) => {
    rows += number;
    nonzeros += number * entries;
  };
  sizes.forEach((size, agent) => {
    const others = count / size;
    const pairs = size * (size - 1);
    if (question.ic === "bayesian") add(pairs, 2 * others * perUtility);
    if (question.ic === "ex-post") add(pairs * others, 2 * perUtility);
    if (question.ic === "dominant") {
      add(pairs * others * (environment.values[agent].dependsOnProfile ? others : 1), 2 * perUtility);
    }
    if (question.ir === "ex-ante") add(1, count * perUtility);
    if (question.ir === "interim") add(size, others * perUtility);
    if (question.ir === "ex-post") add(count, perUtility);
  });
  if (question.budget === "ex-ante") add(1, count * n);
  if (question.budget === "ex-post") add(count, n + 1);
  return { rows, columns: count * (n + 1), nonzeros };
}
