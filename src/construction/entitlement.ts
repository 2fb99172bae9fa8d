import type { Environment } from "../environment/environment.js";
import { InputError } from "../fault/input-error.js";
import { interimExpectation, interimOutsideOptions } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import type { Choice, Ground } from "./construction.js";
import { requireIdenticalTypes, requirePositiveProbabilities } from "./identical-types.js";
import { exactLumpSums, formulaLumpSums, type Title } from "./lump-sum.js";
import { requireTwoAgents } from "./m1-two-agents.js";
import { continuousGround, requireCommonInterval } from "./numeric-types.js";
import { optionAmong, optionNumbers } from "./option-text.js";
import { mechanismOfPayoffs, requireEfficientPrivateGround, surplusOf } from "./payoff-mechanism.js";
import { notDefined } from "./preconditions.js";

/** What is done about outside options: nothing, or a constant side payment between the two agents. */
const outsideOptions = {
  equalised:
    "a constant side payment makes both agents' worst-off types gain equally over their outside options",
  ignored: "no side payment",
};

/** The options of M2 and M3. */
export const entitlementOptions = {
  k: "weight of the loser's type in the lump sum, from 0 to 1 (default 1)",
  "outside-options": `${Object.entries(outsideOptions)
    .map(([name, meaning]) => `${name}: ${meaning}`)
    .join("; ")} (default equalised)`,
};

/**
 * The mechanism that sells one of two agents the title to the whole surplus for a lump sum, which the other gets: M2
 * with the title to the highest type, M3 to the lowest. Throws InputError naming the condition that fails.
 */
export function entitlement(name: string, ground: Ground, title: Title, choice: Choice = {}): Mechanism {
  const { environment } = ground;
  const { profiles } = environment;
  requireTwoAgents(name, ground);
  requireEfficientPrivateGround(name, ground);
  requireIdenticalTypes(name, environment);
  const surplus = surplusOf(ground);
  requireSymmetricSurplus(name, environment, surplus);
  const k = weightOption(choice);
  const lumpSums = lumpSumsOf(name, ground, title, k, choice.version ?? "exact", surplus);
  const mode = optionAmong(choice.options, "outside-options", outsideOptions, "equalised");
  const sidePayments =
    mode === "equalised" ? sidePaymentsOf(environment, surplus) : [Rational.ZERO, Rational.ZERO];

  return mechanismOfPayoffs(ground, (agent, profile) => {
    const own = profiles.typeOf(profile, agent);
    const other = profiles.typeOf(profile, 1 - agent);
    if (own === other) return surplus(profile).divide(Rational.of(2)).add(sidePayments[agent]);
    const wins = title === "highest" ? own > other : own < other;
    const [winner, loser] = wins ? [own, other] : [other, own];
    const lumpSum = Rational.ONE.subtract(k).multiply(lumpSums[winner]).add(k.multiply(lumpSums[loser]));
    return (wins ? surplus(profile).subtract(lumpSum) : lumpSum).add(sidePayments[agent]);
  });
}

function lumpSumsOf(
  name: string,
  ground: Ground,
  title: Title,
  k: Rational,
  version: "exact" | "formula",
  surplus: (profile: number) => Rational,
): Rational[] {
  const { profiles, prior } = ground.environment;
  if (version === "formula") {
    const continuous = continuousGround(name, ground);
    requireCommonInterval(name, continuous);
    return formulaLumpSums(continuous, title, k.toNumber()).map((value, type) => {
      if (Number.isFinite(value)) return Rational.fromDouble(value);
      const label = ground.environment.typeLabel(0, type);
      throw notDefined(`${name} by its formula`, "a positive density", `it vanishes at type ${label}`);
    });
  }
  requirePositiveProbabilities(name, ground.environment);
  const probabilities = prior.marginals[0].toRationals();
  const last = probabilities.length - 1;
  if (title === "highest")
    return exactLumpSums(probabilities, (a, b) => surplus(profiles.profileOf([a, b])), k);
  const mirrored = (a: number, b: number) => surplus(profiles.profileOf([last - a, last - b]));
  return exactLumpSums([...probabilities].reverse(), mirrored, k).reverse();
}

function weightOption({ options }: Choice): Rational {
  const k = optionNumbers(options, "k", 1)?.[0] ?? Rational.ONE;
  if (k.sign >= 0 && k.compare(Rational.ONE) <= 0) return k;
  throw new InputError("k", `${k}`, "a number from 0 to 1");
}

function requireSymmetricSurplus(
  name: string,
  environment: Environment,
  surplus: (profile: number) => Rational,
): void {
  const { profiles } = environment;
  for (let profile = 0; profile < profiles.count; profile++) {
    const [a, b] = profiles.typesOf(profile);
    const mirrored = profiles.profileOf([b, a]);
    if (a > b || surplus(profile).equals(surplus(mirrored))) continue;
    const found = `it is ${surplus(profile)} at ${environment.profileLabel(profile)} and ${surplus(mirrored)} at ${environment.profileLabel(mirrored)}`;
    throw notDefined(name, "a symmetric surplus", found);
  }
}

/** Half the difference of what the worst-off types gain: `min_a E[S(a, s_-i)] - u_i(a)`, KE Lemma 1 and Prop. 6. */
function sidePaymentsOf(environment: Environment, surplus: (profile: number) => Rational): Rational[] {
  const least = environment.agents.map((agent, i) => {
    const outside = interimOutsideOptions(environment, i);
    return agent.types
      .map((_, type) => interimExpectation(environment, i, type, surplus).subtract(outside[type]))
      .reduce(Rational.minimum);
  });
  const half = least[1].subtract(least[0]).divide(Rational.of(2));
  return [half, half.negate()];
}
