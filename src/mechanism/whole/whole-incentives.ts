import { IntegerSum } from "../../number/integer-sum.js";
import { Rational } from "../../number/rational.js";
import { incentiveLabel } from "../incentive-compatibility.js";
import type { Finding } from "../properties.js";
import type { WholeMechanism } from "./whole-mechanism.js";

/** An agent's types at one profile of the others: what each report chooses and costs, and what the types make of it. */
class TypeLine {
  readonly size: number;
  readonly stride: number;
  /** By report. */
  readonly choice: Int32Array;
  readonly payment: Float64Array;
  /** `worth[choice][type]`. */
  readonly worth: readonly Float64Array[];
  /** By type: utility from the truth. */
  readonly truthful: Float64Array;
  private readonly values: (type: number, truth: number) => Float64Array;
  private known = false;

  constructor(
    private readonly whole: WholeMechanism,
    private readonly agent: number,
  ) {
    const { profiles } = whole.environment;
    const size = profiles.sizes[agent];
    this.size = size;
    this.stride = profiles.strides[agent];
    this.choice = new Int32Array(size);
    this.payment = new Float64Array(size);
    this.truthful = new Float64Array(size);
    this.worth = whole.lotteries.map(() => new Float64Array(size));
    this.values = whole.valueRows(agent);
  }

  /** Reads the line of the profile in which the agent has its first type. */
  read(first: number): void {
    const { whole, agent, size, stride, choice, payment, worth, truthful } = this;
    const payments = whole.payments[agent];
    // Own values are the same on every line.
    if (!this.known) {
      for (let type = 0; type < size; type++) {
        const row = this.values(type, first + type * stride);
        for (let c = 0; c < worth.length; c++) worth[c][type] = row[c];
      }
      this.known = !whole.environment.values[agent].dependsOnProfile;
    }
    for (let type = 0, s = first; type < size; type++, s += stride) {
      choice[type] = whole.choice[s];
      payment[type] = payments[s];
      truthful[type] = worth[choice[type]][type] - payment[type];
    }
  }
}

/** The worst misreport of an agent: the first of equals in the order of true profiles, then of reports. */
interface Misreport {
  readonly slack: number;
  readonly truth: number;
  readonly report: number;
}

/** Ex post IC, and dominant-strategy IC with private values: every report at every profile. */
export function exPostIncentives(whole: WholeMechanism): Finding {
  const { environment, unit } = whole;
  const { profiles, agentCount } = environment;
  let worst: (Misreport & { readonly agent: number }) | undefined;
  let requirements = 0;
  let binding = 0;
  for (let agent = 0; agent < agentCount; agent++) {
    const line = new TypeLine(whole, agent);
    let own: Misreport = { slack: Number.POSITIVE_INFINITY, truth: -1, report: -1 };
    requirements += profiles.count * (line.size - 1);
    for (let others = 0; others < profiles.othersCount(agent); others++) {
      const first = profiles.withOthers(agent, others);
      line.read(first);
      const found = lineMisreport(line, first, own);
      own = found.worst;
      binding += found.binding;
    }
    if (own.truth >= 0 && (!worst || own.slack < worst.slack)) worst = { ...own, agent };
  }
  const holds = !worst || worst.slack >= 0;
  return {
    holds,
    violation: holds ? Rational.ZERO : Rational.of(-worst!.slack, unit),
    worst: worst && exPostLabel(whole, worst.agent, worst.truth, worst.report),
    requirements,
    binding,
  };
}

/** The worst misreport of those so far and those on a line, and how many on the line bind. */
function lineMisreport(
  line: TypeLine,
  first: number,
  before: Misreport,
): { worst: Misreport; binding: number } {
  const { size, choice, payment, worth, truthful } = line;
  let worst = before;
  let binding = 0;
  for (let report = 0; report < size; report++) {
    const values = worth[choice[report]];
    const paid = payment[report];
    // The truth itself is no misreport: its slack is zero, and is not counted.
    let least = Number.POSITIVE_INFINITY;
    let zeros = -1;
    for (let type = 0; type < size; type++) {
      const slack = truthful[type] - values[type] + paid;
      if (slack === 0) zeros++;
      if (slack < least && type !== report) least = slack;
    }
    binding += zeros;
    if (least <= worst.slack) worst = earlier(line, first, report, least, worst);
  }
  return { worst, binding };
}

/** Of the misreports to `report` with this slack and the worst so far, the one that is worse, or as bad and earlier. */
function earlier(
  { size, stride, choice, payment, worth, truthful }: TypeLine,
  first: number,
  report: number,
  slack: number,
  worst: Misreport,
): Misreport {
  const values = worth[choice[report]];
  for (let type = 0; type < size; type++) {
    const truth = first + type * stride;
    if (slack === worst.slack && (truth > worst.truth || (truth === worst.truth && report > worst.report)))
      return worst;
    if (type !== report && truthful[type] - values[type] + payment[report] === slack)
      return { slack, truth, report };
  }
  return worst;
}

function exPostLabel({ environment }: WholeMechanism, agent: number, truth: number, report: number): string {
  const type = environment.profiles.typeOf(truth, agent);
  return incentiveLabel(environment, agent, type, report, truth, truth);
}

