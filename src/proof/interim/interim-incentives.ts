import type { Environment } from "../../environment/environment.js";
import type { Finding } from "../../mechanism/audit.js";
import { incentiveLabel } from "../../mechanism/incentive-compatibility.js";
import { lcm, Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";

/** What reports bring an agent, and what its types make of it. */
export interface Reports {
  /** `outcomes.at(report * width + x)`: the outcome's probability. */
  readonly outcomes: RationalVector;
  /** Expected payment by report. */
  readonly payments: RationalVector;
  /** `values.at(type * width + x)`. */
  readonly values: RationalVector;
  readonly width: number;
}

/** Truthful minus misreporting utility, over one denominator. */
interface Slacks {
  readonly count: number;
  readonly denominator: bigint;
  readonly at: (type: number, report: number) => number | bigint;
}

/**
 * Bayesian IC of one agent. Two outcomes: with types in the order of how much more they value the second, a rule whose
 * probability of it does not decrease satisfies all of IC if neighbours do, and the slack against a distant report is the
 * sum of the neighbours' slacks and of products that are not negative. Otherwise, or where a neighbour gains, every pair.
 */
export function incentiveFinding(environment: Environment, agent: number, reports: Reports): Finding {
  const slacks = slacksOf(reports);
  const found = alongNeighbours(slacks, reports) ?? everyPair(slacks);
  const { least, binding } = found;
  const slack = Rational.of(least.slack, slacks.denominator);
  return {
    holds: slack.sign >= 0,
    violation: slack.sign >= 0 ? Rational.ZERO : slack.negate(),
    worst: slacks.count < 2 ? undefined : incentiveLabel(environment, agent, least.type, least.report),
    requirements: slacks.count * (slacks.count - 1),
    binding,
  };
}

function slacksOf({ outcomes, payments, values, width }: Reports): Slacks {
  const count = payments.length;
  const product = outcomes.denominator * values.denominator;
  const denominator = lcm(product, payments.denominator);
  const scale = denominator / product;
  const due = payments.over(denominator);
  const size = (vector: readonly (number | bigint)[] | Float64Array) => {
    let most = 0;
    for (let k = 0; k < vector.length; k++) most = Math.max(most, Math.abs(Number(vector[k])));
    return most;
  };
  const greatest =
    2 * width * size(outcomes.numerators) * size(values.numerators) * Number(scale) +
    2 * size(due.numerators);
  if (greatest <= Number.MAX_SAFE_INTEGER) {
    const q = outcomes.numerators as Float64Array;
    const v = Float64Array.from(
      { length: values.length },
      (_, k) => Number(values.numerators[k]) * Number(scale),
    );
    const t = Float64Array.from({ length: count }, (_, type) => Number(due.numerators[type]));
    return {
      count,
      denominator,
      at: (type, report) => {
        let total = t[report] - t[type];
        for (let x = 0; x < width; x++)
          total += (q[type * width + x] - q[report * width + x]) * v[type * width + x];
        return total;
      },
    };
  }
  return {
    count,
    denominator,
    at: (type, report) => {
      let total = 0n;
      for (let x = 0; x < width; x++) {
        const more = outcomes.numeratorAt(type * width + x) - outcomes.numeratorAt(report * width + x);
        total += more * values.numeratorAt(type * width + x);
      }
      return total * scale + due.numeratorAt(report) - due.numeratorAt(type);
    },
  };
}

interface Least {
  readonly slack: number | bigint;
  readonly type: number;
  readonly report: number;
}

interface Found {
  readonly least: Least;
  readonly binding: number;
}

function everyPair({ count, at }: Slacks): Found {
  let least: Least = { slack: count < 2 ? 0 : at(0, 1), type: 0, report: 1 };
  let binding = 0;
  for (let type = 0; type < count; type++) {
    for (let report = 0; report < count; report++) {
      if (report === type) continue;
      const slack = at(type, report);
      if (slack < least.slack) least = { slack, type, report };
      if (isZero(slack)) binding++;
    }
  }
  return { least, binding };
}

/** Undefined unless there are two outcomes, the rule is monotone, and no type gains by reporting a neighbour. */
function alongNeighbours({ count, at }: Slacks, { outcomes, values, width }: Reports): Found | undefined {
  if (width !== 2 || count < 2) return undefined;
  const { numerators: v } = values;
  const { numerators: q } = outcomes;
  if (!(v instanceof Float64Array && q instanceof Float64Array)) return undefined;
  const theta = (type: number) => v[2 * type + 1] - v[2 * type];
  const chance = (type: number) => q[2 * type + 1];
  const order = Array.from({ length: count }, (_, type) => type);
  order.sort((a, b) => theta(a) - theta(b) || chance(a) - chance(b) || a - b);
  let least: Least | undefined;
  const zero = [new Uint8Array(count - 1), new Uint8Array(count - 1)];
  for (let k = 0; k + 1 < count; k++) {
    const pair = [order[k], order[k + 1]];
    if (!(chance(pair[0]) <= chance(pair[1]))) return undefined;
    for (const side of [0, 1]) {
      const [type, report] = [pair[side], pair[1 - side]];
      const slack = at(type, report);
      if (slack < 0) return undefined;
      if (!least || slack < least.slack) least = { slack, type, report };
      zero[side][k] = isZero(slack) ? 1 : 0;
    }
  }
  const even = (k: number) => chance(order[k]) === chance(order[k + 1]);
  // Steps that bind whoever takes them: neighbours are alike to everybody.
  const flat = zero.map((binds) => binds.map((bind, k) => (bind === 1 && even(k) ? 1 : 0)));
  const upwards = new Int32Array(count);
  const downwards = new Int32Array(count);
  for (let k = count - 2; k >= 0; k--) upwards[k] = flat[0][k] ? upwards[k + 1] + 1 : 0;
  for (let k = 1; k < count; k++) downwards[k] = flat[1][k - 1] ? downwards[k - 1] + 1 : 0;
  let binding = 0;
  for (let k = 0; k < count; k++) {
    // The first step binds on its own; a later one by somebody with the same theta, or flat.
    let at = k;
    while (at + 1 < count && theta(order[at]) === theta(order[k]) && zero[0][at]) at++;
    binding += at - k + (at + 1 < count && theta(order[at]) !== theta(order[k]) ? upwards[at] : 0);
    at = k;
    while (at > 0 && theta(order[at]) === theta(order[k]) && zero[1][at - 1]) at--;
    binding += k - at + (at > 0 && theta(order[at]) !== theta(order[k]) ? downwards[at] : 0);
  }
  return { least: least!, binding };
}

function isZero(value: number | bigint): boolean {
  return value === 0 || value === 0n;
}
