import { efficientOutcomes } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { type AllocationRule, certain, type Lottery, uniformLottery } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { exchangeability } from "./exchangeability.js";
import { orbitPlace } from "./orbit-place.js";
import { outcomeClasses, sorted, swappedBack } from "./orbits.js";
import type { PricedRule, Rule } from "./rule.js";

/**
 * The lotteries that a rule chooses, profile by profile and from the definitions alone; see `Rule`. Throws RangeError for the given
 * rule where there is none, and for agents who are not alike.
 */
export function lotteries(
  environment: Environment,
  rule: Rule,
  given: AllocationRule | undefined,
  alike: boolean,
): AllocationRule {
  if (!alike)
    return evaluator(
      environment,
      rule,
      given,
      (s, x) => certainly(s, x),
      (s) => s,
    );
  const exchange = exchangeability(environment);
  if (!exchange) throw new RangeError("the agents are not alike");
  const all = environment.outcomes.map((_, x) => x);
  const together = (s: number, x: number): Lottery => {
    const types = environment.profiles.typesOf(s);
    return uniformLottery(outcomeClasses({ types }, all, exchange).find((members) => members.includes(x))!);
  };
  const place = orbitPlace(environment);
  const increasing = evaluator(environment, rule, given, together, place);
  return (profile) => {
    const found = sorted(environment, profile);
    return swappedBack(increasing(found.profile), found.swaps, exchange);
  };
}

function certainly(_profile: number, x: number): Lottery {
  return certain(x);
}

function evaluator(
  environment: Environment,
  rule: Rule,
  given: AllocationRule | undefined,
  settled: (profile: number, outcome: number) => Lottery,
  place: (profile: number) => number,
): AllocationRule {
  switch (rule.kind) {
    case "given":
      if (!given) throw new RangeError("the instance has no allocation rule");
      return given;
    case "table":
      return (profile) => rule.lotteries.at(place(profile));
    case "efficient":
      return (profile) => {
        const best = efficientOutcomes(environment, profile);
        if (best.length === 1) return certain(best[0]);
        if (rule.ties === "uniform") return uniformLottery(best);
        return settled(profile, rule.ties === "first" ? best[0] : best[best.length - 1]);
      };
    case "priced":
      return (profile) => settled(profile, firstOfBest(environment, rule, profile));
    case "except": {
      const otherwise = evaluator(environment, rule.rule, given, settled, place);
      return (profile) => rule.lotteries.get(profile) ?? otherwise(profile);
    }
    case "mixture": {
      const parts = rule.parts.map((part) => ({
        weight: part.weight,
        lottery: evaluator(environment, part.rule, given, settled, place),
      }));
      return (profile) => mixed(parts.map(({ weight, lottery }) => [weight, lottery(profile)] as const));
    }
  }
}

/** The first outcome of the greatest virtual welfare. */
function firstOfBest(
  environment: Environment,
  { among, perOutcome, perCost }: PricedRule,
  profile: number,
): number {
  const { profiles, prior, costs, outcomes } = environment;
  const types = profiles.typesOf(profile);
  const candidates = among === "all" ? outcomes.map((_, x) => x) : efficientOutcomes(environment, profile);
  const impossible = types.flatMap((type, i) => (prior.marginals[i].numeratorAt(type) === 0n ? [i] : []));
  const weight = (i: number, x: number) => BigInt(perOutcome[i][types[i] * outcomes.length + x]);
  const worth = (x: number): bigint => {
    if (impossible.length > 1) return 0n;
    if (impossible.length === 1) return weight(impossible[0], x);
    const cost = BigInt(perCost) * BigInt(costs.numerator(0, profile, x));
    return types.reduce((total, _, i) => total + weight(i, x), -cost);
  };
  return candidates.reduce((best, x) => (worth(x) > worth(best) ? x : best));
}

function mixed(parts: readonly (readonly [weight: Rational, lottery: Lottery])[]): Lottery {
  const chances = new Map<number, RationalSum>();
  for (const [weight, lottery] of parts) {
    for (const { outcome, probability } of lottery) {
      const chance = chances.get(outcome) ?? new RationalSum();
      chances.set(outcome, chance.addProduct(weight, probability));
    }
  }
  return Array.from(chances, ([outcome, chance]) => ({ outcome, probability: chance.value }));
}

/** Probabilities by outcome, to compare lotteries in whatever order they list their outcomes. */
export function sameLottery(a: Lottery, b: Lottery): boolean {
  const chance = (lottery: Lottery, x: number) =>
    Rational.sum(lottery.filter(({ outcome }) => outcome === x).map(({ probability }) => probability));
  return [...a, ...b].every(({ outcome }) => chance(a, outcome).equals(chance(b, outcome)));
}
