import type { Orbit } from "../../environment/orbits/orbits.js";
import type { Problem } from "../../problem/problem.js";
import { AgentSums } from "./agent-sums.js";
import type { SymmetricAgents } from "./symmetric-agents.js";

/** The outcomes that a question allows at profiles with increasing types: all, or those of the greatest welfare. */
export class OrbitOutcomes {
  private readonly welfare: AgentSums | undefined;
  private readonly all: readonly number[];
  /** Whether outcomes that are allowed must have equal shares; otherwise the design may mix them as it likes. */
  readonly alike: boolean;

  constructor(
    private readonly problem: Problem,
    agents: SymmetricAgents,
  ) {
    const { question, environment } = problem;
    const efficient = question.allocation === "efficient";
    this.welfare = efficient ? new AgentSums(agents, agents.values, -1n) : undefined;
    this.all = environment.outcomes.map((_, x) => x);
    this.alike = efficient && question.ties === "uniform";
  }

  at(orbit: Orbit): readonly number[] {
    if (!this.welfare) return this.all;
    const welfare = this.welfare.at(orbit);
    let best = [0];
    for (let x = 1; x < welfare.length; x++) {
      if (welfare[x] > welfare[best[0]]) best = [x];
      else if (welfare[x] === welfare[best[0]]) best.push(x);
    }
    const { ties } = this.problem.question;
    if (ties === "first") return best.slice(0, 1);
    return ties === "last" ? best.slice(-1) : best;
  }
}
