import type { Environment } from "../environment/environment.js";
import { equal, type Integer, isZero, over, plus, short, times, zeros } from "../number/integer.js";
import { lcm, Rational } from "../number/rational.js";
import { checkExchange } from "./checked-exchange.js";
import { type Exchangeability, exchangeability } from "./exchangeability.js";
import { scattered } from "./scattered.js";
import { type ValueClasses, valueClasses } from "./value-classes.js";

/** Agents who are alike: one by itself, or all of them where exchanging any two changes nothing. */
export interface Group extends Omit<ValueClasses, "classOf"> {
  /** The first of them, in whose tables values and outside options are looked up. */
  readonly first: number;
  readonly agents: number;
  readonly types: number;
  /** The probability of a type is `weight[type] / total`. */
  readonly weight: readonly Integer[];
  readonly total: bigint;
}

/**
 * Profiles that differ in the last agent's type alone, `from <= b < to`. With alike agents a profile with increasing types
 * stands for all that have the same types: its orbit. One object serves all rows.
 */
export interface Row {
  /** Of all agents but the last. */
  readonly types: Int32Array;
  /** The profile in which the last agent has type 0. */
  first: number;
  from: number;
  readonly to: number;
  /** The place of `(types, from)` among all profiles, or orbits, in their order. */
  start: number;
  /** How many profiles `(types, b)` stands for, and the whole row. */
  readonly sizes: Integer[];
  size: Integer;
  /** The weight of all those profiles is `lead * spread[b]`; it sums to `whole`. */
  lead: Integer;
  readonly spread: Integer[];
  /** What `spread` sums to. */
  total: Integer;
  /** The weight of the others' types is `factors[i] * spread[b]` for agent `i`, and `alone[b]` for the last. */
  readonly factors: Integer[];
  readonly alone: Integer[];
}

/** Whether one agent may stand for all: types are independent, values private, and exchanging any two changes nothing. */
export function areAlike(environment: Environment): boolean {
  const { prior, hasPrivateValues } = environment;
  return prior.kind === "independent" && hasPrivateValues && exchangeability(environment) !== undefined;
}

/** So many profiles of every pass are compared with the definitions. */
const SAMPLES = 16;

/**
 * All profiles of an environment, or all orbits of them where agents are alike, in whole numbers. `rows` is the one pass over
 * them: whatever is summed over profiles is summed there.
 */
export class Space {
  readonly groups: readonly Group[];
  /** By agent. */
  readonly groupOf: Int32Array;
  /** `classOf[agent][outcome]`. */
  readonly classOf: readonly Int32Array[];
  /** How agents are exchanged, where they are alike. */
  readonly exchange: Exchangeability | undefined;
  /** What the weights of all profiles sum to. */
  readonly whole: bigint;
  /** By group: the same but for an agent of it. */
  private readonly others: readonly bigint[];

  /** Throws RangeError where agents are to be alike and are not. */
  constructor(
    readonly environment: Environment,
    readonly alike: boolean,
  ) {
    const { agentCount, profiles, prior } = environment;
    if (alike && !areAlike(environment)) throw new RangeError("the agents are not alike");
    this.exchange = alike ? exchangeability(environment) : undefined;
    if (this.exchange) checkExchange(environment, this.exchange);
    this.groupOf = Int32Array.from({ length: agentCount }, (_, i) => (alike ? 0 : i));
    const classOf: Int32Array[] = [];
    const count = alike ? 1 : agentCount;
    this.groups = Array.from({ length: count }, (_, first) => {
      const agents = alike ? agentCount : 1;
      const { numerators, denominator } = prior.marginals[first];
      const weight = Array.from(numerators, (n: Integer) => n);
      const { classOf: own, ...classes } = valueClasses(environment, first, agents);
      classOf.push(...own);
      return { first, agents, types: profiles.sizes[first], weight, total: denominator, ...classes };
    });
    this.classOf = classOf;
    const { marginals } = prior;
    this.whole =
      prior.kind === "joint"
        ? marginals.reduce((common, { denominator }) => lcm(common, denominator), 1n)
        : marginals.reduce((product, { denominator }) => product * denominator, 1n);
    this.others = this.groups.map(({ total }) => this.whole / total);
  }

