import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { answerFileText } from "../certificate/answer-file.js";
import { type ComparedMechanism, compare, namedVersions } from "../comparison/compare.js";
import { compareContinuum } from "../comparison/compare-continuum.js";
import { continuumAnswerData, continuumAnswerText } from "../continuum/answer-file.js";
import { type ContinuumAnswer, designContinuumFor } from "../continuum/design-continuum.js";
import { type Design, designFor, type Known } from "../design.js";
import { InputError, within } from "../fault/input-error.js";
import { parsedBy } from "../fault/parsed-by.js";
import { type ContinuousInstance, parseContinuousInstance } from "../instance/continuous-instance.js";
import { type Instance, parseInstance } from "../instance/instance.js";
import { inFull, type Problem, posed } from "../question/problem.js";
import type { AskedQuestion, Question } from "../question/question.js";
import { questionJson } from "../question/question-file.js";
import { efficientGains } from "../report/efficient-gains.js";
import { boundsJson, numberJson, present } from "../report/number-json.js";
import { SolverUnavailable } from "../solver/solver.js";
import type { PointTask } from "./plan.js";
import type { Found, Outcome } from "./result.js";
import { type Ask, askSchema } from "./specification.js";

/** What became of a point, and the answer file where it is wanted and there is one. */
export interface Evaluated {
  readonly outcome: Outcome;
  readonly proof?: string;
  /** To be called once the outcome is kept, by whoever got it from another machine. */
  readonly kept?: () => void;
}

/**
 * Does what there is to do at a point. What cannot be answered is told as its failure. Where time is limited, `onKnown` is told of what
 * is proved on the way.
 */
export async function evaluate(
  task: PointTask,
  onKnown: (found: Found) => void = () => {},
): Promise<Evaluated> {
  try {
    const posed = posedBy(task);
    return await (posed.types === "grid" ? onGrid(posed, task, onKnown) : onIntervals(posed, task, onKnown));
  } catch (fault) {
    const isTold = fault instanceof InputError || fault instanceof SolverUnavailable;
    // A fault of this program at one point is no reason to lose the others.
    return { outcome: { failure: isTold ? fault.message : `a fault in mechlp itself: ${fault}` } };
  }
}

/** Throws InputError where a point can have no answer, as far as that is seen at once. */
export function checkTask(task: PointTask): void {
  posedBy(task);
}

type Posed =
  | { readonly types: "grid"; readonly instance: Instance; readonly problem: Problem; readonly ask: Ask }
  | {
      readonly types: "intervals";
      readonly instance: ContinuousInstance;
      readonly question: Question;
      readonly ask: Ask;
    };

type PosedOn<Types extends Posed["types"]> = Extract<Posed, { types: Types }>;

function posedBy(task: PointTask): Posed {
  const ask = within("question", () => parsedBy(askSchema, task.ask));
  for (const name of ask.constructions ?? []) namedVersions(name);
  const read = <T>(act: () => T) => within("instance", act);
  if (ask.continuum) {
    const instance = read(() => parseContinuousInstance(task.instance, "point"));
    return { types: "intervals", instance, question: inFull(asked(instance.question, ask)), ask };
  }
  const mesh = Object.entries({ cells: ask.cells, width: ask.width }).find(
    ([, value]) => value !== undefined,
  );
  if (mesh) throw new InputError(`question.${mesh[0]}`, `${mesh[1]} without continuum`, "continuum with it");
  const instance = read(() => parseInstance(task.instance, "point"));
  const { environment, givenRule } = instance;
  const problem = posed(environment, asked(instance.question, ask), givenRule);
  return { types: "grid", instance, problem, ask };
}

async function onGrid(
  { instance, problem, ask }: PosedOn<"grid">,
  { seconds, proof }: PointTask,
  onKnown: (found: Found) => void,
): Promise<Evaluated> {
  const { question } = problem;
  const key = keyOf(instance.digest, ask, question);
  const options = { timeLimit: seconds, ...(seconds !== undefined && { onKnown: tellKnown(key, onKnown) }) };
  const comparison = ask.constructions && (await compare(instance, question, ask.constructions, options));
  const design = comparison?.design ?? (await designFor(problem, options));
  const found = {
    key,
    ...answerJson(design),
    efficientGains: numberJson(efficientGains(design)),
    ...(comparison && {
      mechanisms: comparison.mechanisms.flatMap((line) => (line.construction ? [mechanismJson(line)] : [])),
      notApplying: comparison.notApplying.map(({ name, reason }) => ({ name, reason })),
    }),
  };
  return { outcome: found, ...(proof && { proof: [...answerFileText(design, instance)].join("") }) };
}

async function onIntervals(
  { instance, question, ask }: PosedOn<"intervals">,
  { seconds, proof }: PointTask,
  onKnown: (found: Found) => void,
): Promise<Evaluated> {
  const { environment, digest } = instance;
  const { cells, width, constructions } = ask;
  const key = keyOf(digest, ask, question);
  const options = { timeLimit: seconds, ...(seconds !== undefined && { onKnown: tellKnown(key, onKnown) }) };
  const answer = await designContinuumFor(environment, question, { cells, width, ...options });
  const comparison = constructions && compareContinuum(environment, question, constructions);
  const found = {
    key,
    ...answerJson(answer),
    ...(comparison && {
      mechanisms: comparison.mechanisms.map(({ name, qualifies, settles }) => ({
        name,
        settles,
        ...present({ qualifies }),
      })),
      notApplying: comparison.notApplying.map(({ name, reason }) => ({ name, reason })),
    }),
  };
  const text = proof && answer.certificate && continuumAnswerText(continuumAnswerData(answer, instance));
  return { outcome: found, ...(text && { proof: text }) };
}

/** What the instance asks by itself and, before that, what is asked of it. */
function asked(own: Partial<Question>, { question = {} }: Ask): AskedQuestion {
  return { ...own, ...question, parameters: { ...own.parameters, ...question.parameters } };
}

function keyOf(
  digest: string,
  { continuum = false, cells, width, constructions }: Ask,
  question: Question,
): string {
  const about = {
    question: questionJson(question),
    continuum,
    cells,
    width: width && String(width),
    constructions,
  };
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([digest, about]))));
}

function tellKnown(key: string, onKnown: (found: Found) => void): (known: Known | ContinuumAnswer) => void {
  return (known) => onKnown({ key, ...answerJson(known) });
}

function answerJson(answer: Known | Design | ContinuumAnswer): Omit<Found, "key"> {
  const { verdict, infeasible, optimum } = answer;
  const unbounded = "unbounded" in answer && answer.unbounded;
  const shortfall = "shortfall" in answer ? answer.shortfall : undefined;
  const isOpen = !infeasible && !unbounded;
  return {
    verdict,
    ...(infeasible && { infeasible }),
    ...(unbounded && { unbounded }),
    ...present({
      optimum: isOpen && optimum ? numberJson(optimum) : undefined,
      bounds: isOpen ? boundsJson(answer) : undefined,
      shortfall,
    }),
  };
}

function mechanismJson({ name, qualifies, subsidyNeeded, report }: ComparedMechanism) {
  const violated = Object.entries(report.findings).flatMap(([property, finding]) =>
    finding.checked && !finding.holds ? [[property, numberJson(finding.violation)] as const] : [],
  );
  return {
    name,
    ...present({ qualifies, subsidyNeeded: subsidyNeeded && numberJson(subsidyNeeded) }),
    violations: Object.fromEntries(violated),
  };
}
