import { canonical, equal, type Integer, isZero, minus, plus, short, times, zeros } from "../number/integer.js";
import type { IntegerArray } from "../number/integer-array.js";
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
  const { profiles } = environment;
  const [size, stride] = [profiles.sizes[agent], profiles.strides[agent]];
  const paid = record.payments[agent];
  const values = record.values(agent);
  const utility = zeros(size);
  // Its own report, which is none that a type is compared with, binds where nothing may be gained.
  const itself = isZero(margin) ? 1 : 0;
  for (let others = 0; others < profiles.othersCount(agent); others++) {
    const first = profiles.withOthers(agent, others);
    const offers = offersOf(record.choice, paid, first, size, stride);
    let binding = 0;
    for (const { choice, reports } of offers) {
      const value = values(choice, first);
      for (const report of reports) {
        utility[report] = plus(minus(value[report], paid.at(first + report * stride)), margin);
      }
    }
    for (const offer of offers) {
      const value = values(offer.choice, first);
      for (let type = 0; type < size; type++) {
        // At this payment the type would gain just what it may.
        const even = minus(value[type], utility[type]);
        binding += offer.reportsAt(even);
        if (offer.cheapest === type) continue;
        const truth = first + type * stride;
        tally.offer(minus(offer.least, even), 1, agent, truth, offer.cheapest, truth);
      }
    }
    tally.count(size * (size - 1), binding - itself * size);
  }
}

/** What a line offers for one choice: by which reports, and at which payments. */
class Offer {
  readonly reports: number[];
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
    this.reports = [report];
    this.least = first;
    this.cheapest = report;
  }

  add(payment: Integer, report: number): void {
    this.reports.push(report);
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

function offersOf(
  choice: Int32Array,
  paid: IntegerArray,
  first: number,
  size: number,
  stride: number,
): Offer[] {
  const offers: Offer[] = [];
  const known = new Map<number, Offer>();
  let last: Offer | undefined;
  for (let report = 0, s = first; report < size; report++, s += stride) {
    const offer: Offer | undefined = last?.choice === choice[s] ? last : known.get(choice[s]);
    if (offer) {
      offer.add(paid.at(s), report);
      last = offer;
      continue;
    }
    last = new Offer(choice[s], paid.at(s), report);
    known.set(choice[s], last);
    offers.push(last);
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
  const paid = record.payments[agent];
  // `utilities[type * size + report]`, times what the beliefs of the type sum to.
  const utilities = zeros(size * size);
  for (let others = 0; others < profiles.othersCount(agent); others++) {
    const first = profiles.withOthers(agent, others);
    for (let type = 0, truth = first; type < size; type++, truth += stride) {
      const weight = space.othersWeight(agent, truth);
      if (isZero(weight)) continue;
      for (let report = 0, s = first; report < size; report++, s += stride) {
        const place = type * size + report;
        const gained = minus(record.value(agent, type, truth, record.choice[s]), paid.at(s));
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
  const paid = record.payments[agent];
  for (let truth = 0; truth < profiles.count; truth++) {
    const type = profiles.typeOf(truth, agent);
    const utility = (s: number) => minus(record.value(agent, type, truth, record.choice[s]), paid.at(s));
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
