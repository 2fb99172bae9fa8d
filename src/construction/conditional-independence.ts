import type { Environment } from "../environment/environment.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { lazyTable } from "./lazy-table.js";
import { notDefined } from "./preconditions.js";

/** Probability of a profile with some agents' types forgotten. */
function marginalOver(environment: Environment, forgotten: readonly number[]): (profile: number) => Rational {
  const { profiles, prior } = environment;
  const representative = (profile: number) =>
    forgotten.reduce((s, agent) => profiles.replace(s, agent, 0), profile);
  const totals = new Map<number, RationalSum>();
  for (let s = 0; s < profiles.count; s++) {
    const key = representative(s);
    const total = totals.get(key) ?? new RationalSum();
    totals.set(key, total.add(prior.probability(s)));
  }
  return (profile) => totals.get(representative(profile))!.value;
}

/**
 * A profile at which the types of `i` and `j` are not independent given everybody else's (BN's CIND,
 * `p(s) p(s_-ij) = p(s_-j) p(s_-i)`), or undefined when CIND holds.
 */
export function conditionalDependence(environment: Environment, i: number, j: number): number | undefined {
  if (environment.prior.kind === "independent") return undefined;
  const withoutBoth = marginalOver(environment, [i, j]);
  const withoutFirst = marginalOver(environment, [i]);
  const withoutSecond = marginalOver(environment, [j]);
  for (let s = 0; s < environment.profiles.count; s++) {
    const joint = environment.prior.probability(s).multiply(withoutBoth(s));
    if (!joint.equals(withoutFirst(s).multiply(withoutSecond(s)))) return s;
  }
  return undefined;
}

/** Throws InputError, naming a profile, where CIND fails for the two agents. */
export function requireConditionalIndependence(
  construction: string,
  environment: Environment,
  i: number,
  j: number,
): void {
  const profile = conditionalDependence(environment, i, j);
  if (profile === undefined) return;
  const [first, second] = [environment.agents[i].name, environment.agents[j].name];
  throw notDefined(
    construction,
    `types of ${first} and ${second} that are independent given the others' (CIND)`,
    `they are not at ${environment.profileLabel(profile)}`,
  );
}

/**
 * `E[x(s_i, s_j, s_-ij) | s_-ij]` over `j`'s type alone, with `i`'s type held: under CIND the expectation given `i`'s
 * type as well. Where the others' types have probability zero, `j`'s types count equally; nothing depends on it.
 */
export function conditionalOnAllBut(
  environment: Environment,
  i: number,
  j: number,
  of: (profile: number) => Rational,
): (profile: number) => Rational {
  const { profiles } = environment;
  const withoutFirst = marginalOver(environment, [i]);
  const withoutBoth = marginalOver(environment, [i, j]);
  const expected = lazyTable((profile) => {
    const whole = withoutBoth(profile);
    const total = new RationalSum();
    for (let type = 0; type < profiles.sizes[j]; type++) {
      const s = profiles.replace(profile, j, type);
      const probability = whole.isZero ? Rational.of(1, profiles.sizes[j]) : withoutFirst(s).divide(whole);
      if (!probability.isZero) total.addProduct(probability, of(s));
    }
    return total.value;
  });
  return (profile) => expected(profiles.replace(profile, j, 0));
}
