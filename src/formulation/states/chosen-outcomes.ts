import { type ChosenByProfile, chosenByProfile } from "../../engine/chosen-by-profile.js";
import type { Environment } from "../../environment/environment.js";
import { type MachineTable, machineEntry } from "../../environment/table.js";
import type { Problem } from "../../question/problem.js";
import type { Rule } from "../../space/rule.js";
import { TIED } from "../../space/sure-row.js";

/**
 * A rule looked up at every profile, and what it is worth to agents, in machine integers: over the money denominator times
 * `shares`, by which every probability of a lottery is a whole number.
 */
export class ChosenOutcomes {
  private readonly values: readonly MachineTable[];
  private readonly outsideOptions: readonly MachineTable[];
  private readonly costs: MachineTable;

  private constructor(
    readonly environment: Environment,
    /** By profile: the outcome, or -1 where the rule is a proper lottery. */
    private readonly sure: Int32Array,
    private readonly mixed: ChosenByProfile["mixed"],
    readonly shares: number,
    /** Profiles with more than one efficient outcome, where the rule is efficient. */
    readonly tied: readonly number[],
  ) {
    this.values = environment.values.map((table) => table.machineTable());
    this.outsideOptions = environment.outsideOptions.map((table) => table.machineTable());
    this.costs = environment.costs.machineTable();
  }

  /** Whether sure outcomes at least can be looked up so. */
  static mayFit(environment: Environment): boolean {
    return fitsInSums(environment, 1);
  }

  /**
   * Tied profiles are looked for where the rule is efficient, as `withTies` may say of a rule that is given. Undefined where values
   * times probabilities, summed over profiles, may not fit 2^53.
   */
  static of(
    { environment, givenRule }: Problem,
    rule: Rule,
    withTies = rule.kind === "efficient",
  ): ChosenOutcomes | undefined {
    const { sure, mixed, shares, tied } = chosenByProfile(environment, rule, givenRule, withTies);
    if (!fitsInSums(environment, Number(shares))) return undefined;
    return new ChosenOutcomes(environment, sure, mixed, Number(shares), tied);
  }

  /** Whether two profiles have the same sure outcome. */
  alike(s: number, other: number): boolean {
    return this.sure[s] === this.sure[other] && this.sure[s] !== TIED;
  }

  /** A number for the pair of sure outcomes at two profiles; undefined where either is a proper lottery. */
  change(before: number, after: number): number | undefined {
    const [x, y] = [this.sure[before], this.sure[after]];
    return x === TIED || y === TIED ? undefined : x * this.environment.outcomes.length + y;
  }

  /** What `agent` gets from what is chosen at the reported profile when the truth is another. */
  value(
    agent: number,
    reported: number,
    truth: number,
    type = this.environment.profiles.typeOf(truth, agent),
  ): number {
    const table = this.values[agent];
    const x = this.sure[reported];
    if (x !== TIED) return this.shares * machineEntry(table, type, truth, x);
    let total = 0;
    for (const { outcome, share } of this.mixed.get(reported)!) {
      total += share * machineEntry(table, type, truth, outcome);
    }
    return total;
  }

  cost(s: number): number {
    const { costs } = this;
    const x = this.sure[s];
    if (x !== TIED) return this.shares * machineEntry(costs, 0, s, x);
    let total = 0;
    for (const { outcome, share } of this.mixed.get(s)!) {
      total += share * machineEntry(costs, 0, s, outcome);
    }
    return total;
  }

  outside(agent: number, s: number, type = this.environment.profiles.typeOf(s, agent)): number {
    return this.shares * machineEntry(this.outsideOptions[agent], type, s, 0);
  }
}

/**
 * Whether values times `shares` of them and probabilities are exact in doubles: along a line of types money adds up at most twice
 * for each type; over profiles it is weighed by probability.
 */
export function fitsInSums(
  { prior, profiles, values, costs, outsideOptions }: Environment,
  shares: number,
): boolean {
  let mass = 1;
  if (prior.kind === "independent") {
    for (const { denominator, numerators } of prior.marginals) {
      if (!(numerators instanceof Float64Array)) return false;
      mass *= Number(denominator);
    }
  } else mass = Number(prior.marginals[0].denominator);
  let money = 1;
  for (const table of [...values, costs, ...outsideOptions]) {
    const { numerators } = table.entries;
    if (!(numerators instanceof Float64Array)) return false;
    let most = 0;
    for (const numerator of numerators) most = Math.max(most, Math.abs(numerator));
    money += most;
  }
  const longest = 4 * Math.max(...profiles.sizes) + 4;
  return shares * mass * money * longest <= Number.MAX_SAFE_INTEGER;
}
