import { type Integer, isZero, minus, negate, plus, short, times, zeros } from "../number/integer.js";
import { concerns, type Requirement } from "../question/requirement.js";
import type { Row, Space } from "../space/space.js";
import type { Finding } from "./finding.js";
import type { Quantities } from "./quantities.js";
import { SlackTally } from "./slack-tally.js";

/** A requirement at every profile, looked at there. */
export class ProfileSlacks {
  private readonly tally: SlackTally;
  /** Over the quantities' unit. */
  private readonly margin: Integer;
  /** Agents by place, or the designer. */
  private readonly about: readonly number[];
  private readonly slacks: Integer[];
  private readonly isPlain: boolean;

  constructor(
    private readonly space: Space,
    private readonly quantities: Quantities,
    private readonly requirement: Requirement,
  ) {
    const { environment } = space;
    const { margin, of } = requirement;
    this.tally = new SlackTally(quantities.unit, (agent, profile) =>
      requirement.label(environment, agent === DESIGNER ? { profile } : { agent, profile }),
    );
    this.margin = short(margin.numerator * (quantities.unit / margin.denominator));
    this.about =
      of === "designer"
        ? [DESIGNER]
        : [...environment.agents.keys()].filter((agent) => concerns(requirement, agent));
    this.isPlain = !space.alike;
    this.slacks = zeros(environment.profiles.sizes[environment.agentCount - 1]);
  }

  add(row: Row): void {
    const { quantities, slacks, margin } = this;
    const { exact } = this.requirement;
    const { from, to } = row;
    for (const who of this.about) {
      const lists = who === DESIGNER ? this.ofDesigner() : this.ofAgent(who);
      if (lists.length === 0) slacks.fill(0);
      lists.forEach(([factor, list], k) => {
        if (k === 0) this.begin(row, factor, list);
        else this.addTerm(row, factor, list);
      });
      const { open } = quantities.choices;
      if (margin !== 0) {
        for (let b = from; b < to; b++) slacks[b] = plus(slacks[b], times(margin, quantities.denominator(b)));
      }
      if (exact) for (let b = from; b < to; b++) if (slacks[b] > 0) slacks[b] = negate(slacks[b]);
      if (this.isPlain && open.length === 0) this.takeRow(row, who);
      else this.takeProfiles(row, who);
    }
  }

  /** Single profiles, at all of which an outcome is chosen for sure. */
  private takeRow({ from, to, first }: Row, who: number): void {
    const { slacks, tally } = this;
    let least = from;
    let binding = 0;
    for (let b = from; b < to; b++) {
      if (slacks[b] < slacks[least]) least = b;
      if (isZero(slacks[b])) binding++;
    }
    tally.count(to - from, binding);
    tally.offer(slacks[least], 1, who, first + least);
  }

  private takeProfiles({ from, to, first, sizes }: Row, who: number): void {
    const { slacks, tally, quantities } = this;
    for (let b = from; b < to; b++) {
      // Where a lottery is chosen, money is over its denominator as well.
      tally.add(slacks[b], quantities.denominator(b), Number(sizes[b]), who, first + b);
    }
  }

  private ofAgent(i: number): Term[] {
    const { value, payment, outside } = this.requirement.terms;
    const { quantities } = this;
    const terms: Term[] = [];
    if (value) terms.push([value, quantities.values(i)]);
    if (payment) terms.push([payment, quantities.payments(i)]);
    if (outside && quantities.hasOutside[i]) terms.push([outside, quantities.outside(i)]);
    return terms;
  }

  private ofDesigner(): Term[] {
    const { payment, cost, subsidy } = this.requirement.terms;
    const { quantities, space } = this;
    const terms: Term[] = [];
    for (let i = 0; payment && i < space.environment.agentCount; i++)
      terms.push([payment, quantities.payments(i)]);
    if (cost && quantities.hasCosts) terms.push([cost, quantities.costs()]);
    if (subsidy) terms.push([subsidy, quantities.subsidies()]);
    return terms;
  }

  private begin({ from, to }: Row, factor: 1 | -1, list: readonly Integer[]): void {
    const { slacks } = this;
    if (factor > 0) for (let b = from; b < to; b++) slacks[b] = list[b];
    else for (let b = from; b < to; b++) slacks[b] = negate(list[b]);
  }

  private addTerm({ from, to }: Row, factor: 1 | -1, list: readonly Integer[]): void {
    const { slacks } = this;
    if (factor > 0) for (let b = from; b < to; b++) slacks[b] = plus(slacks[b], list[b]);
    else for (let b = from; b < to; b++) slacks[b] = minus(slacks[b], list[b]);
  }

  get finding(): Finding {
    return this.tally.finding;
  }
}

const DESIGNER = -1;

/** So many times numbers by type of the last agent. */
type Term = readonly [factor: 1 | -1, list: readonly Integer[]];
