import type { Problem } from "../question/problem.js";
import type { Rule } from "../space/rule.js";
import type { Formulation } from "./formulation.js";
import { passObstacle } from "./profile-passes.js";
import type { Resolution } from "./resolution.js";
import type { Size } from "./size.js";
import { ChosenOutcomes } from "./states/chosen-outcomes.js";
import { balancedDesign } from "./states/exact-balance.js";
import { designByMenus, hasMenus } from "./states/menu-design.js";
import { designByProfile, type ProfileDesign } from "./states/profile-design.js";
import { candidateRules, ruleThatLeavesShares } from "./ties/rule-candidates.js";

/**
 * One small graph for each agent and each profile of the others (theory, section 5): with participation at every profile,
 * and incentives at every profile or none, payments are bounded profile by profile, and without exact ex post balance
 * nothing else ties profiles together; nor does exact balance, without incentives. With them, between two agents, it is one graph
 * on the grid of profiles.
 */
export const states: Formulation = {
  name: "states",
  theorem: "Chung and Ely 2006",
  obstacle,
  size,
  resolve,
};

function obstacle({ environment, question }: Problem): string | undefined {
  const { ic, ir, budget, balance, objective, allocation } = question;
  if (ic === "bayesian") return "incentives are asked in expectation";
  if (ic === "dominant" && !environment.hasPrivateValues)
    return "with interdependent values, dominant strategies tie profiles together";
  if (ir !== "ex-post") return "participation is not asked at every profile";
  if (allocation === "free" && environment.outcomes.length > 1) return "the allocation is left to the design";
  // Without incentives, what is left over at a profile goes back to agents there.
  if (budget === "ex-post" && balance === "exact" && ic !== "none") {
    if (objective === "min-subsidy" || objective === "min-worst-subsidy")
      return "exact balance with outside money ties profiles together";
    if (environment.agentCount !== 2)
      return "exact balance between other than two agents ties profiles together";
  }
  if (!ChosenOutcomes.mayFit(environment)) return "the fractions are too long for machine integers";
  return passObstacle(environment);
}

function size(problem: Problem): Size {
  const { environment, question } = problem;
  const { sizes, count } = environment.profiles;
  if (hasMenus(problem) && question.ties !== "uniform") {
    // At each threshold a price of either outcome, bounded by participation and by the other price.
    const prices = sizes.reduce((total, own) => total + 2 * (own + 1), 0);
    return { rows: 2 * prices, columns: prices, nonzeros: 3 * prices };
  }
  const others = sizes.map((own) => (question.ic === "none" ? 0 : own - 1));
  const arcs = count * others.reduce((total, own) => total + own + 1, 0);
  return { rows: arcs, columns: count * sizes.length, nonzeros: 2 * arcs };
}

async function* resolve(problem: Problem): AsyncIterable<Resolution> {
  for (const rule of rulesOf(problem)) {
    const started = performance.now();
    const design = designOf(problem, rule);
    yield {
      formulation: states.name,
      size: size(problem),
      ...(design ?? { shortfall: "sums of the environment's fractions are too long for machine integers" }),
      timing: { formulateMs: 0, solveMs: 0, exactMs: performance.now() - started },
    };
  }
}

function* rulesOf(problem: Problem): Iterable<Rule> {
  yield* candidateRules(problem);
  const rule = ruleThatLeavesShares(problem);
  if (rule) yield rule;
}

function designOf(problem: Problem, rule: Rule): ProfileDesign | undefined {
  if (rule.kind === "efficient" && rule.ties !== "uniform" && hasMenus(problem))
    return designByMenus(problem, rule.ties);
  const { ic, budget, balance, allocation } = problem.question;
  const chosen = ChosenOutcomes.of(problem, rule, allocation === "efficient");
  const isTied = budget === "ex-post" && balance === "exact" && ic !== "none";
  const solve = isTied ? balancedDesign : designByProfile;
  return chosen && solve(problem, rule, chosen);
}
