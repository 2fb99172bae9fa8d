import type { Multipliers } from "../certificate/multipliers.js";
import { gains } from "../environment/efficiency.js";
import { certain, type Lottery } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { looks } from "../question/linear-form.js";
import type { Problem } from "../question/problem.js";
import { type PricedInequality, pricedInequalities } from "./priced-inequalities.js";

/** Where a known number comes from. */
export type Source = "value" | "value of the report" | "outside option" | "cost" | "margin";

/** An inequality of a proof without what is paid, which cancels. */
export interface KnownNumber extends PricedInequality {
  /** What its number is the sum of, with signs; what is zero is left out. */
  readonly parts: readonly (readonly [source: Source, amount: Rational])[];
  /** The weight times the sum of the parts. */
  readonly product: Rational;
}

/** The numbers that a proof adds up, once payments have cancelled. */
export interface ProofSum {
  readonly numbers: readonly KnownNumber[];
  /** What the objective itself adds where it is maximised: gains, or what surplus is without payments. */
  readonly objective: Rational | undefined;
  /** All of them: never less than zero, but for outside money, if there is a mechanism. */
  readonly total: Rational;
  /** By profile: the outcome that makes the sum largest, where the lottery is left to the design. */
  readonly chosen: ReadonlyMap<number, number>;
}

/** Looking at more profiles than this, over all inequalities, takes long. */
const MOST_LOOKS = 1_000_000;

/** Undefined where there are too many numbers. The multipliers must have been verified. */
export function proofSum(problem: Problem, multipliers: Multipliers): ProofSum | undefined {
  const priced = pricedInequalities(problem, multipliers);
  const { environment, allowed } = problem;
  const { profiles } = environment;
  if (!priced || lookCount(problem, priced) > MOST_LOOKS) return undefined;
  const maximised = multipliers.purpose === "bound" ? problem.question.objective : "feasibility";
  const chosen = chosenOutcomes(problem, priced, maximised);
  const lottery = (s: number): Lottery => allowed.fixed(s) ?? certain(chosen.get(s)!);
  const numbers = priced.map((one) => known(problem, one, lottery));
  let objective: Rational | undefined;
  if (maximised === "max-gains" || maximised === "max-surplus") {
    const sum = new RationalSum();
    for (let s = 0; s < profiles.count; s++) {
      for (const { outcome, probability } of lottery(s)) {
        const share = probability.multiply(environment.prior.probability(s));
        sum.addProduct(share, objectiveOf(problem, maximised, outcome, s));
      }
    }
    objective = sum.value;
  }
  const products = numbers.map(({ product }) => product);
  return { numbers, objective, chosen, total: Rational.sum([...products, objective ?? Rational.ZERO]) };
}

function lookCount({ environment: { profiles } }: Problem, priced: readonly PricedInequality[]): number {
  return priced.reduce((total, { place: { agent, type, profile } }) => {
    if (profile !== undefined) return total + 1;
    return total + (type === undefined ? profiles.count : profiles.count / profiles.sizes[agent!]);
  }, 0);
}

function objectiveOf(
  { environment }: Problem,
  objective: "max-gains" | "max-surplus",
  outcome: number,
  s: number,
): Rational {
  return objective === "max-gains" ? gains(environment, outcome, s) : environment.cost(outcome, s).negate();
}

/** At every profile where there is a choice: the outcome whose coefficient in the sum is largest. */
function chosenOutcomes(
  problem: Problem,
  priced: readonly PricedInequality[],
  objective: string,
): Map<number, number> {
  const { environment, allowed } = problem;
  const open = new Map<number, { outcomes: readonly number[]; sums: RationalSum[] }>();
  for (let s = 0; s < environment.profiles.count; s++) {
    if (allowed.fixed(s)) continue;
    const outcomes = allowed.outcomes(s);
    const sums = outcomes.map((x) => {
      const sum = new RationalSum();
      if (objective === "max-gains" || objective === "max-surplus")
        sum.addProduct(environment.prior.probability(s), objectiveOf(problem, objective, x, s));
      return sum;
    });
    open.set(s, { outcomes, sums });
  }
  if (open.size === 0) return new Map();
  for (const { requirement, place, weight } of priced) {
    const { value = 0, cost = 0 } = requirement.terms;
    for (const { factor, reported, truth } of looks(environment, requirement, place)) {
      const there = open.get(reported);
      if (!there) continue;
      const times = weight.multiply(factor);
      there.outcomes.forEach((x, k) => {
        if (value)
          there.sums[k].addProduct(
            times,
            environment.value(place.agent!, x, truth).multiply(Rational.of(value)),
          );
        if (cost) there.sums[k].addProduct(times, environment.cost(x, truth).multiply(Rational.of(cost)));
      });
    }
  }
  return new Map(
    Array.from(open, ([s, { outcomes, sums }]) => {
      const amounts = sums.map((sum) => sum.value);
      const most = amounts.reduce(Rational.maximum);
      return [s, outcomes[amounts.findIndex((amount) => amount.equals(most))]];
    }),
  );
}

function known(
  { environment }: Problem,
  { requirement, place, weight }: PricedInequality,
  lottery: (s: number) => Lottery,
): KnownNumber {
  const { value = 0, outside = 0, cost = 0 } = requirement.terms;
  const sums = new Map<Source, RationalSum>();
  const add = (source: Source, factor: Rational, amount: Rational) => {
    const sum = sums.get(source) ?? new RationalSum();
    sums.set(source, sum.addProduct(factor, amount));
  };
  for (const { factor, reported, truth } of looks(environment, requirement, place)) {
    for (const { outcome, probability } of lottery(reported)) {
      const share = factor.multiply(probability);
      const worth = value ? environment.value(place.agent!, outcome, truth) : Rational.ZERO;
      if (value)
        add(factor.sign < 0 ? "value of the report" : "value", share.multiply(Rational.of(value)), worth);
      if (cost) add("cost", share.multiply(Rational.of(cost)), environment.cost(outcome, truth));
    }
    if (outside)
      add(
        "outside option",
        factor.multiply(Rational.of(outside)),
        environment.outsideOption(place.agent!, truth),
      );
  }
  add("margin", Rational.ONE, requirement.margin);
  const all = Array.from(sums, ([source, sum]) => [source, sum.value] as const);
  const parts = all.filter(([, amount]) => !amount.isZero);
  const product = weight.multiply(Rational.sum(parts.map(([, amount]) => amount)));
  return { requirement, place, weight, parts, product };
}
