import type { Lottery } from "../../environment/lottery.js";
import { type Exchangeability, exchangeability } from "../../environment/orbits/exchangeability.js";
import { type Orbit, orbits } from "../../environment/orbits/orbits.js";
import type { SymmetricMechanism } from "../../mechanism/symmetric-mechanism.js";
import { lcm, Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import { packIntegers, RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../problem/problem.js";
import { OrbitOutcomes } from "./orbit-outcomes.js";
import type { SymmetricAgents } from "./symmetric-agents.js";
import { WeightedAudit } from "./weighted-audit.js";

/** A lottery's probabilities as shares of one denominator. */
export interface Shares {
  readonly denominator: bigint;
  readonly outcomes: readonly number[];
  readonly shares: readonly bigint[];
  readonly of: ReadonlyMap<number, bigint>;
  /** Whether no probability is negative or zero, no outcome comes twice, and they sum to 1. */
  readonly isProper: boolean;
}

/** Sums over orbits, of lotteries that have the same denominator. */
interface Totals {
  /** `chances[type * classes + class]`. */
  readonly chances: bigint[];
  readonly costs: bigint[];
}

/**
 * What the referee finds when it looks once at every orbit of a mechanism: whether lotteries are what they should be, and what
 * one agent may expect when it reports a type.
 */
export class SymmetricPass {
  /** Whether agents of equal types are treated alike everywhere; if not, nothing else here counts. */
  readonly isSymmetric: boolean;
  readonly allowed = new WeightedAudit();
  readonly lotteries = new WeightedAudit();
  private readonly totals = new Map<bigint, Totals>();
  private readonly known = new WeakMap<Lottery, Shares>();
  private readonly exchange: Exchangeability;
  readonly outcomes: OrbitOutcomes;

  constructor(
    private readonly problem: Problem,
    private readonly agents: SymmetricAgents,
    mechanism: SymmetricMechanism,
  ) {
    const { environment } = problem;
    this.exchange = exchangeability(environment)!;
    this.outcomes = new OrbitOutcomes(problem, agents);
    let isSymmetric = true;
    let proper = 0;
    let outcomes = 0;
    for (const orbit of orbits(environment)) {
      const lottery = mechanism.orbitLottery(orbit.profile);
      const shares = this.sharesOf(lottery);
      if (!this.treatsEqualsAlike(orbit, shares)) isSymmetric = false;
      if (shares.isProper && this.isAllowed(orbit, shares)) {
        proper += orbit.size;
        outcomes += orbit.size * lottery.length;
      } else this.auditPlainly(orbit, lottery);
      this.add(orbit, shares);
    }
    this.isSymmetric = isSymmetric;
    const first = environment.profileLabel(0);
    if (proper === 0) return;
    this.allowed.add(Rational.ZERO, proper, () => `an allowed outcome at ${first}`);
    this.lotteries.add(Rational.ZERO, proper, () => `probabilities that sum to 1 at ${first}`);
    this.lotteries.add(Rational.ONE, outcomes, () => `a probability at ${first}`);
  }

  sharesOf(lottery: Lottery): Shares {
    const shares = this.known.get(lottery) ?? sharesOf(lottery);
    this.known.set(lottery, shares);
    return shares;
  }

  /** `chances.at(type * classes + class)`: how likely an agent gets what the class is worth when it reports the type. */
  get chances(): RationalVector {
    return this.expected((totals) => totals.chances, 1n);
  }

  /** `E[r | type]`. */
  get costs(): RationalVector {
    return this.expected((totals) => totals.costs, this.problem.environment.moneyDenominator);
  }

  private expected(of: (totals: Totals) => readonly bigint[], unit: bigint): RationalVector {
    const { agents, totals } = this;
    let common = 1n;
    for (const denominator of totals.keys()) common = lcm(common, denominator);
    const sums: bigint[] = [];
    for (const [denominator, own] of totals) {
      of(own).forEach((sum, k) => {
        sums[k] = (sums[k] ?? 0n) + sum * (common / denominator);
      });
    }
    const others = agents.denominator ** BigInt(this.problem.environment.agentCount - 1);
    return new RationalVector(packIntegers(sums), common * others * unit);
  }

  private add(orbit: Orbit, { denominator, outcomes, shares }: Shares): void {
    const { agents, totals } = this;
    const { environment } = this.problem;
    const width = agents.classCount;
    const zeros = (length: number) => new Array<bigint>(length).fill(0n);
    const sums = totals.get(denominator) ?? {
      chances: zeros(agents.typeCount * width),
      costs: zeros(agents.typeCount),
    };
    totals.set(denominator, sums);
    let cost = 0n;
    outcomes.forEach((x, k) => {
      cost += shares[k] * BigInt(environment.costs.numerator(0, orbit.profile, x));
    });
    agents.beliefs(orbit).forEach((belief, k) => {
      const { type, agent } = orbit.present[k];
      outcomes.forEach((x, j) => {
        sums.chances[type * width + agents.of(agent, x)] += belief * shares[j];
      });
      sums.costs[type] += belief * cost;
    });
  }

  /** Whether exchanging agents of the same type leaves the lottery as it is. */
  private treatsEqualsAlike({ types }: Orbit, { outcomes, shares, of }: Shares): boolean {
    const { exchange } = this;
    if (exchange.outcomesStay) return true;
    if (of.size !== outcomes.length) return false;
    for (let i = 0; i + 1 < types.length; i++) {
      if (types[i] !== types[i + 1]) continue;
      const swap = exchange.swaps[i];
      if (!outcomes.every((x, k) => of.get(swap[x]) === shares[k])) return false;
    }
    return true;
  }

  /** Whether a proper lottery is certainly one that the question allows; others are looked at closely. */
  private isAllowed(orbit: Orbit, { outcomes, shares, denominator }: Shares): boolean {
    const allowed = this.outcomes.at(orbit);
    if (!outcomes.every((x) => allowed.includes(x))) return false;
    if (!this.outcomes.alike) return true;
    const equal = denominator / BigInt(allowed.length);
    return outcomes.length === allowed.length && shares.every((share) => share === equal);
  }

  private auditPlainly({ profile, size }: Orbit, lottery: Lottery): void {
    const { environment, allowed } = this.problem;
    const at = environment.profileLabel(profile);
    const away = distance(lottery, allowed.outcomes(profile), allowed.fixed(profile));
    this.allowed.add(away.negate(), size, () => `an allowed outcome at ${at}`);
    const total = Rational.sum(lottery.map(({ probability }) => probability));
    const miss = total.subtract(Rational.ONE).absolute();
    this.lotteries.add(miss.negate(), size, () => `probabilities that sum to 1 at ${at}`);
    for (const { outcome, probability } of lottery) {
      this.lotteries.add(
        probability,
        size,
        () => `a probability of ${environment.outcomes[outcome]} at ${at}`,
      );
    }
  }
}

function sharesOf(lottery: Lottery): Shares {
  let denominator = 1n;
  for (const { probability } of lottery) denominator = lcm(denominator, probability.denominator);
  const outcomes = lottery.map(({ outcome }) => outcome);
  const shares = lottery.map(
    ({ probability }) => probability.numerator * (denominator / probability.denominator),
  );
  const of = new Map(outcomes.map((x, k) => [x, shares[k]]));
  const total = shares.reduce((sum, share) => sum + share, 0n);
  const isProper =
    of.size === outcomes.length && total === denominator && shares.every((share) => share > 0n);
  return { denominator, outcomes, shares, of, isProper };
}

/** Probability that the lottery puts where it may not, or by which it differs from the prescribed one. */
function distance(lottery: Lottery, outcomes: readonly number[], fixed: Lottery | undefined): Rational {
  const total = new RationalSum();
  for (const { outcome, probability } of lottery) {
    if (!fixed && !outcomes.includes(outcome)) total.add(probability.absolute());
    const prescribed = fixed?.find((entry) => entry.outcome === outcome)?.probability ?? Rational.ZERO;
    if (fixed) total.add(probability.subtract(prescribed).absolute());
  }
  for (const { outcome, probability } of fixed ?? []) {
    if (!lottery.some((entry) => entry.outcome === outcome)) total.add(probability.absolute());
  }
  return total.value;
}
