import type { Environment } from "../environment/environment.js";
import { increasingOrder } from "../number/increasing-order.js";
import {
  canonical,
  compared,
  equal,
  type Integer,
  isZero,
  minus,
  negate,
  plus,
  short,
  times,
  zeros,
} from "../number/integer.js";
import type { Space } from "../space/space.js";
import type { Record } from "./record.js";
import type { SlackTally } from "./slack-tally.js";

/**
 * One agent's incentives where they have to be looked at line by line: a line is what its types make of a profile of the others.
 * `margin` is what a type may gain by a misreport, over the record's unit. Slacks are told by agent, true profile, report, and, where
 * others may report anything, profile of reports.
 */

/**
 * Ex post IC, and dominant-strategy IC with private values: others being as they are, a report matters by what is chosen and paid
 * alone, so a type is compared with the least payment for each choice instead of with each report.
 */
export function alongLines(
  { environment }: Space,
  record: Record,
  agent: number,
  margin: Integer,
  tally: SlackTally,
): void {
  const menu = record.menu(agent);
  if (menu) {
    alongMenus(environment, record, menu, agent, margin, tally);
    return;
  }
  const { profiles } = environment;
  const [size, stride] = [profiles.sizes[agent], profiles.strides[agent]];
  const values = record.values(agent);
  const payments = zeros(size);
  const offerOf = new Array<Offer>(size);
  // Its own report, which is none that a type is compared with, binds where nothing may be gained.
  const itself = isZero(margin) ? size : 0;
  for (let others = 0; others < profiles.othersCount(agent); others++) {
    const first = profiles.withOthers(agent, others);
    for (let report = 0, s = first; report < size; report++, s += stride)
      payments[report] = record.payment(agent, s);
    const offers = offersOf(record.choice, payments, first, stride, offerOf);
    for (const offer of offers) offer.values = values(offer.choice, first);
    let binding = 0;
    let tightest: Integer | undefined;
    let [who, report] = [0, 0];
    for (let type = 0; type < size; type++) {
      const own = offerOf[type];
      const charge = minus(payments[type], margin);
      const utility = minus(own.values[type], charge);
      for (let k = 0; k < offers.length; k++) {
        const offer = offers[k];
        // At this payment the type would gain just what it may.
        const even = offer === own ? charge : minus(offer.values[type], utility);
        binding += offer.reportsAt(even);
        if (offer.cheapest === type) continue;
        const slack = minus(offer.least, even);
        if (tightest !== undefined && !(slack < tightest)) continue;
        tightest = slack;
        who = type;
        report = offer.cheapest;
      }
    }
    const truth = first + who * stride;
    if (tightest !== undefined) tally.offer(tightest, 1, agent, truth, report, truth);
    tally.count(size * (size - 1), binding - itself);
  }
}

/**
 * The same where others leave the agent a price for each of two outcomes. Of types with the same outcome, the one whom the other
 * outcome would serve best gains most by a misreport; reports that lead to the same outcome gain nothing.
 */
function alongMenus(
  { profiles }: Environment,
  record: Record,
  prices: ArrayLike<Integer>,
  agent: number,
  margin: Integer,
  tally: SlackTally,
): void {
  const [size, stride] = [profiles.sizes[agent], profiles.strides[agent]];
  const { choice } = record;
  const values = record.values(agent);
  let [zero, one, gain]: (readonly Integer[])[] = [];
  let rank: Int32Array = new Int32Array(size);
  for (let others = 0; others < profiles.othersCount(agent); others++) {
    const first = profiles.withOthers(agent, others);
    if (values(0, first) !== zero || values(1, first) !== one) {
      [zero, one] = [values(0, first), values(1, first)];
      gain = one.map((value, type) => minus(value, zero[type]));
      rank = ranks(gain);
    }
    const [keepsZero, keepsOne] = [new Side(), new Side()];
    for (let type = 0, s = first; type < size; type++, s += stride) {
      if (choice[s] === 0) keepsZero.add(type, size - rank[type]);
      else keepsOne.add(type, rank[type]);
    }
    const difference = minus(prices[2 * keepsZero.count + 1], prices[2 * keepsZero.count]);
    let binding = 0;
    const compare = (own: Side, other: Side, beyond: Integer) => {
      if (isZero(margin)) binding += own.count * (own.count - 1);
      const alike = first + own.before * stride;
      // A report that leads to the same outcome gains nothing.
      if (own.before >= 0) tally.offer(margin, 1, agent, alike, own.last, alike);
      if (own.count === 0 || other.count === 0) return;
      const least = own === keepsOne ? gain[own.who] : negate(gain[own.who]);
      const slack = plus(plus(least, beyond), margin);
      if (isZero(slack)) binding += own.tied * other.count;
      const truth = first + own.who * stride;
      tally.offer(slack, 1, agent, truth, other.last, truth);
    };
    compare(keepsZero, keepsOne, difference);
    compare(keepsOne, keepsZero, negate(difference));
    tally.count(size * (size - 1), binding);
  }
}

/** The types of a line who get one of two outcomes. */
class Side {
  count = 0;
  /** The last type, and the one before. */
  last = -1;
  before = -1;
  /** To whom first the outcome is worth least beyond the other, and to how many. */
  who = -1;
  tied = 0;
  private least = 0;

