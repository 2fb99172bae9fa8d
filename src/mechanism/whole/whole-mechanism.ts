import type { Environment } from "../../environment/environment.js";
import { certain, type Lottery } from "../../environment/lottery.js";
import type { Table } from "../../environment/table.js";
import { lcm } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { TableMechanism } from "../table-mechanism.js";
import { type Beliefs, wholeBeliefs } from "./whole-beliefs.js";

/** More different choices times types than this are not tabulated. */
const MOST_ENTRIES = 1e7;

/**
 * An environment and a mechanism in whole numbers, so that what is defined profile by profile can be summed in machine
 * integers: money over `unit`, probabilities of lotteries over `shares`. A choice is a lottery's number: an outcome that is
 * chosen for sure, or the number of outcomes plus the place of a lottery among the mixed ones.
 */
export class WholeMechanism {
  /** By profile. */
  readonly choice: Int32Array;
  /** How many choices there are. */
  readonly choices: number;
  /** `outcomes[choice]`, with whole shares. */
  readonly lotteries: readonly (readonly { readonly outcome: number; readonly share: number }[])[];

  private constructor(
    readonly environment: Environment,
    { choice }: TableMechanism["lotteries"],
    lotteries: readonly Lottery[],
    readonly shares: number,
    readonly unit: bigint,
    /** What a share of one over `shares` makes of money over the environment's denominator. */
    private readonly perShare: number,
    /** For each agent, by profile. */
    readonly payments: readonly Float64Array[],
    /** By profile. */
    readonly subsidies: Float64Array,
    readonly beliefs: Beliefs,
  ) {
    const width = environment.outcomes.length;
    this.choice = choice.map((x) => (x < 0 ? width + ~x : x));
    this.choices = lotteries.length;
    this.lotteries = lotteries.map((lottery) =>
      lottery.map(({ outcome, probability: { numerator, denominator } }) => ({
        outcome,
        share: Number(numerator * (BigInt(shares) / denominator)),
      })),
    );
  }

  /** Undefined where a sum at one profile might not be exact in doubles. */
  static of(environment: Environment, mechanism: TableMechanism): WholeMechanism | undefined {
    const { values, costs, outsideOptions, moneyDenominator, agentCount, profiles, outcomes } = environment;
    const beliefs = wholeBeliefs(environment);
    if (!beliefs) return undefined;
    const lotteries = [...outcomes.map((_, outcome) => certain(outcome)), ...mechanism.lotteries.mixed];
    if (lotteries.length * Math.max(...profiles.sizes) > MOST_ENTRIES) return undefined;
    let shares = 1n;
    let weight = 1;
    for (const lottery of mechanism.lotteries.mixed) {
      let sum = 0;
      for (const { probability } of lottery) {
        shares = lcm(shares, probability.denominator);
        sum += Math.abs(probability.toNumber());
      }
      weight = Math.max(weight, sum);
    }
    let unit = moneyDenominator * shares;
    const vectors = [...mechanism.payments, ...(mechanism.subsidies ? [mechanism.subsidies] : [])];
    for (const { denominator } of vectors) unit = lcm(unit, denominator);
    const perShare = Number(unit / (moneyDenominator * shares));
    let largest = 0;
    for (const table of [...values, costs, ...outsideOptions]) {
      const most = largestSize(table.entries) * Number(shares) * perShare * 2 * weight;
      largest = Math.max(largest, most);
    }
    for (const vector of vectors) {
      largest = Math.max(largest, largestSize(vector) * Number(unit / vector.denominator));
    }
    if (!(8 * (agentCount + 2) * Math.max(largest, Number(shares)) <= Number.MAX_SAFE_INTEGER))
      return undefined;
    const over = (vector: RationalVector) => {
      const factor = Number(unit / vector.denominator);
      const numerators = vector.numerators as Float64Array;
      return factor === 1 ? numerators : numerators.map((numerator) => numerator * factor);
    };
    return new WholeMechanism(
      environment,
      mechanism.lotteries,
      lotteries,
      Number(shares),
      unit,
      perShare,
      mechanism.payments.map(over),
      mechanism.subsidies ? over(mechanism.subsidies) : new Float64Array(profiles.count),
      beliefs,
    );
  }

  /**
   * What the agent gets from a choice as a function of its type and of the true profile, on which only interdependent values
   * depend: `row(type, truth)[choice]`. A row is good until the next is asked for.
   */
  valueRows(agent: number): (type: number, truth: number) => Float64Array {
    return this.rows(this.environment.values[agent], this.environment.profiles.sizes[agent]);
  }

  /** `row(0, profile)[choice]`: the cost of a choice. */
  costRows(): (type: number, profile: number) => Float64Array {
    return this.rows(this.environment.costs, 1);
  }

  /** The agent's outside option. */
  outside(agent: number, type: number, profile: number): number {
    const numerator = this.environment.outsideOptions[agent].numerator(type, profile, 0) as number;
    return numerator * this.shares * this.perShare;
  }

  /** Money over the environment's denominator, times a share: over `unit`. */
  shared(money: number, share: number): number {
    return money * share * this.perShare;
  }

  private rows(table: Table, types: number): (type: number, profile: number) => Float64Array {
    const fill = (row: Float64Array, type: number, profile: number) => {
      for (let c = 0; c < row.length; c++) {
        let total = 0;
        for (const { outcome, share } of this.lotteries[c]) {
          total += share * (table.numerator(type, profile, outcome) as number);
        }
        row[c] = total * this.perShare;
      }
      return row;
    };
    if (!table.dependsOnProfile) {
      const all = Array.from({ length: types }, (_, type) => fill(new Float64Array(this.choices), type, 0));
      return (type) => all[type];
    }
    const row = new Float64Array(this.choices);
    return (type, profile) => fill(row, type, profile);
  }
}

/** The size of the largest numerator; infinite where one is no double. */
function largestSize({ numerators }: RationalVector): number {
  if (!(numerators instanceof Float64Array)) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let k = 0; k < numerators.length; k++) largest = Math.max(largest, Math.abs(numerators[k]));
  return largest;
}
