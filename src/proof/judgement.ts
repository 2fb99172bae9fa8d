import type { Mechanism } from "../mechanism/mechanism.js";
import { MOST_PROFILES_ONE_BY_ONE } from "../mechanism/whole/whole-of.js";
import { Rational } from "../number/rational.js";
import { isMaximised, objectiveOf } from "../problem/objective.js";
import type { Problem } from "../problem/problem.js";
import type { Question } from "../problem/question.js";
import { auditRequirements, type RequirementFinding } from "../problem/requirements.js";
import type { Progress } from "../progress/progress.js";
import { InterimReferee } from "./interim/interim-referee.js";
import { MenuReferee } from "./menus/menu-referee.js";
import type { Multipliers } from "./multipliers.js";
import { OrbitReferee } from "./orbits/orbit-referee.js";
import { SymmetricReferee } from "./orbits/symmetric-referee.js";
import { StatePriceReferee } from "./states/state-price-referee.js";
import { StateReferee } from "./states/state-referee.js";
import { lagrangianBound } from "./weak-duality.js";

/**
 * `possible`: a mechanism meets every requirement without outside money, exactly. `impossible`: multipliers prove that none
 * does, exactly. `undecided`: neither is at hand. There is no fourth case, and no tolerance.
 */
export type Verdict = "possible" | "impossible" | "undecided";

export interface Judgement {
  readonly verdict: Verdict;
  /** No mechanism meets the requirements even with outside money. */
  readonly infeasible: boolean;
  /** Where infeasible: the positive number that the requirements, added up, would have to keep at or below zero. */
  readonly contradiction: Rational | undefined;
  /** The objective has no bound: surplus without participation or balance. */
  readonly unbounded: boolean;
  /** The optimum lies between these; absent where nothing is known on that side. */
  readonly lower: Rational | undefined;
  readonly upper: Rational | undefined;
  /** The optimum where both bounds agree. */
  readonly optimum: Rational | undefined;
  /** What the audit of the mechanism found, requirement by requirement. */
  readonly findings: readonly RequirementFinding[];
}

/** Without participation and exact balance, every agent can be charged any constant, so surplus has no bound. */
export function surplusIsUnbounded({ objective, ir, budget, balance }: Question): boolean {
  return objective === "max-surplus" && ir === "none" && (budget === "none" || balance === "no-deficit");
}

/**
 * The verdict that a mechanism and multipliers support: nothing else is believed. The mechanism counts only if the
 * audit finds every requirement met exactly. Throws ProofFault when the multipliers prove nothing.
 */
export function judge(
  problem: Problem,
  mechanism: Mechanism | undefined,
  multipliers: Multipliers | undefined,
  progress?: Progress,
): Judgement {
  const { question } = problem;
  progress?.stage("adding up what the multipliers prove");
  let referee: Referee | undefined;
  let proved: Rational | undefined;
  for (const candidate of refereesOf(problem, mechanism, multipliers)) {
    referee ??= candidate;
    proved = multipliers && candidate.bound(multipliers);
    if (proved || !multipliers) break;
  }
  if (multipliers) proved ??= lagrangianBound(problem, multipliers);
  const findings = referee?.findings() ?? (mechanism ? auditRequirements(problem, mechanism, progress) : []);
  const sound = mechanism && findings.every((finding) => finding.holds);
  const attained = sound ? (referee?.objective() ?? objectiveOf(problem, mechanism)) : undefined;
  const infeasible = multipliers?.purpose === "infeasibility" && proved !== undefined && proved.sign > 0;
  const bound = multipliers?.purpose === "bound" ? proved : undefined;

  const maximised = isMaximised(question);
  const unbounded = attained !== undefined && surplusIsUnbounded(question);
  const subsidised = question.objective === "min-subsidy" || question.objective === "min-worst-subsidy";
  const nothing = subsidised || question.objective === "feasibility" ? Rational.ZERO : undefined;
  const lower = infeasible ? undefined : maximised ? attained : atLeast(bound, nothing);
  const upper = infeasible || unbounded ? undefined : maximised ? bound?.negate() : attained;
  return {
    verdict: verdictOf(subsidised, infeasible, attained, lower, upper),
    infeasible,
    contradiction: infeasible ? proved : undefined,
    unbounded,
    lower,
    upper,
    optimum: lower && upper?.equals(lower) ? lower : undefined,
    findings,
  };
}

/** Checks by theorem what the audit checks one by one; knows no bound of multipliers that it is not made for. */
interface Referee {
  findings(): RequirementFinding[];
  objective(): Rational;
  bound(multipliers: Multipliers): Rational | undefined;
}

/**
 * The referees of large problems that know such a mechanism. Without a mechanism several may know the multipliers; the one that
 * looks at multisets of types comes first, for there may be too many profiles for the others.
 */
function* refereesOf(
  problem: Problem,
  mechanism: Mechanism | undefined,
  multipliers: Multipliers | undefined,
): Iterable<Referee> {
  if (problem.environment.profiles.count <= MOST_PROFILES_ONE_BY_ONE) return;
  if (!mechanism && !multipliers) return;
  const kinds = [
    SymmetricReferee,
    OrbitReferee,
    InterimReferee,
    MenuReferee,
    StateReferee,
    StatePriceReferee,
  ];
  for (const kind of kinds) {
    const referee = kind.of(problem, mechanism);
    if (referee) yield referee;
  }
}

function verdictOf(
  subsidised: boolean,
  infeasible: boolean,
  attained: Rational | undefined,
  lower: Rational | undefined,
  upper: Rational | undefined,
): Verdict {
  if (infeasible) return "impossible";
  if (!subsidised) return attained ? "possible" : "undecided";
  if (lower && lower.sign > 0) return "impossible";
  return upper?.isZero ? "possible" : "undecided";
}

function atLeast(bound: Rational | undefined, least: Rational | undefined): Rational | undefined {
  return bound && least ? Rational.maximum(bound, least) : (bound ?? least);
}
