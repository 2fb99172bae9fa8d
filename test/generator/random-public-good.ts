import { Environment } from "../../src/environment/environment.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { RandomSource } from "./random-source.js";

/**
 * Two or three neighbours with three or four types, for whom nothing, a bridge or a road is built at a cost about as large as
 * what these are worth: they can do without outside money, but seldom build as often as would be efficient.
 */
export function randomPublicGood(seed: number): Environment {
  const random = new RandomSource(seed);
  const agentCount = random.integer(2, 3);
  const size = agentCount === 2 ? random.integer(3, 4) : 3;
  const roads = random.onceIn(2) ? 2 : 1;
  const values = Array.from({ length: size }, () => [
    Rational.ZERO,
    ...Array.from({ length: roads }, () => random.money(0, 4)),
  ]);
  const marginal = RationalVector.from(random.distribution(size, 12));
  const cost = Array.from({ length: roads }, () =>
    random.money(1, 2).add(Rational.of(1, 7)).multiply(Rational.of(agentCount)),
  );
  return new Environment({
    name: `random public good ${seed}`,
    agents: Array.from({ length: agentCount }, (_, i) => ({
      name: ["ann", "bob", "cid"][i],
      types: values.map((_row, type) => `${type}`),
      values: { shape: "type-outcome" as const, entries: RationalVector.from(values.flat()) },
    })),
    outcomes: ["nothing", "bridge", "road"].slice(0, roads + 1),
    prior: { kind: "independent", marginals: Array.from({ length: agentCount }, () => marginal) },
    cost: { shape: "outcome", entries: RationalVector.from([Rational.ZERO, ...cost]) },
  });
}
