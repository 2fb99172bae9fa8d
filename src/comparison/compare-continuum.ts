import type { Construction } from "../construction/construction.js";
import { constructions } from "../construction/registry.js";
import { type Evaluation, evaluationIn } from "../continuum/construction/evaluate.js";
import type { ContinuousReport } from "../continuum/construction/finding.js";
import { NotCovered } from "../continuum/construction/ground.js";
import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import type { Progress } from "../progress/progress.js";
import { inFull } from "../question/problem.js";
import type { AskedQuestion, Question } from "../question/question.js";
import { type NotApplying, namedVersions } from "./compare.js";

/** A construction at every type of a continuum. */
export interface ContinuousComparison extends Evaluation {
  readonly name: string;
  readonly construction: Construction;
  /**
   * Whether it is proved to meet, or not to meet, what the question asks of allocation, incentives and participation;
   * undefined where neither is.
   */
  readonly qualifies: boolean | undefined;
  /** Whether it is proved to meet all of that without outside money, so that the question's answer is *possible*. */
  readonly settles: boolean;
}

/** The constructions at every type of a continuum, and why others do not apply. */
export interface ContinuumComparison {
  readonly environment: ContinuousEnvironment;
  readonly question: Question;
  readonly mechanisms: readonly ContinuousComparison[];
  readonly notApplying: readonly NotApplying[];
}

/**
 * The papers' constructions for continuous types: those named, or all. Each property is proved at every type or refuted at a
 * profile, by fractions only. A construction that is not covered is told with the reason. Throws InputError for an unknown
 * name or choice.
 */
export function compareContinuum(
  environment: ContinuousEnvironment,
  question: AskedQuestion = {},
  names: readonly string[] = [],
  { progress }: { readonly progress?: Progress } = {},
): ContinuumComparison {
  const asked = inFull(question);
  const wanted = names.length === 0 ? constructions : chosen(names);
  const evaluate = evaluationIn(environment);
  const mechanisms: ContinuousComparison[] = [];
  const notApplying: NotApplying[] = [];
  for (const construction of wanted) {
    const { name } = construction;
    progress?.stage(`${name} at every type`);
    try {
      const evaluation = evaluate(name);
      const meets = qualifies(evaluation.report, asked);
      const settles = meets === true && needsNoMoney(evaluation.report, asked);
      mechanisms.push({ name, construction, ...evaluation, qualifies: meets, settles });
    } catch (fault) {
      if (!(fault instanceof NotCovered)) throw fault;
      notApplying.push({ name, reason: fault.message });
    }
  }
  return { environment, question: asked, mechanisms, notApplying };
}

/** What was named, each once, whatever versions: for continuous types they are the same. */
function chosen(names: readonly string[]): Construction[] {
  return [...new Set(names.map((name) => namedVersions(name).construction))];
}

/** The properties that each choice of a question asks for. */
const incentives = {
  none: [],
  bayesian: ["Bayesian IC"],
  "ex-post": ["ex post IC"],
  dominant: ["ex post IC"],
} as const;
const participation = {
  none: [],
  "ex-ante": ["ex ante IR"],
  interim: ["interim IR"],
  "ex-post": ["ex post IR"],
} as const;

function qualifies({ findings }: ContinuousReport, { ic, ir, allocation }: Question): boolean | undefined {
  const asked = [
    ...(allocation === "free" ? [] : (["ex post efficiency"] as const)),
    ...incentives[ic],
    ...participation[ir],
  ].map((property) => findings[property].holds);
  if (asked.includes(false)) return false;
  return asked.includes(undefined) ? undefined : true;
}

function needsNoMoney({ findings }: ContinuousReport, { budget, balance }: Question): boolean {
  if (budget === "none") return true;
  const adds = balance === "exact" ? ("balance" as const) : ("no deficit" as const);
  return findings[`${budget === "ex-post" ? "ex post" : "ex ante"} ${adds}` as const].holds === true;
}
