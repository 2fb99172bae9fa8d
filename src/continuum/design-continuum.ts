import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import { InputError } from "../fault/input-error.js";
import type { Rational } from "../number/rational.js";
import { giveWay } from "../progress/give-way.js";
import { type StopSignal, stopReason } from "../progress/progress.js";
import { inFull } from "../question/problem.js";
import type { AskedQuestion, Question } from "../question/question.js";
import { type ContinuumClaim, claimOf, nothingProved } from "./claim.js";
import { type ContinuumOptions, ContinuumStopped } from "./method.js";
import { continuumMethods, type RegisteredMethod, refusalOf } from "./methods.js";
import { isAbout } from "./registered-method.js";

/** How fine, how long, and who is told. */
export interface DesignContinuumOptions extends Omit<ContinuumOptions, "offer"> {
  /** Seconds after which the work ends with what is proved by then. */
  readonly timeLimit?: number;
  /** Told of what is known beforehand, and of what is proved on the way. */
  readonly onKnown?: (known: ContinuumAnswer) => void;
}

/** A question's answer about continuous types, with what proves it. */
export interface ContinuumAnswer extends ContinuumClaim {
  readonly environment: ContinuousEnvironment;
  readonly question: Question;
  /** The method that answers the question. */
  readonly method: string;
  /** What proves the claim; absent where the work was stopped before anything was proved. */
  readonly certificate?: { readonly kind: string };
  /** Why the bracket is no narrower, where it is wider than was asked for. */
  readonly shortfall?: string;
  readonly seconds: number;
}

/**
 * Walks from a question about continuous types to its answer: the first method that covers it proposes a certificate, and the
 * verdict is what the method's judge makes of that. Throws InputError where no method covers the question.
 */
export async function designContinuumFor(
  environment: ContinuousEnvironment,
  asked: AskedQuestion = {},
  options: DesignContinuumOptions = {},
  methods: readonly RegisteredMethod[] = continuumMethods,
): Promise<ContinuumAnswer> {
  const { cells, width, progress, onKnown } = options;
  checkMesh(cells, width);
  const question = inFull(asked);
  const { method } = methodFor(environment, question, methods);
  const started = performance.now();
  const signal = limited(options, started);
  const answer = (certificate?: { readonly kind: string }): ContinuumAnswer => ({
    ...claimOf(
      question,
      certificate ? method.judge(environment, question, certificate) : nothingProved(question),
    ),
    environment,
    question,
    method: method.kind,
    ...(certificate && { certificate }),
    seconds: (performance.now() - started) / 1000,
  });
  onKnown?.(answer());
  progress?.stage(`asking the method ${method.kind}`);
  await giveWay();
  const found = await method
    .find(environment, question, {
      ...(cells !== undefined && { cells }),
      ...(width && { width }),
      ...(progress && { progress }),
      signal,
      ...(onKnown && { offer: (certificate) => onKnown(answer(certificate as { kind: string })) }),
    })
    .catch((fault: unknown) => {
      if (fault instanceof ContinuumStopped) return undefined;
      throw fault;
    });
  progress?.stage("checking the proof");
  await giveWay();
  const proved = answer(found?.certificate);
  const shortfall = shortfallOf(proved, width, signal);
  return shortfall === undefined ? proved : { ...proved, shortfall };
}

/** The first method that covers the question. Throws InputError, with what each of them says, where none does. */
export function methodFor(
  environment: ContinuousEnvironment,
  question: Question,
  methods: readonly RegisteredMethod[],
): RegisteredMethod {
  const [parameter] = Object.keys(question.parameters ?? {});
  if (parameter !== undefined)
    throw new InputError(
      `question.${parameter}`,
      "a requirement that is not covered for continuous types",
      "a question of choices alone",
    );
  if (question.allocation === "given")
    throw new InputError(
      "question.allocation",
      "given, a rule that is written out for a grid",
      "for continuous types efficient or free",
    );
  const refusals: string[] = [];
  for (const registered of methods) {
    if (registered.allocation !== question.allocation || !isAbout(registered, environment)) continue;
    const refusal = refusalOf(registered, environment, question);
    if (refusal === undefined) return registered;
    refusals.push(refusal);
  }
  throw new InputError(
    "",
    `a question about continuous types that no method covers (${[...new Set(refusals)].join("; ")})`,
    "one that is covered, as docs/continuum-answer-format.md lists them",
  );
}

/** Most cells of an agent's types at first. */
const MOST_CELLS = 1000;

function checkMesh(cells: number | undefined, width: Rational | undefined): void {
  if (cells !== undefined && !(Number.isInteger(cells) && cells >= 1 && cells <= MOST_CELLS))
    throw new InputError("cells", `${cells}`, `a whole number from 1 to ${MOST_CELLS}`);
  if (width && width.sign <= 0) throw new InputError("width", `${width}`, "a positive number");
}

function limited({ signal, timeLimit }: DesignContinuumOptions, started: number): StopSignal {
  const isOver = () => timeLimit !== undefined && performance.now() - started > 1000 * timeLimit;
  return {
    get aborted() {
      return signal?.aborted === true || isOver();
    },
    get reason() {
      return signal?.aborted ? stopReason(signal) : `time limit of ${timeLimit} s`;
    },
  };
}

function shortfallOf(
  { lower, upper, optimum, infeasible, certificate }: ContinuumAnswer,
  width: Rational | undefined,
  signal: StopSignal,
): string | undefined {
  if (infeasible || optimum) return undefined;
  const isNarrow = lower && upper && width && upper.subtract(lower).compare(width) <= 0;
  if (isNarrow || (width === undefined && certificate)) return undefined;
  if (signal.aborted) return stopReason(signal);
  return lower && upper && width
    ? `refined as far as the method goes, short of a width of ${width}`
    : undefined;
}
