import type { ListedPrices, Multipliers, Price, Prices } from "../certificate/multipliers.js";
import { lcm, type Rational } from "../number/rational.js";
import type { Problem } from "../question/problem.js";
import { concerns, type Family, type Requirement, type When } from "../question/requirement.js";
import { Refuted } from "./refuted.js";

const ORDER: readonly When[] = ["ex ante", "interim", "ex post"];

/** Multipliers with the requirements that they are on. Nothing is believed of them but what is checked here. */
export class PriceList {
  private readonly requirements: readonly Requirement[];

  constructor(
    private readonly problem: Problem,
    readonly multipliers: Multipliers,
  ) {
    // Outside money is never negative; what follows from that is taken into account without a price.
    this.requirements = problem.requirements.filter(({ family }) => family !== "outside money");
    for (const block of multipliers.prices) this.checkExtent(block);
  }

  get blocks(): readonly Prices[] {
    return this.multipliers.prices;
  }

  /** Throws Refuted where the question asks for no requirement of the family, of an agent. */
  requirement(family: Family, agent?: number): Requirement {
    const found = this.requirements.find((requirement) => {
      return requirement.family === family && (agent === undefined || concerns(requirement, agent));
    });
    if (!found) throw new Refuted(`a price is on ${family}, of which nothing is required`);
    return found;
  }

  /** The prices of a list, each checked. */
  *listed({
    on,
    entries,
  }: ListedPrices): Iterable<{ readonly requirement: Requirement; readonly price: Price }> {
    for (const price of entries) {
      const requirement = this.requirement(on, price.agent);
      this.check(requirement, price);
      yield { requirement, price };
    }
  }

  /** What all prices are whole over: those in expectation once they are divided by `whole`. */
  unit(whole: bigint): bigint {
    let expected = 1n;
    let single = 1n;
    for (const block of this.blocks) {
      if (block.kind === "profiles") single = lcm(single, block.weights.denominator);
      else if (block.kind === "ranges") expected = lcm(expected, block.weight.denominator);
      else if (block.kind === "list") {
        for (const { weight, profile } of block.entries) {
          if (profile === undefined) expected = lcm(expected, weight.denominator);
          else single = lcm(single, weight.denominator);
        }
      }
    }
    const margins = this.requirements.map(({ margin }) => margin.denominator).reduce(lcm, 1n);
    return lcm(whole * expected, single) * margins;
  }

  private check(requirement: Requirement, price: Price): void {
    const { agent, type, report, profile, reported, weight } = price;
    this.checkPlaces(price);
    this.checkSign(requirement, weight);
    const { of, against, when, name } = requirement;
    const level: When = profile !== undefined ? "ex post" : type !== undefined ? "interim" : "ex ante";
    if (ORDER.indexOf(level) > ORDER.indexOf(when))
      throw new Refuted(`a price at every profile is not on ${name}`);
    if (of === "designer") {
      if (agent !== undefined || type !== undefined || report !== undefined)
        throw new Refuted(`a price on ${name} is about an agent`);
      return;
    }
    if ((agent === undefined) !== this.multipliers.alike)
      throw new Refuted(`a price on ${name} does not say whose`);
    if ((report !== undefined) !== (against !== undefined))
      throw new Refuted(
        `a price on ${name} ${against ? "does not say against which report" : "is against a report"}`,
      );
    if (reported !== undefined && (profile === undefined || !against || against === "misreports"))
      throw new Refuted(`a price on ${name} is about what others report`);
    if (against && (type === undefined || type === report))
      throw new Refuted(`a price on ${name} is on no misreport`);
    const { profiles } = this.problem.environment;
    const isOf = (s: number | undefined) => s === undefined || profiles.typeOf(s, agent ?? 0) === type;
    if (type !== undefined && !this.multipliers.alike && !(isOf(profile) && isOf(reported)))
      throw new Refuted(`the profile of a price on ${name} does not have its type`);
  }

  /** Throws Refuted where prices told together are not on the environment's agents or profiles. */
  private checkExtent(block: Prices): void {
    const { profiles, agentCount } = this.problem.environment;
    const isWithin = (from: number, to: number) => 0 <= from && from <= to && to <= profiles.count;
    const fits =
      block.kind === "profiles"
        ? (block.agent === undefined || (block.agent >= 0 && block.agent < agentCount)) &&
          (this.multipliers.alike || block.weights.length === profiles.count)
        : block.kind !== "ranges" || block.ranges.every(([from, to]) => isWithin(from, to));
    if (!fits) throw new Refuted("prices are on no agent or profiles that there are");
  }

  /** Throws Refuted where a place is on none of the environment's agents, types or profiles. */
  private checkPlaces({ agent, type, report, profile, reported }: Price): void {
    const { profiles, agentCount } = this.problem.environment;
    const isWithin = (place: number | undefined, count: number) =>
      place === undefined || (Number.isInteger(place) && place >= 0 && place < count);
    const types = isWithin(agent, agentCount) ? profiles.sizes[agent ?? 0] : 0;
    if (isWithin(type, types) && isWithin(report, types))
      if (isWithin(profile, profiles.count) && isWithin(reported, profiles.count)) return;
    throw new Refuted("a price is on no agent, type or profile that there is");
  }

  checkSign({ exact, name }: Requirement, weight: Pick<Rational, "sign">): void {
    if (weight.sign < 0 && !exact) throw new Refuted(`a price on ${name} is negative`);
  }
}
