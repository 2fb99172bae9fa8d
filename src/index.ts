/**
 * mechlp: designs mechanisms by linear programming, with answers that prove themselves in exact fractions.
 *
 *     import { bilateralTrade, design } from "mechlp";
 *     const answer = await design(bilateralTrade({ buyer: { points: 10 }, seller: { points: 10 } }));
 *     console.log(answer.verdict, String(answer.optimum)); // impossible 3/40
 */
import type { Model } from "../models/family.js";
import { type Design, type DesignOptions, designFor } from "./design.js";
import { posed } from "./problem/problem.js";
import type { Question } from "./problem/question.js";

export type { Family, Model } from "../models/family.js";
export * from "../models/index.js";
export {
  type ComparedMechanism,
  type CompareOptions,
  type Comparison,
  compare,
  type NotApplying,
} from "./comparison/compare.js";
export { type Convergence, type ConvergenceReport, convergence } from "./comparison/convergence.js";
export { groundFor, type Subject } from "./comparison/ground.js";
export type { Choice, Construction, Ground } from "./construction/construction.js";
export { constructionByName, constructions } from "./construction/registry.js";
export { type Design, type DesignOptions, designFor, type Known } from "./design.js";
export { environmentDigest } from "./environment/digest.js";
export { efficientOutcomes, expectedEfficientGains } from "./environment/efficiency.js";
export { Environment, type EnvironmentSpecification } from "./environment/environment.js";
export { InputError } from "./environment/input-error.js";
export type { AllocationRule, Lottery } from "./environment/lottery.js";
export { type Instance, parseInstance, readInstance } from "./instance/instance.js";
export { auditProperty, type Finding, type PropertyName, properties } from "./mechanism/audit.js";
export { interimPayments, interimUtilities } from "./mechanism/interim.js";
export { type Mechanism, type MechanismTables, tableMechanism, tabulate } from "./mechanism/mechanism.js";
export { mechanismFileText, readMechanism, readMechanismText } from "./mechanism/mechanism-file.js";
export {
  type InterimDistance,
  interimDistance,
  type PropertyReport,
  propertyReport,
  type ReportedFinding,
  type ReportedProbability,
} from "./mechanism/property-report.js";
export { Rational } from "./number/rational.js";
export { parseRational, type RationalLike, toRational } from "./number/rational-text.js";
export { RationalVector } from "./number/rational-vector.js";
export { expectedGains, expectedSubsidy, expectedSurplus, objectiveOf } from "./problem/objective.js";
export { type Problem, posed } from "./problem/problem.js";
export { choices, defaultQuestion, type Question } from "./problem/question.js";
export { auditRequirements } from "./problem/requirements.js";
export type { Progress, StopSignal } from "./progress/progress.js";
export { answerFileText, readAnswerFile } from "./proof/answer/answer-file.js";
export { type Judgement, judge, type Verdict } from "./proof/judgement.js";
export type { Multipliers } from "./proof/multipliers.js";
export { type Verification, verifyAnswer, verifyAnswerText } from "./proof/verify.js";
export { lagrangianBound } from "./proof/weak-duality.js";
export { designText } from "./report/design-text.js";
export { explanationText } from "./report/explanation-text.js";
export { type SolverName, solverNames } from "./solver/registry.js";
export { version } from "./version.js";

/**
 * Answers a question about a model: is there such a mechanism, and what is the best one? What the question leaves out has
 * the default of `defaultQuestion`. Throws InputError for a question that does not fit, SolverUnavailable without a solver.
 */
export function design(
  model: Model,
  question: Partial<Question> = {},
  options: DesignOptions = {},
): Promise<Design> {
  return designFor(posed(model.environment, question, model.givenRule), options);
}