  /** With its rank in the order of how much more the outcome is worth to types. */
  add(type: number, rank: number): void {
    this.count++;
    this.before = this.last;
    this.last = type;
    if (this.who >= 0 && rank >= this.least) {
      if (rank === this.least) this.tied++;
      return;
    }
    this.least = rank;
    this.who = type;
    this.tied = 1;
  }
}

/** The place of each of several numbers in their order; of equal ones it is the same. */
function ranks(numbers: readonly Integer[]): Int32Array {
  const order = increasingOrder(numbers.length, (a, b) => compared(numbers[a], numbers[b]));
  const found = new Int32Array(numbers.length);
  order.forEach((k, place) => {
    const before = order[place - 1];
    found[k] = place > 0 && equal(numbers[k], numbers[before]) ? found[before] : place;
  });
  return found;
}

/** What a line offers for one choice: by how many reports, and at which payments. */
class Offer {
  /** What the choice is worth, by type. */
  values: readonly Integer[] = [];
  /** The least payment, and a report that asks it. */
  least: Integer;
  cheapest: number;
  /** How many reports ask the first payment, and others. */
  private asFirst = 1;
  private others: Map<Integer, number> | undefined;

  constructor(
    readonly choice: number,
    private readonly first: Integer,
    report: number,
  ) {
    this.least = first;
    this.cheapest = report;
  }

  add(payment: Integer, report: number): void {
    if (equal(payment, this.first)) {
      this.asFirst++;
      return;
    }
    this.others ??= new Map();
    const key = canonical(payment);
    this.others.set(key, (this.others.get(key) ?? 0) + 1);
    if (!(payment < this.least)) return;
    this.least = payment;
    this.cheapest = report;
  }

  /** How many reports ask just this. */
  reportsAt(payment: Integer): number {
    if (equal(payment, this.first)) return this.asFirst;
    return this.others?.get(canonical(payment)) ?? 0;
  }
}

/** The offers of a line that begins at a profile; which of them each report is of goes into a list. */
function offersOf(
  choice: Int32Array,
  payments: readonly Integer[],
  first: number,
  stride: number,
  offerOf: Offer[],
): Offer[] {
  const offers: Offer[] = [];
  let known: Map<number, Offer> | undefined;
  for (let report = 0, s = first; report < payments.length; report++, s += stride) {
    const before = report === 0 ? undefined : offerOf[report - 1];
    let offer = before?.choice === choice[s] ? before : known?.get(choice[s]);
    if (offer) offer.add(payments[report], report);
    else {
      offer = new Offer(choice[s], payments[report], report);
      offers.push(offer);
      known ??= new Map();
      known.set(choice[s], offer);
    }
    offerOf[report] = offer;
  }
  return offers;
}

/** Bayesian IC where types are correlated or values interdependent: what each type expects of each report. */
export function inExpectation(
  space: Space,
  record: Record,
  agent: number,
  margin: Integer,
  tally: SlackTally,
): void {
  const { profiles } = space.environment;
  const [size, stride] = [profiles.sizes[agent], profiles.strides[agent]];
  // `utilities[type * size + report]`, times what the beliefs of the type sum to.
  const utilities = zeros(size * size);
  for (let others = 0; others < profiles.othersCount(agent); others++) {
    const first = profiles.withOthers(agent, others);
    for (let type = 0, truth = first; type < size; type++, truth += stride) {
      const weight = space.othersWeight(agent, truth);
      if (isZero(weight)) continue;
      for (let report = 0, s = first; report < size; report++, s += stride) {
        const place = type * size + report;
        const gained = minus(record.value(agent, type, truth, record.choice[s]), record.payment(agent, s));
        utilities[place] = plus(utilities[place], times(weight, gained));
      }
    }
  }
  for (let type = 0; type < size; type++) {
    const total = short(space.beliefTotal(agent, type));
    const truthful = plus(utilities[type * size + type], times(margin, total));
    for (let report = 0; report < size; report++) {
      if (report === type) continue;
      tally.add(minus(truthful, utilities[type * size + report]), total, 1, agent, type, report);
    }
  }
}

/** Dominant-strategy IC with interdependent values: whatever the others' types are, and whatever they report. */
export function againstAnyReports(
  { environment }: Space,
  record: Record,
  agent: number,
  margin: Integer,
  tally: SlackTally,
): void {
  const { profiles } = environment;
  const [size, stride] = [profiles.sizes[agent], profiles.strides[agent]];
  for (let truth = 0; truth < profiles.count; truth++) {
    const type = profiles.typeOf(truth, agent);
    const utility = (s: number) =>
      minus(record.value(agent, type, truth, record.choice[s]), record.payment(agent, s));
    for (let others = 0; others < profiles.othersCount(agent); others++) {
      const first = profiles.withOthers(agent, others);
      const reported = first + type * stride;
      const truthful = plus(utility(reported), margin);
      for (let report = 0; report < size; report++) {
        if (report === type) continue;
        tally.add(minus(truthful, utility(first + report * stride)), 1, 1, agent, truth, report, reported);
      }
    }
  }
}
