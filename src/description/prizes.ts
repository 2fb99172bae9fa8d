import type { Environment } from "../environment/environment.js";
import { type Integer, isZero } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import { decimalOrFraction, parseRational } from "../number/rational-text.js";

/** Outcomes each of which is for one agent alone, as of one good: whose it is, and what it is worth to whom. */
export interface Prizes {
  /** What every prize costs beyond what there is without one; the same for all. */
  readonly cost: Rational;
  /** Whether types are called by what their prize is worth. */
  readonly isEvident: boolean;
}

/**
 * Whether every outcome but `otherwise` is a prize: worth something to one agent, and to nobody else. Without `otherwise` all are
 * prizes. Undefined where they are not.
 */
export function prizesOf(environment: Environment, otherwise: number | undefined): Prizes | undefined {
  const { outcomes, agents, values, costs, moneyDenominator } = environment;
  if (values.some((table) => table.dependsOnProfile) || costs.dependsOnProfile) return undefined;
  const prizes = outcomes.flatMap((_, x) => (x === otherwise ? [] : [x]));
  if (prizes.length < 2 || prizes.length !== agents.length) return undefined;
  const owners = new Set<number>();
  const gains: { agent: number; gain: readonly Integer[] }[] = [];
  for (const x of prizes) {
    const owner = agents.findIndex((_, i) => isPrizeOf(environment, i, x));
    if (owner < 0 || owners.has(owner)) return undefined;
    owners.add(owner);
    const table = values[owner];
    gains.push({
      agent: owner,
      gain: agents[owner].types.map((_, type) => table.numerator(type, 0, x)),
    });
  }
  const charge = (x: number | undefined) => (x === undefined ? Rational.ZERO : environment.cost(x, 0));
  const cost = charge(prizes[0]).subtract(charge(otherwise));
  if (prizes.some((x) => !charge(x).subtract(charge(otherwise)).equals(cost))) return undefined;
  const isEvident = gains.every(({ agent, gain }) =>
    gain.every(
      (amount, type) =>
        parseRational(agents[agent].types[type])?.equals(Rational.of(BigInt(amount), moneyDenominator)) ===
        true,
    ),
  );
  return { cost, isEvident };
}

/** Whether no other outcome is worth anything to the agent, and this one is something to some of its types, and costs none. */
function isPrizeOf({ values, outcomes, profiles }: Environment, agent: number, x: number): boolean {
  const others = outcomes.flatMap((_, y) => (y === x ? [] : [y]));
  const table = values[agent];
  let isWanted = false;
  for (let type = 0; type < profiles.sizes[agent]; type++) {
    // Whoever loses by the others' outcomes does not win by its own.
    if (others.some((y) => !isZero(table.numerator(type, 0, y)))) return false;
    const own = table.numerator(type, 0, x);
    if (own < 0) return false;
    if (own > 0) isWanted = true;
  }
  return isWanted;
}

/** The number in words that a score stands for: the highest value, which bears the cost of the prize. */
export function prizeText(score: Integer, { cost }: Prizes, moneyDenominator: bigint): string {
  return decimalOrFraction(Rational.of(BigInt(score), moneyDenominator).add(cost));
}
