import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { interimExpectation, interimOutsideOptions } from "../mechanism/interim.js";
import { increasingOrder } from "../number/increasing-order.js";
import {
  compared,
  equal,
  type Integer,
  isZero,
  minus,
  negate,
  plus,
  times,
  zeros,
} from "../number/integer.js";
import { lcm } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { type IntegerVector, packIntegers, RationalVector } from "../number/rational-vector.js";
import type { ExpectedOutcome } from "../space/expected-outcomes.js";
import type { Group, Space } from "../space/space.js";

/**
 * What a rule is worth to an agent's types before they know the others': `V(b|a)` for every report `b` and true type `a`
 * (theory, section 4), and the outside option `U(a)`. All over one denominator.
 */
export class InterimValues {
  readonly typeCount: number;
  readonly denominator: bigint;
  /** Whether every value, and every sum along a path of them, is exact in doubles. */
  readonly fitsMachineIntegers: boolean;
  /** `U(a)`, over the denominator. */
  readonly outside: RationalVector;
  private readonly types: RationalVector;

  private constructor(
    private readonly width: number,
    /** `V(b|a) = sum_x reports[b, x] * types[a, x]`. */
    private readonly reports: RationalVector,
    types: RationalVector,
    outside: RationalVector,
  ) {
    this.typeCount = outside.length;
    this.denominator = lcm(reports.denominator * types.denominator, outside.denominator);
    this.types = types.over(this.denominator / reports.denominator);
    this.outside = outside.over(this.denominator);
    const longest = 4 * (this.typeCount + 2) * width;
    const largest =
      this.types.greatestNumerator() * reports.greatestNumerator() + this.outside.greatestNumerator();
    const short = [reports, this.types, this.outside].every(
      ({ numerators }) => numerators instanceof Float64Array,
    );
    this.fitsMachineIntegers = short && largest * longest <= Number.MAX_SAFE_INTEGER;
  }

  /** To any agent of a group, given what its reports make likely, or where values are not private the rule itself. */
  static of(
    { environment }: Space,
    { first, isPrivate, classes, value }: Group,
    { chances }: ExpectedOutcome,
    lotteries: AllocationRule,
  ): InterimValues {
    if (!isPrivate) return InterimValues.interdependent(environment, first, lotteries);
    const values = new RationalVector(packIntegers(value), environment.moneyDenominator);
    return new InterimValues(classes, chances, values, outsideOptions(environment, first));
  }

  /** With interdependent values the whole table of `V(b|a)`, from its definition. */
  private static interdependent(
    environment: Environment,
    agent: number,
    lotteries: AllocationRule,
  ): InterimValues {
    const { profiles } = environment;
    const types = environment.agents[agent].types.map((_, type) => type);
    const values = types.flatMap((type) =>
      types.map((report) =>
        interimExpectation(environment, agent, type, (truth) => {
          const total = new RationalSum();
          for (const { outcome, probability } of lotteries(profiles.replace(truth, agent, report))) {
            total.addProduct(probability, environment.value(agent, outcome, truth));
          }
          return total.value;
        }),
      ),
    );
    const outside = outsideOptions(environment, agent);
    const all = RationalVector.from([...values, ...outside.toRationals()]);
    const size = types.length;
    const identity = new Float64Array(size * size);
    for (const type of types) identity[type * size + type] = 1;
    return new InterimValues(
      size,
      new RationalVector(identity, 1n),
      new RationalVector(all.numerators.slice(0, size * size), all.denominator),
      new RationalVector(all.numerators.slice(size * size), all.denominator),
    );
  }

  /** `V(report|type)`, over the denominator. */
  at(report: number, type: number): bigint {
    const { width, reports, types } = this;
    let total = 0n;
    for (let x = 0; x < width; x++) {
      total += reports.numeratorAt(report * width + x) * types.numeratorAt(type * width + x);
    }
    return total;
  }

