import type { Lottery } from "../../environment/lottery.js";
import type { Problem } from "../../question/problem.js";
import { allowsSubsidy } from "../../question/question.js";

/**
 * The one index map of the direct linear program's columns: payments `t_i(s)`, then the probabilities of the allowed
 * outcomes at each profile where there is a choice, then outside money (by profile, or one amount for an ex ante
 * budget), then the largest subsidy where that is the question. Matrix, costs, names and decoding all read it.
 */
export class DirectColumns {
  readonly count: number;
  /** `outcomes[s]` are allowed at `s`; their probabilities are the columns from `firstProbability[s]`, unless fixed. */
  readonly outcomes: readonly (readonly number[])[];
  readonly fixed: readonly (Lottery | undefined)[];
  private readonly firstProbability: Int32Array;
  private readonly firstSubsidy: number;
  readonly subsidyCount: number;
  readonly worstSubsidy: number | undefined;

  constructor(private readonly problem: Problem) {
    const { environment, question, allowed } = problem;
    const profileCount = environment.profiles.count;
    const profiles = Array.from({ length: profileCount }, (_, s) => s);
    this.outcomes = profiles.map((s) => allowed.outcomes(s));
    this.fixed = profiles.map((s) => allowed.fixed(s));
    let next = environment.agentCount * profileCount;
    this.firstProbability = Int32Array.from(profiles, (s) => {
      const first = next;
      if (!this.fixed[s]) next += this.outcomes[s].length;
      return first;
    });
    this.firstSubsidy = next;
    this.subsidyCount = allowsSubsidy(question) ? (question.budget === "ex-ante" ? 1 : profileCount) : 0;
    next += this.subsidyCount;
    this.worstSubsidy =
      this.subsidyCount > 1 && question.objective === "min-worst-subsidy" ? next++ : undefined;
    this.count = next;
  }

  payment(agent: number, profile: number): number {
    return agent * this.problem.environment.profiles.count + profile;
  }

  /** Column of the probability of the `k`-th allowed outcome, where the lottery is not fixed. */
  probability(profile: number, k: number): number {
    return this.firstProbability[profile] + k;
  }

  /** Column of the outside money at a profile, where there is any. */
  subsidy(profile: number): number {
    return this.firstSubsidy + (this.subsidyCount === 1 ? 0 : profile);
  }

  /** A readable name: `pays(buyer; 0.05, 0.15)`. */
  name(column: number): string {
    const { environment } = this.problem;
    const { profiles } = environment;
    const label = (s: number) =>
      profiles
        .typesOf(s)
        .map((type, i) => environment.typeLabel(i, type))
        .join(", ");
    if (column < environment.agentCount * profiles.count) {
      const agent = Math.floor(column / profiles.count);
      return `pays(${environment.agents[agent].name}; ${label(column % profiles.count)})`;
    }
    if (column === this.worstSubsidy) return "largest subsidy";
    if (column >= this.firstSubsidy) {
      return this.subsidyCount === 1 ? "subsidy" : `subsidy(${label(column - this.firstSubsidy)})`;
    }
    let s = 0;
    while (s + 1 < profiles.count && this.firstProbability[s + 1] <= column) s++;
    return `chooses(${environment.outcomes[this.outcomes[s][column - this.firstProbability[s]]]}; ${label(s)})`;
  }
}