  /** The same for all who ask, who may ask about one rule after the other. */
  static of(environment: Environment, alike = false): Space {
    const own = known.get(environment) ?? {};
    known.set(environment, own);
    const kind = alike ? "orbits" : "profiles";
    own[kind] ??= new Space(environment, alike);
    return own[kind];
  }

  /** Whether types are independent and values private, so that what a report brings does not depend on the truth. */
  get isSeparable(): boolean {
    return this.environment.prior.kind === "independent" && this.environment.hasPrivateValues;
  }

  /** How many profiles or orbits there are. */
  get count(): number {
    const { profiles, agentCount } = this.environment;
    if (!this.alike) return profiles.count;
    let count = 1;
    for (let k = 1; k <= agentCount; k++) count = (count * (profiles.sizes[0] + k - 1)) / k;
    return Math.round(count);
  }

  /** What the weights of the others' types sum to, knowing that the agent is of the type. */
  beliefTotal(agent: number, type: number): bigint {
    const g = this.groupOf[agent];
    const others = this.others[g];
    return this.environment.prior.kind === "joint" ? BigInt(this.groups[g].weight[type]) * others : others;
  }

  /** The weight of the others' types in a profile, over `beliefTotal`. */
  othersWeight(agent: number, profile: number): Integer {
    const { prior, profiles } = this.environment;
    if (prior.kind === "joint") return this.jointWeight(profile);
    return this.groupOf.reduce<Integer>((product, g, j) => {
      return j === agent ? product : times(product, this.groups[g].weight[profiles.typeOf(profile, j)]);
    }, 1);
  }

  /** The weight of a profile, over `whole`. */
  weight(profile: number): Integer {
    const { prior, profiles } = this.environment;
    if (prior.kind === "joint") return this.jointWeight(profile);
    return this.groupOf.reduce<Integer>((product, g, j) => {
      return times(product, this.groups[g].weight[profiles.typeOf(profile, j)]);
    }, 1);
  }

  /** Every row once. Throws where they do not make up the whole space: that would be a bug here. */
  rows(visit: (row: Row) => void): void {
    const { environment, alike } = this;
    const { profiles, agentCount } = environment;
    const last = agentCount - 1;
    const length = profiles.sizes[last];
    const row: Row = {
      types: new Int32Array(last),
      first: 0,
      from: 0,
      to: length,
      start: 0,
      sizes: new Array<Integer>(length).fill(1),
      size: length,
      lead: 1,
      spread: zeros(length),
      total: 0,
      factors: zeros(last),
      alone: zeros(length),
    };
    const weigh = environment.prior.kind === "joint" ? this.jointWeights() : this.independentWeights();
    const samples = scattered(SAMPLES, this.count).sort((a, b) => a - b);
    let seen: Integer = 0;
    let mass: Integer = 0;
    do {
      weigh(row);
      const next = row.start + length - row.from;
      for (; samples.length > 0 && samples[0] < next; samples.shift()) {
        this.checkWeights(row, samples[0] - row.start + row.from);
      }
      visit(row);
      seen = plus(seen, row.size);
      mass = plus(mass, times(row.lead, row.total));
      row.start = next;
    } while (this.advance(row, alike));
    if (!equal(seen, profiles.count) || !equal(mass, this.whole))
      throw new Error("the rows are not the whole space: this is a bug");
  }

  /** Compares with the prior what a row says of a profile's probability, and of what agents of its types believe. */
  private checkWeights({ first, types, sizes, lead, spread, factors, alone }: Row, b: number): void {
    const { prior } = this.environment;
    const s = first + b;
    const arrangements = Rational.of(sizes[b]);
    const believed = (i: number) => (i === types.length ? alone[b] : times(factors[i], spread[b]));
    const same = this.environment.agents.every((_, i) => {
      const total = this.beliefTotal(i, i === types.length ? b : types[i]);
      return Rational.of(believed(i), total).equals(prior.belief(i, s).multiply(arrangements));
    });
    if (
      same &&
      Rational.of(times(lead, spread[b]), this.whole).equals(prior.probability(s).multiply(arrangements))
    )
      return;
    throw new Error(`${this.environment.profileLabel(s)} is weighed wrong: this is a bug`);
  }

