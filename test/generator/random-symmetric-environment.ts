import { Environment } from "../../src/environment/environment.js";
import { ProfileSpace } from "../../src/environment/profile-space.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { RandomSource } from "./random-source.js";

/** What outcomes are: public ones; who gets the one good, if anybody; or all who get access, who crowd each other. */
type Kind = "public" | "good" | "access";

/**
 * A small random environment whose agents can be exchanged, with private values and an independent prior. Now and then costs
 * and outside options depend on the whole profile, as a function of how many agents are of the first type.
 */
export function randomSymmetricEnvironment(
  seed: number,
  agents: readonly [number, number] = [2, 3],
): Environment {
  const random = new RandomSource(seed);
  const agentCount = random.integer(...agents);
  const size = random.integer(2, agentCount === 2 ? 4 : 3);
  const kind = random.pick<Kind>(["public", "public", "good", "good", "access"]);
  const winners = winnersOf(kind, agentCount, random.integer(2, 3));
  const money = (count: number, least: number, most: number) =>
    Array.from({ length: count }, () => random.money(least, most));
  const winning = money(size, -1, 4);
  const common = money(size * winners.length, -2, 3);
  const crowding = random.money(0, 2);
  const loss = random.money(-1, 0);
  const value = (i: number, type: number, x: number): Rational => {
    if (kind === "public") return common[type * winners.length + x];
    if (!winners[x].includes(i)) return winners[x].length > 0 ? loss : Rational.ZERO;
    return winning[type].subtract(crowding.multiply(Rational.of(winners[x].length - 1)));
  };
  const marginal = RationalVector.from(random.distribution(size, 12));
  const each = random.money(0, 1);
  const costs = kind === "public" ? money(winners.length, 0, 3) : undefined;
  const costOf = (x: number) => costs?.[x] ?? each.multiply(Rational.of(winners[x].length));

  const profiles = new ProfileSpace(new Array<number>(agentCount).fill(size));
  const byProfile = <T>(of: (types: readonly number[]) => readonly T[]): T[] =>
    Array.from({ length: profiles.count }, (_, s) => of(profiles.typesOf(s))).flat();
  const first = (types: readonly number[]) => types.filter((type) => type === 0).length;
  const surcharge = random.onceIn(4) ? money(agentCount + 1, 0, 1) : undefined;
  const outside = random.onceIn(2) ? money(size, -1, 1) : undefined;
  const envy = outside && random.onceIn(3) ? money(agentCount + 1, -1, 1) : undefined;
  return new Environment({
    name: `random environment of exchangeable agents ${seed}`,
    agents: Array.from({ length: agentCount }, (_, i) => ({
      name: ["ann", "bob", "cid", "dot"][i],
      types: Array.from({ length: size }, (_, type) => `${type}`),
      values: {
        shape: "type-outcome" as const,
        entries: RationalVector.from(
          Array.from({ length: size }, (_, type) => winners.map((_, x) => value(i, type, x))).flat(),
        ),
      },
      outsideOption: envy
        ? {
            shape: "profile" as const,
            entries: RationalVector.from(byProfile((types) => [outside![types[i]].add(envy[first(types)])])),
          }
        : outside && { shape: "type" as const, entries: RationalVector.from(outside) },
    })),
    outcomes: winners.map((_, x) => `outcome ${x}`),
    prior: { kind: "independent", marginals: Array.from({ length: agentCount }, () => marginal) },
    cost: surcharge
      ? {
          shape: "profile-outcome",
          entries: RationalVector.from(
            byProfile((types) =>
              winners.map((_, x) => (x === 0 ? costOf(x) : costOf(x).add(surcharge[first(types)]))),
            ),
          ),
        }
      : { shape: "outcome", entries: RationalVector.from(winners.map((_, x) => costOf(x))) },
  });
}

/** By outcome, who wins; nobody with public outcomes. */
function winnersOf(kind: Kind, agents: number, outcomes: number): number[][] {
  const all = Array.from({ length: agents }, (_, i) => i);
  if (kind === "public") return Array.from({ length: outcomes }, () => []);
  if (kind === "good") return [[], ...all.map((i) => [i])];
  return Array.from({ length: 2 ** agents }, (_, x) => all.filter((i) => (x >> i) % 2 === 1));
}
