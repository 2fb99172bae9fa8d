import type { Environment } from "../environment/environment.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { MenuMechanism } from "../mechanism/menu-mechanism.js";
import { RuledMechanism } from "../mechanism/ruled-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import { type Problem, posed } from "../problem/problem.js";
import type { Question } from "../problem/question.js";
import type { IncentiveMultiplier, Multipliers, ParticipationMultiplier } from "../proof/multipliers.js";
import type { Solver } from "../solver/solver.js";
import type { Candidate } from "./candidate.js";
import { paths } from "./paths.js";
import { states } from "./states.js";

/** Candidates with more entries than this are not written out. */
const MOST_ENTRIES = 1e6;

/**
 * Bounds that are had in a moment, before a linear program is solved: multipliers of questions that ask less, which bound the
 * optimum of this one as well, and mechanisms of questions that ask more, which answer this one as well.
 */
export async function* boundsAtHand(problem: Problem, solver: Solver): AsyncIterable<Candidate> {
  const { environment, question } = problem;
  if (environment.agentCount * environment.profiles.count > MOST_ENTRIES) return;
  const extraction = fullExtraction(problem);
  if (extraction) yield { multipliers: extraction };
  const ic = question.ic === "none" ? "none" : "bayesian";
  const ir = question.ir === "ex-post" ? "interim" : question.ir;
  const interim = await answered(problem, paths, solver, { ic, ir });
  if (interim?.multipliers) yield { multipliers: askedAtProfiles(problem, interim.multipliers) };
  if (interim?.mechanism && ic === question.ic && ir === question.ir) yield { mechanism: interim.mechanism };
  if (question.ir !== "ex-post" && question.ir !== "interim") return;
  // Against every profile of the others, so whatever is believed of them; without exact balance, which ties profiles together.
  const byState = await answered(problem, states, solver, {
    ic: question.ic === "bayesian" ? "ex-post" : question.ic,
    ir: "ex-post",
    balance: question.budget === "ex-post" ? "no-deficit" : question.balance,
    allocation: question.allocation === "free" ? "efficient" : question.allocation,
  });
  if (!byState) return;
  const asksLess = question.ir === "ex-post" && question.ic !== "bayesian" && question.allocation !== "free";
  if (asksLess && byState.multipliers) yield { multipliers: byState.multipliers };
  if (byState.mechanism) yield { mechanism: balanced(problem, byState.mechanism) };
}

/** The answer to a question with some parts replaced, where a formulation applies to it. */
async function answered(
  { environment, question, givenRule }: Problem,
  formulation: typeof paths,
  solver: Solver,
  change: Partial<Question>,
) {
  const other = posed(environment, { ...question, ...change }, givenRule);
  if (formulation.obstacle(other) !== undefined) return undefined;
  return formulation.resolve(other, solver, {});
}

const NOTHING: Multipliers = {
  purpose: "bound",
  incentive: [],
  participation: [],
  budget: { kind: "none" },
};

/** Participation alone, every profile with its probability: surplus is at most all there is to gain, and so are gains. */
function fullExtraction({ environment, question }: Problem): Multipliers | undefined {
  const { agents, prior, profiles } = environment;
  if (question.objective === "max-gains") return NOTHING;
  if (question.objective !== "max-surplus" || question.ir === "none") return undefined;
  const participation: ParticipationMultiplier[] = [];
  agents.forEach(({ types }, agent) => {
    if (question.ir === "ex-ante") participation.push({ agent, weight: Rational.ONE });
    else if (question.ir === "interim") {
      types.forEach((_, type) => {
        participation.push({ agent, type, weight: prior.marginals[agent].at(type) });
      });
    } else {
      for (let profile = 0; profile < profiles.count; profile++) {
        participation.push({ agent, profile, weight: prior.probability(profile) });
      }
    }
  });
  return { ...NOTHING, participation: participation.filter(({ weight }) => weight.sign > 0) };
}

/**
 * Multipliers on interim requirements as multipliers on those at every profile that stand in their place: a weight times what
 * the agent believes of each of the others' profiles adds up to the same.
 */
function askedAtProfiles({ environment, question }: Problem, multipliers: Multipliers): Multipliers {
  const { profiles, prior } = environment;
  const incentive = multipliers.incentive.flatMap((entry): IncentiveMultiplier[] => {
    if (question.ic === "bayesian") return [entry];
    return profiles.profilesOf(entry.agent, entry.type).map((truth) => ({
      ...entry,
      truth,
      ...(question.ic === "dominant" ? { reported: truth } : {}),
      weight: entry.weight.multiply(prior.belief(entry.agent, truth)),
    }));
  });
  const participation = multipliers.participation.flatMap((entry): ParticipationMultiplier[] => {
    const { agent, type, weight } = entry;
    if (question.ir !== "ex-post") return [entry];
    return profiles.profilesOf(agent, type!).map((profile) => ({
      agent,
      profile,
      weight: weight.multiply(prior.belief(agent, profile)),
    }));
  });
  return {
    ...multipliers,
    incentive: incentive.filter(({ weight }) => weight.sign > 0),
    participation: participation.filter(({ weight }) => weight.sign > 0),
  };
}

/**
 * A mechanism without deficit and with outside money, as one with exact balance where that is asked: what is left over at the
 * richest profile is given back at every profile, in equal shares, and outside money covers the rest.
 */
function balanced({ environment, question }: Problem, mechanism: Mechanism): Mechanism {
  if (question.balance !== "exact" || question.budget !== "ex-post") return mechanism;
  if (!(mechanism instanceof RuledMechanism || mechanism instanceof MenuMechanism)) return mechanism;
  const { count } = environment.profiles;
  const surplus = Array.from({ length: count }, (_, s) => surplusAt(environment, mechanism, s));
  const most = surplus.reduce(Rational.maximum, Rational.ZERO);
  const share = most.divide(Rational.of(environment.agentCount));
  return new RuledMechanism(
    environment,
    mechanism.rule,
    environment.agents.map((_, agent) =>
      RationalVector.from(
        Array.from({ length: count }, (_, s) => mechanism.payment(agent, s).subtract(share)),
      ),
    ),
    RationalVector.from(surplus.map((left) => most.subtract(left))),
  );
}

/** Payments less the cost of what is chosen. */
function surplusAt(environment: Environment, mechanism: Mechanism, profile: number): Rational {
  const costs = mechanism
    .lottery(profile)
    .map(({ outcome, probability }) => probability.multiply(environment.cost(outcome, profile)));
  const payments = environment.agents.map((_, agent) => mechanism.payment(agent, profile));
  return Rational.sum(payments).subtract(Rational.sum(costs));
}
