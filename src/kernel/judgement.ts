import type { Claim, Verdict } from "../certificate/claim.js";
import type { Multipliers } from "../certificate/multipliers.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { Rational } from "../number/rational.js";
import type { Progress } from "../progress/progress.js";
import type { Problem } from "../question/problem.js";
import { isMaximised } from "../question/question.js";
import { concerns } from "../question/requirement.js";
import { boundOf } from "./bound.js";
import { type Expected, judgedMechanism, type RequirementFinding } from "./judged-mechanism.js";

export interface Judgement extends Claim {
  /** The optimum where both bounds agree. */
  readonly optimum: Rational | undefined;
  /** What the audit of the mechanism found, requirement by requirement. */
  readonly findings: readonly RequirementFinding[];
  /** The most outside money that the mechanism takes at any profile, be its probability zero. */
  readonly mostMoney?: Rational | undefined;
  /** What the mechanism's audit found out besides, if it had to. */
  readonly expected?: Expected | undefined;
}

/** Where nothing keeps some agent from paying any constant, and no budget is exact, surplus has no bound. */
export function surplusIsUnbounded({ environment, question, requirements }: Problem): boolean {
  if (question.objective !== "max-surplus") return false;
  if (requirements.some(({ family, exact }) => family === "budget" && exact)) return false;
  return environment.agents.some(
    (_, agent) =>
      !requirements.some(
        (one) => one.of === "agents" && !one.against && one.terms.payment === -1 && concerns(one, agent),
      ),
  );
}

/**
 * The verdict that a mechanism and multipliers support: nothing else is believed. The mechanism counts only if the
 * audit finds every requirement met exactly. Throws Refuted when the multipliers prove nothing.
 */
export function judge(
  problem: Problem,
  mechanism: StructuredMechanism | undefined,
  multipliers: Multipliers | undefined,
  progress?: Progress,
): Judgement {
  const { question } = problem;
  progress?.stage("adding up what the multipliers prove");
  const proved = multipliers && boundOf(problem, multipliers);
  if (mechanism) progress?.stage("auditing the mechanism");
  const judged = mechanism && judgedMechanism(problem, mechanism);
  const findings = judged?.findings ?? [];
  const attained = findings.every(({ holds }) => holds) ? judged?.objective : undefined;
  const purpose = multipliers?.purpose;
  const contradiction = purpose !== "bound" && proved && proved.sign > 0 ? proved : undefined;
  const infeasible = purpose === "infeasibility" && contradiction !== undefined;
  const needsMoney = purpose === "money" && contradiction !== undefined;
  const bound = purpose === "bound" ? proved : undefined;

  const maximised = isMaximised(question);
  const unbounded = attained !== undefined && surplusIsUnbounded(problem);
  const subsidised = question.objective === "min-subsidy" || question.objective === "min-worst-subsidy";
  const nothing = subsidised || question.objective === "feasibility" ? Rational.ZERO : undefined;
  const lower = infeasible ? undefined : maximised ? attained : atLeast(bound, nothing);
  const upper = infeasible || unbounded ? undefined : maximised ? bound?.negate() : attained;
  const takesNone = attained !== undefined && judged?.mostMoney.isZero === true;
  if (attained && (infeasible || (needsMoney && takesNone) || (lower && upper && lower.compare(upper) > 0)))
    throw new Error("what is attained contradicts what is proved: this is a bug");
  return {
    verdict: subsidised
      ? aboutMoney(infeasible || needsMoney || lower!.sign > 0, takesNone)
      : aboutExistence(infeasible, attained !== undefined),
    infeasible,
    contradiction,
    unbounded,
    lower,
    upper,
    optimum: lower && upper?.equals(lower) ? lower : undefined,
    findings,
    mostMoney: judged?.mostMoney,
    expected: judged?.expected,
  };
}

/** Of outside money: whether every mechanism needs some, or one takes none at any profile, be its probability zero. */
function aboutMoney(isNeeded: boolean, takesNone: boolean): Verdict {
  if (isNeeded) return "impossible";
  return takesNone ? "possible" : "undecided";
}

function aboutExistence(infeasible: boolean, isAttained: boolean): Verdict {
  if (infeasible) return "impossible";
  return isAttained ? "possible" : "undecided";
}

function atLeast(bound: Rational | undefined, least: Rational | undefined): Rational | undefined {
  return bound && least ? Rational.maximum(bound, least) : (bound ?? least);
}