/** Bayesian IC: expected utility of every type from every report. */
export function bayesianIncentives(whole: WholeMechanism): Finding {
  const { environment } = whole;
  const { profiles, agentCount, prior, values } = environment;
  let least: Rational | undefined;
  let worst: { agent: number; type: number; report: number } | undefined;
  let requirements = 0;
  let binding = 0;
  for (let agent = 0; agent < agentCount; agent++) {
    const size = profiles.sizes[agent];
    const own = prior.kind === "joint" || values[agent].dependsOnProfile;
    const utilities = own ? utilitiesByTruth(whole, agent) : utilitiesByReport(whole, agent);
    for (let type = 0; type < size; type++) {
      const { of, denominator } = utilities(type);
      const truthful = of(type);
      let smallest: bigint | number | undefined;
      let report = -1;
      for (let other = 0; other < size; other++) {
        if (other === type) continue;
        const slack = difference(truthful, of(other));
        requirements++;
        if (isZero(slack)) binding++;
        if (smallest !== undefined && !(slack < smallest)) continue;
        smallest = slack;
        report = other;
      }
      if (smallest === undefined) continue;
      const slack = Rational.of(smallest, denominator);
      if (least && slack.compare(least) >= 0) continue;
      least = slack;
      worst = { agent, type, report };
    }
  }
  const holds = !least || least.sign >= 0;
  return {
    holds,
    violation: holds ? Rational.ZERO : least!.negate(),
    worst: worst && incentiveLabel(environment, worst.agent, worst.type, worst.report),
    requirements,
    binding,
  };
}

/** Expected utility of a type from a report, over a denominator. */
interface Utilities {
  of(report: number): number | bigint;
  readonly denominator: bigint;
}

function difference(a: number | bigint, b: number | bigint): number | bigint {
  return typeof a === "number" && typeof b === "number" ? a - b : BigInt(a) - BigInt(b);
}

function isZero(value: number | bigint): boolean {
  return value === 0 || value === 0n;
}

/** From the definition: a sum over the others' profiles for every type and report. */
function utilitiesByTruth(whole: WholeMechanism, agent: number): (type: number) => Utilities {
  const { environment, unit } = whole;
  const { profiles } = environment;
  const belief = whole.beliefs.of(agent);
  const values = whole.valueRows(agent);
  const stride = profiles.strides[agent];
  return (type) => ({
    denominator: belief.total(type) * unit,
    of(report) {
      const sum = new IntegerSum();
      for (let others = 0; others < profiles.othersCount(agent); others++) {
        const first = profiles.withOthers(agent, others);
        const truth = first + type * stride;
        const reported = first + report * stride;
        const weight = belief.weight(type, others, truth);
        if (weight === 0) continue;
        const value = values(type, truth)[whole.choice[reported]];
        sum.addProduct(weight, value - whole.payments[agent][reported]);
      }
      return sum.value;
    },
  });
}

/** Own values and independent beliefs: the report alone decides how likely each choice is, and the payment. */
function utilitiesByReport(whole: WholeMechanism, agent: number): (type: number) => Utilities {
  const { environment, choices } = whole;
  const { profiles, outcomes } = environment;
  const belief = whole.beliefs.of(agent);
  const width = outcomes.length;
  const size = profiles.sizes[agent];
  const stride = profiles.strides[agent];
  const denominator = belief.total(0) * whole.unit;
  const chances = new Float64Array(choices);
  // Weights sum to a safe integer, and so do their products with shares as long as those are small.
  const likely: bigint[] = [];
  const payments: bigint[] = [];
  for (let report = 0; report < size; report++) {
    chances.fill(0);
    const payment = new IntegerSum();
    for (let others = 0; others < profiles.othersCount(agent); others++) {
      const s = profiles.withOthers(agent, others) + report * stride;
      const weight = belief.weight(report, others, s);
      chances[whole.choice[s]] += weight;
      payment.addProduct(weight, whole.payments[agent][s]);
    }
    payments.push(payment.value);
    const byOutcome = new Array<bigint>(width).fill(0n);
    chances.forEach((chance, c) => {
      if (chance === 0) return;
      for (const { outcome, share } of whole.lotteries[c])
        byOutcome[outcome] += BigInt(chance) * BigInt(share);
    });
    likely.push(...byOutcome);
  }
  const table = environment.values[agent];
  const money = (type: number, x: number) => BigInt(whole.shared(table.numerator(type, 0, x) as number, 1));
  const exact = (type: number, report: number) => {
    let total = -payments[report];
    for (let x = 0; x < width; x++) total += likely[report * width + x] * money(type, x);
    return total;
  };
  const small = inDoubles(likely, payments, whole, agent);
  return (type) => ({ denominator, of: small ? small(type) : (report) => exact(type, report) });
}

/** The same in doubles, where every utility and every difference of two is a safe integer. */
function inDoubles(
  likely: readonly bigint[],
  payments: readonly bigint[],
  whole: WholeMechanism,
  agent: number,
): ((type: number) => (report: number) => number) | undefined {
  const { environment } = whole;
  const width = environment.outcomes.length;
  const size = environment.profiles.sizes[agent];
  const chances = Float64Array.from(likely, Number);
  const due = Float64Array.from(payments, Number);
  const values = Float64Array.from({ length: size * width }, (_, k) =>
    whole.shared(environment.values[agent].numerator(Math.floor(k / width), 0, k % width) as number, 1),
  );
  const most = (vector: Float64Array) => vector.reduce((size, entry) => Math.max(size, Math.abs(entry)), 0);
  const bound = 2 * (most(due) + width * most(chances) * most(values));
  if (!(bound <= Number.MAX_SAFE_INTEGER && most(chances) <= Number.MAX_SAFE_INTEGER)) return undefined;
  return (type) => (report) => {
    let total = -due[report];
    for (let x = 0; x < width; x++) total += chances[report * width + x] * values[type * width + x];
    return total;
  };
}
