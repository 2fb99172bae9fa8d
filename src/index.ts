/**
 * mechlp: designs mechanisms by linear programming, with answers that prove themselves in exact fractions.
 *
 *     import { bilateralTrade, design } from "mechlp";
 *     const answer = await design(bilateralTrade({ buyer: { points: 10 }, seller: { points: 10 } }));
 *     console.log(answer.verdict, String(answer.optimum)); // impossible 3/40
 *
 * @module mechlp
 */
import type { Model } from "../models/family.js";
import { type Design, type DesignOptions, designFor } from "./design.js";
import { posed } from "./question/problem.js";
import type { AskedQuestion } from "./question/question.js";

export type { Family, Model } from "../models/family.js";
export * from "../models/index.js";
export {
  type AnswerFile,
  type AnswerFileData,
  answerFileText,
  readAnswerFile,
} from "./certificate/answer-file.js";
export type { Claim, Verdict } from "./certificate/claim.js";
export type { Multipliers, Price, Prices } from "./certificate/multipliers.js";
export { answeredTable, type TableOptions, type TableSubject } from "./comparison/answered-table.js";
export {
  type ComparedMechanism,
  type CompareOptions,
  type Comparison,
  compare,
  type NotApplying,
} from "./comparison/compare.js";
export {
  type ContinuousComparison,
  type ContinuumComparison,
  compareContinuum,
} from "./comparison/compare-continuum.js";
export { type Convergence, type ConvergenceReport, convergence } from "./comparison/convergence.js";
export { groundFor, type Subject } from "./comparison/ground.js";
export {
  type Cell,
  type CellAnswer,
  sharpImpossibilities,
  type TableEntry,
} from "./comparison/question-table.js";
export {
  findWindow,
  type Window,
  type WindowOptions,
  type WindowPoint,
  type WindowRun,
} from "./comparison/window.js";
export type { Choice, Construction, Ground } from "./construction/construction.js";
export { constructionByName, constructions } from "./construction/registry.js";
export type { ContinuumClaim } from "./continuum/claim.js";
export {
  type ContinuousModel,
  type ContinuumDesign,
  type ContinuumDesignOptions,
  designContinuum,
} from "./continuum-library.js";
export { type Design, type DesignOptions, designFor, type Known } from "./design.js";
export { type DesignData, designData, designFromData } from "./design-data.js";
export { continuousDigest } from "./environment/continuous-digest.js";
export {
  type ContinuousAgent,
  type ContinuousEnvironment,
  type ContinuousOutcome,
  finiteSurplus,
} from "./environment/continuous-environment.js";
export { environmentDigest } from "./environment/digest.js";
export { efficientOutcomes } from "./environment/efficiency.js";
export { Environment, type EnvironmentSpecification } from "./environment/environment.js";
export type { AllocationRule, Lottery } from "./environment/lottery.js";
export { InputError } from "./fault/input-error.js";
export { type Figure, figureSvg } from "./figure/figure.js";
export {
  type ContinuousInstance,
  continuousInstanceFromData,
  parseContinuousInstance,
  readContinuousInstance,
} from "./instance/continuous-instance.js";
export {
  continuousInstanceData,
  continuousInstanceText,
  type WrittenContinuousInstance,
} from "./instance/continuous-written-out.js";
export {
  type Instance,
  type InstanceData,
  instanceFromData,
  type ModelInstanceData,
  parseInstance,
  readInstance,
} from "./instance/instance.js";
export type * from "./instance-data.js";
export { boundOf } from "./kernel/bound.js";
export { findingByDefinition } from "./kernel/by-definition.js";
export type { Finding } from "./kernel/finding.js";
export { interimTable } from "./kernel/interim-table.js";
export { auditRequirements, type RequirementFinding } from "./kernel/judged-mechanism.js";
export { type Judgement, judge } from "./kernel/judgement.js";
export { Refuted } from "./kernel/refuted.js";
export type { Verification } from "./kernel/verify.js";
export { type InterimDistance, interimDistance } from "./measure/interim-distance.js";
export { propertyReport } from "./measure/property-report.js";
export type { PropertyReport, ReportedFinding, ReportedProbability } from "./measure/reported.js";
export { asData } from "./mechanism/as-data.js";
export { interimPayments, interimUtilities } from "./mechanism/interim.js";
export { type Mechanism, type MechanismTables, tableMechanism, tabulate } from "./mechanism/mechanism.js";
export { mechanismFileText, readMechanism, readMechanismText } from "./mechanism/mechanism-file.js";
export type { OutsideMoney, Payment } from "./mechanism/payments.js";
export { StructuredMechanism } from "./mechanism/structured-mechanism.js";
export { Rational } from "./number/rational.js";
export { parseRational, type RationalData, type RationalLike, toRational } from "./number/rational-text.js";
export { RationalVector } from "./number/rational-vector.js";
export type { Progress, StopSignal } from "./progress/progress.js";
export type { ProvedAnswer } from "./proved-answer.js";
export { type Problem, posed } from "./question/problem.js";
export { type AskedQuestion, choices, defaultQuestion, type Question } from "./question/question.js";
export { type Requirement, requirements } from "./question/requirement.js";
export { type DesignJson, designJson } from "./report/design-json.js";
export { designText } from "./report/design-text.js";
export { explanationText } from "./report/explanation-text.js";
export { designFigures, mechanismFigures } from "./report/figures.js";
export type { NumberJson } from "./report/number-json.js";
export { highsSolver as highs } from "./solver/highs.js";
export { configureHighs, type HighsConfiguration } from "./solver/highs-runtime.js";
export { type Solver, SolverUnavailable } from "./solver/solver.js";
export { expectedEfficientGains } from "./space/expected-efficient-gains.js";
export type { Rule } from "./space/rule.js";
export { verifyAnswer, verifyAnswerText } from "./verify-data.js";
export { version } from "./version.js";

/**
 * Answers a question about a model: is there such a mechanism, and what is the best one? What the question leaves out has
 * the default of `defaultQuestion`. Throws InputError for a question that does not fit, SolverUnavailable without a solver.
 */
export function design(
  model: Model,
  question: AskedQuestion = {},
  options: DesignOptions = {},
): Promise<Design> {
  return designFor(posed(model.environment, question, model.givenRule), options);
}
