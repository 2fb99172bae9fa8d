import type { Expenditure, InsuranceContract, InsuranceWeights } from "../construction/insurance-contract.js";
import type { Environment } from "../environment/environment.js";
import type { RandomSource } from "../generator/random-source.js";
import { expectation, interimExpectation } from "../mechanism/interim.js";
import { Rational } from "../number/rational.js";

/** The first property of BN Definition 2 that a contract lacks, in words; that agent `but` takes part is not asked for. */
export function lackingOf(
  environment: Environment,
  expenditure: Expenditure,
  contract: InsuranceContract,
  but?: number,
): string | undefined {
  const { agents, profiles } = environment;
  for (let s = 0; s < profiles.count; s++) {
    const paid = Rational.sum(agents.map((_, i) => contract.payment(i, s)));
    if (!paid.equals(expenditure(s)))
      return `that does not provide full insurance: at ${environment.profileLabel(s)} agents pay ${paid} for ${expenditure(s)}`;
  }
  const mean = expectation(environment, expenditure);
  const premiums = Rational.sum(contract.premiums);
  if (!premiums.equals(mean)) return `that is not actuarially fair: ${premiums} for ${mean} in expectation`;
  for (const [i, { name, types }] of agents.entries()) {
    for (const [type, label] of types.entries()) {
      const expected = (report: number) =>
        interimExpectation(environment, i, type, (s) => contract.payment(i, profiles.replace(s, i, report)));
      const truthful = expected(type);
      const better = types.findIndex((_, report) => expected(report).compare(truthful) < 0);
      if (better >= 0) return `that is manipulable: ${name} ${label} gains by reporting ${types[better]}`;
      if (i !== but && truthful.compare(contract.premiums[i]) > 0)
        return `that ${name} ${label} does not accept: it expects to pay ${truthful} for ${contract.premiums[i]}`;
    }
  }
  return undefined;
}

/** What BN's Propositions 1 and 3 say besides of a contract between `i` and `j`, in words where it fails. */
export function notOfTwo(
  environment: Environment,
  contract: InsuranceContract,
  i: number,
  j: number,
): string | undefined {
  const { agents, profiles } = environment;
  for (let s = 0; s < profiles.count; s++) {
    if (!contract.payment(j, s).equals(contract.payment(j, profiles.replace(s, j, 0))))
      return `under which what ${agents[j].name} pays depends on its own type`;
    const third = agents.findIndex((_, k) => k !== i && k !== j && !contract.payment(k, s).isZero);
    if (third >= 0) return `under which ${agents[third].name} pays at ${environment.profileLabel(s)}`;
  }
  return undefined;
}

export function randomExpenditure({ profiles }: Environment, random: RandomSource): Expenditure {
  const table = Array.from({ length: profiles.count }, () => random.money(-3, 3));
  return (s) => table[s];
}

/** Weights that sum to 1, some of them negative. */
export function randomWeights(agents: number, random: RandomSource): InsuranceWeights {
  const weights = (count: number) => {
    const some = Array.from({ length: count - 1 }, () => random.money(-2, 2));
    return some.toSpliced(random.integer(0, count - 1), 0, Rational.ONE.subtract(Rational.sum(some)));
  };
  return {
    primary: weights(agents),
    secondary: Array.from({ length: agents }, (_, i) => weights(agents - 1).toSpliced(i, 0, Rational.ZERO)),
  };
}

/** Two different agents. */
export function randomPair(agents: number, random: RandomSource): readonly [number, number] {
  const i = random.integer(0, agents - 1);
  return [i, (i + random.integer(1, agents - 1)) % agents];
}
