import { Environment, type EnvironmentSpecification } from "../environment/environment.js";
import { ProfileSpace } from "../environment/profile-space.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import { RandomSource } from "./random-source.js";

/** What a random environment may be; whatever is absent is drawn as well. */
export interface RandomEnvironmentOptions {
  /** Least and greatest number of agents; 2 to 3 when absent. Up to 6. */
  readonly agents?: readonly [least: number, most: number];
  /** Least and greatest number of types of an agent; 2 to 5 when absent. */
  readonly types?: readonly [least: number, most: number];
  /** Least and greatest number of outcomes; 2 to 4 when absent. Up to 8. */
  readonly outcomes?: readonly [least: number, most: number];
  readonly values?: "private" | "interdependent";
  /**
   * `conditionally independent`: the first two agents' types are independent given the others' (BN's CIND), which
   * with two agents is independence.
   */
  readonly prior?: "independent" | "joint" | "conditionally independent";
  /** Of independent types: the greatest weight that one is drawn with, so that fractions are long; small ones when absent. */
  readonly heaviest?: number;
  readonly costs?: boolean;
  readonly outsideOptions?: boolean;
}

/**
 * A small random environment with small fractions, so that ties are common. The same seed and options give the same
 * environment. Independent priors hold types of probability zero now and then, joint ones profiles of probability zero.
 */
export function randomEnvironment(seed: number, options: RandomEnvironmentOptions = {}): Environment {
  const random = new RandomSource(seed);
  const agentCount = random.integer(...(options.agents ?? [2, 3]));
  const sizes = Array.from({ length: agentCount }, () => random.integer(...(options.types ?? [2, 5])));
  const outcomeCount = random.integer(...(options.outcomes ?? [2, 4]));
  const values = options.values ?? random.pick(["private", "interdependent"] as const);
  const prior = options.prior ?? random.pick(["independent", "independent", "joint"] as const);
  const costs = options.costs ?? random.onceIn(2);
  const outsideOptions = options.outsideOptions ?? random.onceIn(2);
  const profiles = new ProfileSpace(sizes);
  const money = (count: number, least: number, most: number) =>
    RationalVector.from(Array.from({ length: count }, () => random.money(least, most)));

  return new Environment({
    name: `random environment ${seed}`,
    agents: sizes.map((size, i) => ({
      name: ["ann", "bob", "cid", "dot", "eve", "fay"][i],
      types: Array.from({ length: size }, (_, type) => String(type)),
      values:
        values === "private"
          ? { shape: "type-outcome", entries: money(size * outcomeCount, -2, 4) }
          : { shape: "profile-outcome", entries: money(profiles.count * outcomeCount, -2, 4) },
      outsideOption: outsideOptions ? outsideOption(random, size, profiles.count, money) : undefined,
    })),
    outcomes: Array.from({ length: outcomeCount }, (_, outcome) => "ABCDEFGH"[outcome]),
    prior: options.heaviest
      ? finePrior(random, profiles, options.heaviest)
      : randomPrior(random, profiles, prior),
    cost: costs
      ? random.onceIn(2)
        ? { shape: "outcome", entries: money(outcomeCount, 0, 3) }
        : { shape: "profile-outcome", entries: money(profiles.count * outcomeCount, 0, 3) }
      : undefined,
  });
}

function outsideOption(
  random: RandomSource,
  size: number,
  profileCount: number,
  money: (count: number, least: number, most: number) => RationalVector,
) {
  const shape = random.pick(["constant", "type", "profile"] as const);
  const count = shape === "constant" ? 1 : shape === "type" ? size : profileCount;
  return { shape, entries: money(count, -1, 1) };
}

function finePrior(
  random: RandomSource,
  { sizes }: ProfileSpace,
  heaviest: number,
): EnvironmentSpecification["prior"] {
  const marginals = sizes.map((size) => {
    const weights = Array.from({ length: size }, () => random.integer(1, heaviest));
    const total = weights.reduce((sum, weight) => sum + weight);
    return RationalVector.from(weights.map((weight) => Rational.of(weight, total)));
  });
  return { kind: "independent", marginals };
}

function randomPrior(
  random: RandomSource,
  profiles: ProfileSpace,
  kind: "independent" | "joint" | "conditionally independent",
): EnvironmentSpecification["prior"] {
  const { sizes } = profiles;
  if (kind === "independent") {
    return {
      kind,
      marginals: sizes.map((size) => RationalVector.from(random.distribution(size, 12))),
    };
  }
  if (kind === "joint") {
    const table = random.distribution(profiles.count, 5);
    const everyTypeOccurs = sizes.every((size, agent) =>
      Array.from({ length: size }, (_, type) => type).every((type) =>
        profiles.profilesOf(agent, type).some((profile) => table[profile].sign > 0),
      ),
    );
    return everyTypeOccurs
      ? { kind, table: RationalVector.from(table) }
      : { kind, table: RationalVector.from(random.distribution(profiles.count)) };
  }
  // The others' profile first, then each of the first two agents' types given it.
  const rest = new ProfileSpace(sizes.slice(2));
  const restProbability = random.distribution(rest.count);
  const conditional = restProbability.map(() => [0, 1].map((agent) => random.distribution(sizes[agent])));
  const table = Array.from({ length: profiles.count }, (_, profile) => {
    const [first, second, ...others] = profiles.typesOf(profile);
    const given = rest.profileOf(others);
    return restProbability[given]
      .multiply(conditional[given][0][first])
      .multiply(conditional[given][1][second]);
  });
  return { kind: "joint", table: RationalVector.from(table) };
}

/** A random allocation rule on an environment: certain outcomes and, now and then, a lottery over two. */
export function randomRule(environment: Environment, seed: number) {
  const random = new RandomSource(seed);
  const lotteries = Array.from({ length: environment.profiles.count }, () => {
    const outcome = random.integer(0, environment.outcomes.length - 1);
    const other = random.integer(0, environment.outcomes.length - 1);
    if (other === outcome || !random.onceIn(4)) return [{ outcome, probability: Rational.ONE }];
    const probability = Rational.of(1, random.integer(2, 3));
    return [
      { outcome, probability },
      { outcome: other, probability: Rational.ONE.subtract(probability) },
    ];
  });
  return (profile: number) => lotteries[profile];
}

/** Random payments, one table for each agent: small fractions. */
export function randomPayments(environment: Environment, seed: number): RationalVector[] {
  const random = new RandomSource(seed);
  return environment.agents.map(() =>
    RationalVector.from(Array.from({ length: environment.profiles.count }, () => random.money(-2, 2))),
  );
}
