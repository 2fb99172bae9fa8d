import { efficientOutcomes } from "../../environment/efficiency.js";
import type { Environment } from "../../environment/environment.js";
import { RationalSum } from "../../number/rational-sum.js";
import { packIntegers, RationalVector } from "../../number/rational-vector.js";
import { type KnownRule, lotteriesOf } from "../known-rule.js";
import { EfficientRows } from "./efficient-rows.js";
import { EfficientThresholds } from "./efficient-thresholds.js";
import { type InterimSums, rowPass } from "./interim-row-pass.js";
import { thresholdPass } from "./interim-threshold-pass.js";

/** What a rule means to each type before it knows the others', with an independent prior. */
export interface InterimOutcomes {
  /** `probabilities[i].at(type * outcomeCount + outcome)`: the outcome's probability when agent `i` reports the type. */
  readonly probabilities: readonly RationalVector[];
  /** `E[r | type of the first agent]`, by type. */
  readonly costs: RationalVector;
  /** Profiles with more than one efficient outcome, where the rule is efficient. */
  readonly tied: readonly number[];
}

/**
 * One pass over all profiles, none of which is stored: machine integers while every sum provably fits 2^53, fractions
 * otherwise. The prior must be independent.
 */
export function interimOutcomes(environment: Environment, rule: KnownRule): InterimOutcomes {
  if (rule.kind === "efficient") {
    const shares = rule.ties === "uniform" ? commonMultiple(environment.outcomes.length) : 1;
    if (sumsFit(environment, shares)) {
      const thresholds = EfficientThresholds.of(environment);
      if (thresholds)
        return outcomesOf(environment, thresholdPass(environment, thresholds, rule.ties, shares));
      const rows = EfficientRows.of(environment);
      if (rows) return outcomesOf(environment, rowPass(environment, rows, rule.ties, shares));
    }
  }
  return plainPass(environment, rule);
}

/** The least number that 1 to `count` divide, so that a lottery over tied outcomes has whole shares. */
function commonMultiple(count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let multiple = 1;
  for (let k = 2; k <= count; k++) multiple = (multiple / divisor(multiple, k)) * k;
  return multiple;
}

function sumsFit({ prior, costs }: Environment, shares: number): boolean {
  let mass = shares;
  for (const { numerators, denominator } of prior.marginals) {
    if (!(numerators instanceof Float64Array)) return false;
    mass *= Number(denominator);
  }
  let largest = 1;
  if (costs.dependsOnProfile) {
    for (const cost of costs.entries.numerators) largest = Math.max(largest, Math.abs(Number(cost)));
  }
  return mass * largest <= Number.MAX_SAFE_INTEGER;
}

function outcomesOf(environment: Environment, { sums, costs, shares, tied }: InterimSums): InterimOutcomes {
  const over = (agent: number) =>
    environment.prior.marginals.reduce(
      (product, { denominator }, j) => (j === agent ? product : product * denominator),
      BigInt(shares),
    );
  const probabilities = sums.map((sum, agent) => new RationalVector(sum, over(agent)));
  return {
    probabilities,
    costs: costs
      ? new RationalVector(costs, over(0) * environment.moneyDenominator)
      : costsByOutcome(environment, probabilities[0]),
    tied,
  };
}

function costsByOutcome(
  { costs, outcomes, profiles }: Environment,
  probability: RationalVector,
): RationalVector {
  const width = outcomes.length;
  if (costs.entries.greatestNumerator() === 0) return RationalVector.zeros(profiles.sizes[0]);
  const totals = Array.from({ length: profiles.sizes[0] }, (_, type) => {
    let total = 0n;
    for (let x = 0; x < width; x++) {
      const cost = costs.numerator(0, 0, x);
      if (Number(cost) !== 0) total += probability.numeratorAt(type * width + x) * BigInt(cost);
    }
    return total;
  });
  return new RationalVector(packIntegers(totals), probability.denominator * costs.entries.denominator);
}

/** The same from the definitions, in fractions. */
function plainPass(environment: Environment, rule: KnownRule): InterimOutcomes {
  const { profiles, prior, outcomes } = environment;
  const width = outcomes.length;
  const lotteries = lotteriesOf(environment, rule);
  const sums = profiles.sizes.map((size) => Array.from({ length: size * width }, () => new RationalSum()));
  const costs = Array.from({ length: profiles.sizes[0] }, () => new RationalSum());
  const tied: number[] = [];
  for (let s = 0; s < profiles.count; s++) {
    if (rule.kind === "efficient" && efficientOutcomes(environment, s).length > 1) tied.push(s);
    const lottery = lotteries(s);
    sums.forEach((sum, agent) => {
      const belief = prior.belief(agent, s);
      if (belief.isZero) return;
      const type = profiles.typeOf(s, agent);
      for (const { outcome, probability } of lottery) {
        sum[type * width + outcome].addProduct(belief, probability);
        if (agent === 0) costs[type].addProduct(belief.multiply(probability), environment.cost(outcome, s));
      }
    });
  }
  const vector = (sum: RationalSum[]) => RationalVector.from(sum.map((entry) => entry.value));
  return { probabilities: sums.map(vector), costs: vector(costs), tied };
}