  /** The same in machine integers, where they fit. */
  numberAt(report: number, type: number): number {
    const { width } = this;
    const reports = this.reports.numerators as Float64Array;
    const types = this.types.numerators as Float64Array;
    let total = 0;
    for (let x = 0, r = report * width, t = type * width; x < width; x++) total += reports[r++] * types[t++];
    return total;
  }

  /** `V(a|a) - U(a)` by type: what taking part is worth before payments. */
  participationGains(): IntegerVector {
    const { typeCount, outside } = this;
    if (this.fitsMachineIntegers) {
      const gains = Float64Array.from(outside.numerators as Float64Array);
      for (let type = 0; type < typeCount; type++) gains[type] = this.numberAt(type, type) - gains[type];
      return gains;
    }
    return Array.from({ length: typeCount }, (_, type) => this.at(type, type) - outside.numeratorAt(type));
  }

  /** What types gain beyond that in expectation, if they report the truth and expect to pay so much. */
  gainsBeyond(payments: RationalVector): RationalVector {
    const worths = new RationalVector(this.participationGains(), this.denominator);
    const same = lcm(worths.denominator, payments.denominator);
    const paid = payments.numeratorsOver(same);
    const gains = worths.numeratorsOver(same).map((worth, type) => worth - paid[type]);
    return new RationalVector(packIntegers(gains), same);
  }

  /** Undefined where differences do not increase in any order: checked on the data. */
  increasingDifferences(): IncreasingDifferences | undefined {
    const { width, typeCount } = this;
    const values = this.types.numerators;
    const reports = this.reports.numerators;
    const change = (type: number, x: number) =>
      minus(minus(values[type * width + x], values[type * width]), minus(values[x], values[0]));
    let pivot = 0;
    for (let entry = 0; entry < values.length && pivot === 0; entry++) {
      if (!isZero(change(Math.floor(entry / width), entry % width))) pivot = entry;
    }
    const pivotType = Math.floor(pivot / width);
    const pivotOutcome = pivot % width;
    const pivotChange = change(pivotType, pivotOutcome);
    const theta = zeros(typeCount);
    const brings = zeros(typeCount);
    for (let type = 0; type < typeCount; type++) {
      const own = change(type, pivotOutcome);
      theta[type] = pivotChange < 0 ? negate(own) : own;
      for (let x = 1; x < width; x++) {
        const c = change(pivotType, x);
        brings[type] = plus(brings[type], times(reports[type * width + x], c));
        // With two outcomes the change is all there is.
        if (width > 2 && !equal(times(change(type, x), pivotChange), times(c, own))) return undefined;
      }
    }
    const order = increasingOrder(
      typeCount,
      (a, b) => compared(theta[a], theta[b]) || compared(brings[a], brings[b]),
    );
    return { order, reports: brings };
  }
}

/**
 * An order of types in which differences increase: values are `k(a) + l(x) + theta(a) c(x)`, and the order is by `theta`, then by
 * what reports bring, `q(b) = E c`.
 */
export interface IncreasingDifferences {
  readonly order: Int32Array;
  readonly reports: readonly Integer[];
}

/** `U(a)` by type. */
function outsideOptions(environment: Environment, agent: number): RationalVector {
  const table = environment.outsideOptions[agent];
  if (table.dependsOnProfile) return RationalVector.from(interimOutsideOptions(environment, agent));
  const { entries } = table;
  const length = environment.profiles.sizes[agent];
  const { numerators } = entries;
  if (numerators instanceof Float64Array) {
    const own = new Float64Array(length);
    for (let type = 0; type < length; type++) own[type] = numerators[table.index(type, 0, 0)];
    return new RationalVector(own, entries.denominator);
  }
  const own = Array.from({ length }, (_, type) => entries.numeratorAt(table.index(type, 0, 0)));
  return new RationalVector(packIntegers(own), entries.denominator);
}
