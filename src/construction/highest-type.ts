import { Rational } from "../number/rational.js";
import type { Ground } from "./construction.js";
import { surplusOf } from "./payoff-mechanism.js";
import { notDefined } from "./preconditions.js";

/** An environment seen as one good that goes to an agent of the highest type. */
export interface HighestTypeView {
  /** The agents who have the highest type at the profile. */
  winners(profile: number): readonly number[];
  /** What the good is worth to a winner, net of producing it. */
  surplus(profile: number): Rational;
}

/**
 * Recognises KE's private good: at every profile the surplus is what the highest type can get for itself. Types are
 * compared by `rank`. Throws InputError where others, or lower types, add to it.
 */
export function highestTypeView(
  construction: string,
  ground: Ground,
  rank: (agent: number, type: number) => number,
): HighestTypeView {
  const { environment } = ground;
  const { profiles } = environment;
  const surplus = surplusOf(ground);
  const winners = (profile: number) => {
    const ranks = profiles.typesOf(profile).map((type, agent) => rank(agent, type));
    const highest = Math.max(...ranks);
    return ranks.flatMap((own, agent) => (own === highest ? [agent] : []));
  };
  for (let profile = 0; profile < profiles.count; profile++) {
    const [winner] = winners(profile);
    const alone = profiles.typeOf(profile, winner) * profiles.strides[winner];
    if (surplus(profile).equals(surplus(alone))) continue;
    throw notDefined(
      construction,
      "a private good, whose surplus depends on the highest type alone",
      `it is ${surplus(profile)} at ${environment.profileLabel(profile)} and ${surplus(alone)} at ${environment.profileLabel(alone)}`,
    );
  }
  return { winners, surplus };
}

/**
 * Payoffs where the winner pays `price(winner, its type)`, which the losers share equally. Those who tie for the
 * highest type share its part equally: each has the average of winning and losing.
 */
export function winnerPaysPayoffs(
  { environment }: Ground,
  view: HighestTypeView,
  price: (agent: number, type: number) => Rational,
): (agent: number, profile: number) => Rational {
  const { profiles, agentCount: n } = environment;
  return (agent, profile) => {
    const winners = view.winners(profile);
    const parts = winners.map((winner) => {
      const paid = price(winner, profiles.typeOf(profile, winner));
      return winner === agent ? view.surplus(profile).subtract(paid) : paid.divide(Rational.of(n - 1));
    });
    return Rational.sum(parts).divide(Rational.of(winners.length));
  };
}
