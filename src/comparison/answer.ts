import type { Model } from "../../models/family.js";
import { type ContinuumAnswer, designContinuumFor } from "../continuum/design-continuum.js";
import { type Design, type DesignOptions, designFor, type Known } from "../design.js";
import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import type { Rational } from "../number/rational.js";
import { posed } from "../question/problem.js";
import type { AskedQuestion } from "../question/question.js";

export interface AnswerOptions extends Omit<DesignOptions, "onKnown"> {
  /** Told of what is known beforehand, and of what is proved on the way. */
  readonly onKnown?: (known: Known | ContinuumAnswer) => void;
  /** For continuous types: as in `designContinuumFor`. */
  readonly cells?: number;
  readonly width?: Rational;
}

/** The answer to a question about the types of a grid, or of intervals. Throws InputError as `designFor` and `designContinuumFor` do. */
export function answerTo(
  ground: Model,
  question: AskedQuestion,
  options: Omit<AnswerOptions, "cells" | "width">,
): Promise<Design>;
export function answerTo(
  ground: ContinuousEnvironment,
  question: AskedQuestion,
  options: Omit<AnswerOptions, "solver" | "formulation">,
): Promise<ContinuumAnswer>;
export function answerTo(
  ground: Model | ContinuousEnvironment,
  question: AskedQuestion,
  { cells, width, solver, formulation, ...limits }: AnswerOptions,
): Promise<Design | ContinuumAnswer> {
  if ("surplus" in ground) return designContinuumFor(ground, question, { cells, width, ...limits });
  const { environment, givenRule } = ground;
  return designFor(posed(environment, question, givenRule), { solver, formulation, ...limits });
}