  /** The next row's types; whether there is one. */
  private advance(row: Row, alike: boolean): boolean {
    const { sizes, strides } = this.environment.profiles;
    const { types } = row;
    let i = types.length - 1;
    while (i >= 0 && types[i] === sizes[i] - 1) i--;
    if (i < 0) return false;
    const next = types[i] + 1;
    if (alike) types.fill(next, i);
    else types.fill(0, i + 1)[i] = next;
    row.first = 0;
    for (let j = 0; j < types.length; j++) row.first += types[j] * strides[j];
    row.from = alike ? types[types.length - 1] : 0;
    return true;
  }

  private independentWeights(): (row: Row) => void {
    const { groups, groupOf, alike } = this;
    const last = this.environment.agentCount - 1;
    const own = groups[groupOf[last]].weight;
    return (row) => {
      const { types, factors, spread, alone, sizes } = row;
      const weightOf = (i: number) => groups[groupOf[i]].weight[types[i]];
      // Products of all before an agent and all behind it, so that nothing is divided by a weight that may be zero.
      let before: Integer = 1;
      for (let i = 0; i < last; i++) {
        factors[i] = before;
        before = times(before, weightOf(i));
      }
      row.lead = before;
      let behind: Integer = 1;
      for (let i = last - 1; i >= 0; i--) {
        factors[i] = times(factors[i], behind);
        behind = times(behind, weightOf(i));
      }
      if (!alike) {
        alone.fill(row.lead);
        // Of the last agent it is the same in all rows.
        if (row.start > 0) return;
        for (let b = 0; b < row.to; b++) spread[b] = own[b];
        row.total = sum(spread, 0);
        return;
      }
      countArrangements(row);
      for (let b = row.from; b < row.to; b++) {
        spread[b] = times(sizes[b], own[b]);
        alone[b] = times(sizes[b], row.lead);
      }
      row.size = sum(sizes, row.from);
      row.total = sum(spread, row.from);
    };
  }

  private jointWeights(): (row: Row) => void {
    return (row) => {
      row.factors.fill(1);
      for (let b = row.from; b < row.to; b++) {
        row.spread[b] = this.jointWeight(row.first + b);
        row.alone[b] = row.spread[b];
      }
      row.total = sum(row.spread, 0);
    };
  }

  private jointWeight(profile: number): Integer {
    const { numerator, denominator } = this.environment.prior.probability(profile);
    return short(numerator * (this.whole / denominator));
  }
}

const known = new WeakMap<Environment, { profiles?: Space; orbits?: Space }>();

function sum(numbers: readonly Integer[], from: number): Integer {
  let total: Integer = 0;
  for (let k = from; k < numbers.length; k++) total = plus(total, numbers[k]);
  return total;
}

/** How many profiles have the same types as `(types, b)`, for every `b`: multinomial coefficients, a binomial factor at a time. */
function countArrangements({ types, from, to, sizes }: Row): void {
  let ways: Integer = 1;
  let equals = 0;
  for (let i = 0; i < types.length; i++) {
    equals = i > 0 && types[i] === types[i - 1] ? equals + 1 : 1;
    ways = over(times(ways, i + 1), equals);
  }
  const more = times(ways, types.length + 1);
  for (let b = from; b < to; b++) sizes[b] = more;
  if (types.length > 0 && types[types.length - 1] === from) sizes[from] = over(more, equals + 1);
}

/** Whether a type of an agent of the group has probability zero. */
export function isImpossible({ weight }: Group, type: number): boolean {
  return isZero(weight[type]);
}

/** The weight of the others' types, for the agent whose type they meet; over `beliefTotal`. */
export function othersWeight({ types, factors, spread, alone }: Row, i: number, b: number): Integer {
  return i === types.length ? alone[b] : times(factors[i], spread[b]);
}
