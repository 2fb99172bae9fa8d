import type { Model } from "../models/family.js";
import { type ContinuumAnswerData, continuumAnswerData } from "./continuum/answer-file.js";
import {
  type ContinuumAnswer,
  type DesignContinuumOptions,
  designContinuumFor,
} from "./continuum/design-continuum.js";
import { continuousDigest } from "./environment/continuous-digest.js";
import type { ContinuousEnvironment } from "./environment/continuous-environment.js";
import { InputError } from "./fault/input-error.js";
import type { ContinuousInstance } from "./instance/continuous-instance.js";
import { type RationalLike, toRational } from "./number/rational-text.js";
import type { AskedQuestion } from "./question/question.js";

/** Continuous types: written out, those that a model's grid stands for, or the bare environment. */
export type ContinuousModel =
  | ContinuousEnvironment
  | Pick<ContinuousInstance, "environment">
  | Pick<Model, "environment" | "continuous">;

/** As for `design` where they apply, and how narrow the bracket of the optimum is to be. */
export interface ContinuumDesignOptions extends Omit<DesignContinuumOptions, "width"> {
  readonly width?: RationalLike;
}

/** An answer with the file that proves it, as plain data. */
export interface ContinuumDesign extends ContinuumAnswer {
  readonly answerFile: ContinuumAnswerData;
}

/**
 * Answers a question for all types of intervals, with a proof in fractions: a bracket of the optimum, or the optimum itself. What the
 * question leaves out has the default of `defaultQuestion`. Throws InputError for what is not covered.
 */
export async function designContinuum(
  model: ContinuousModel,
  question: AskedQuestion = {},
  { width, ...options }: ContinuumDesignOptions = {},
): Promise<ContinuumDesign> {
  const environment = continuousEnvironmentOf(model);
  const answer = await designContinuumFor(environment, question, {
    ...options,
    ...(width !== undefined && { width: toRational(width) }),
  });
  const name = environment.name;
  return {
    ...answer,
    answerFile: continuumAnswerData(answer, { name, digest: continuousDigest(environment) }),
  };
}

/** The continuous types of a model. Throws InputError where its grid stands for none that are covered. */
export function continuousEnvironmentOf(model: ContinuousModel): ContinuousEnvironment {
  if ("surplus" in model) return model;
  const { environment } = model;
  if ("surplus" in environment) return environment;
  if ("continuous" in model && model.continuous) return model.continuous();
  throw new InputError(
    "",
    "a grid that stands for no continuous types that are covered",
    "a family of independent types with private values, or an instance of intervals",
  );
}
