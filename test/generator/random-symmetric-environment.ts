import { Environment } from "../../src/environment/environment.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { RandomSource } from "./random-source.js";

/**
 * A small random environment whose agents can be exchanged: one good, which nobody or one of them gets, or public outcomes
 * that are the same for all. Private values, an independent prior; the outside option may depend on the own type.
 */
export function randomSymmetricEnvironment(
  seed: number,
  agents: readonly [number, number] = [2, 3],
): Environment {
  const random = new RandomSource(seed);
  const agentCount = random.integer(...agents);
  const size = random.integer(2, agentCount === 2 ? 4 : 3);
  const isPrivateGood = random.onceIn(2);
  const outcomeCount = isPrivateGood ? agentCount + 1 : random.integer(2, 3);
  const money = (count: number, least: number, most: number) =>
    Array.from({ length: count }, () => random.money(least, most));
  const winning = money(size, -1, 4);
  const common = money(size * outcomeCount, -2, 3);
  const outside = random.onceIn(2) ? money(size, -1, 1) : undefined;
  const marginal = RationalVector.from(random.distribution(size, 12));
  const loss = random.money(-1, 0);
  const costs = isPrivateGood
    ? [Rational.ZERO, ...Array.from({ length: agentCount }).fill(random.money(0, 1))]
    : money(outcomeCount, 0, 3);
  return new Environment({
    name: `random environment of exchangeable agents ${seed}`,
    agents: Array.from({ length: agentCount }, (_, i) => ({
      name: ["ann", "bob", "cid", "dot"][i],
      types: Array.from({ length: size }, (_, type) => `${type}`),
      values: {
        shape: "type-outcome" as const,
        entries: RationalVector.from(
          isPrivateGood
            ? winning.flatMap((value) =>
                Array.from({ length: outcomeCount }, (_, x) =>
                  x === i + 1 ? value : x === 0 ? Rational.ZERO : loss,
                ),
              )
            : common,
        ),
      },
      outsideOption: outside && { shape: "type" as const, entries: RationalVector.from(outside) },
    })),
    outcomes: Array.from({ length: outcomeCount }, (_, x) => "ABCDEF"[x]),
    prior: { kind: "independent", marginals: Array.from({ length: agentCount }, () => marginal) },
    cost: { shape: "outcome", entries: RationalVector.from(costs as Rational[]) },
  });
}
