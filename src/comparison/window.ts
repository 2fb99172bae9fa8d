import type { Model } from "../../models/family.js";
import { continuumAnswerData } from "../continuum/answer-file.js";
import { designContinuumFor } from "../continuum/design-continuum.js";
import { verifyContinuumAnswer } from "../continuum/verify.js";
import { type Design, type DesignOptions, designFor } from "../design.js";
import { continuousDigest } from "../environment/continuous-digest.js";
import { environmentDigest } from "../environment/digest.js";
import { InputError, within as inside } from "../fault/input-error.js";
import type { Instance } from "../instance/instance.js";
import { verifyAnswerText } from "../kernel/verify.js";
import { Rational } from "../number/rational.js";
import { type RationalLike, toRational } from "../number/rational-text.js";
import { stopReason } from "../progress/progress.js";
import { inFull, posed } from "../question/problem.js";
import type { AskedQuestion, Question } from "../question/question.js";
import { modelAlong, type VariedParameter } from "./varied-parameter.js";

/** Between which values of q is searched, and how finely. */
export interface WindowOptions extends VariedParameter, DesignOptions {
  /** The values of q at which the scan begins and ends. */
  readonly from: RationalLike;
  readonly to: RationalLike;
  /** How many values of q are asked first, equally far apart, the ends among them; 11 when absent. */
  readonly points?: number;
  /** Between which a change of the answer is sought until they are at most so far apart; 1/10000 of the way when absent. */
  readonly within?: RationalLike;
  /** Whether the question is about the continuous types that grids stand for. */
  readonly continuous?: boolean;
  /** For continuous types: as in `designContinuumFor`. */
  readonly cells?: number;
  readonly width?: Rational;
}

/** A value of q, and what is proved there. */
export interface WindowPoint extends Pick<Design, "verdict" | "infeasible" | "lower" | "upper" | "optimum"> {
  readonly q: Rational;
  /** Whether it is one of the values that were asked first. */
  readonly scanned: boolean;
}

/** A point whose answer can be judged once more. */
interface Asked extends WindowPoint {
  /** Judges the answer's file as anybody does who reads it. */
  readonly verify: () => Verified;
}

type Verified = { readonly verified: true } | { readonly verified: false; readonly fault: string };

/** Neighbours among the values that were asked with the same verdict. */
export interface WindowRun {
  readonly verdict: Design["verdict"];
  readonly points: readonly WindowPoint[];
}

/** For which values of a parameter the question is answered with yes. */
export interface Window {
  readonly question: Question;
  readonly parameter: string;
  readonly along: unknown;
  readonly continuous: boolean;
  /** How far apart the ends of a change are at most. */
  readonly within: Rational;
  /** All values of q that were asked, increasing, by their verdicts: the answer changes between the end of a run and the start of the next. */
  readonly runs: readonly WindowRun[];
  /** Why not all values were asked, where work was stopped. */
  readonly shortfall?: string;
}

const POINTS = 11;
const MOST_POINTS = 10_000;
const MOST_HALVINGS = 200;

/**
 * Where an answer changes as a parameter of a family moves: a scan, then bisection between neighbours whose verdicts differ. What
 * is proved is proved at the values that were asked; between them the answer may change and change back unseen. Answers on both sides of
 * a change are verified from their files. Throws InputError for an instance that is written out, and for values of which the family builds nothing.
 */
export async function findWindow(
  instance: Pick<Instance, "model">,
  asked: AskedQuestion,
  options: WindowOptions,
): Promise<Window> {
  const { parameter, along = "q", points = POINTS, continuous = false } = options;
  const [from, to] = [toRational(options.from), toRational(options.to)];
  if (from.compare(to) >= 0) throw new InputError("--to", `${to}`, `more than --from, which is ${from}`);
  if (!Number.isInteger(points) || points < 2 || points > MOST_POINTS)
    throw new InputError("--points", `${points}`, `a whole number from 2 to ${MOST_POINTS}`);
  const length = to.subtract(from);
  const within =
    options.within === undefined ? length.divide(Rational.of(10_000)) : toRational(options.within);
  if (within.sign <= 0 || within.multiply(Rational.of(2n ** BigInt(MOST_HALVINGS))).compare(length) < 0)
    throw new InputError(
      "--within",
      `${within}`,
      `a positive number, and not below 2^-${MOST_HALVINGS} of the way`,
    );
  const model = modelAlong(instance, options);
  const question = inFull(asked);
  const found: Asked[] = [];
  const stopped = stopping(options);
  const ask = async (q: Rational, scanned: boolean) => {
    const answer = await answerAt(model(q), question, { ...options, ...stopped.left() }, q);
    const point = { q, scanned, ...answer };
    // Where work was stopped, what is left open says nothing.
    if (!stopped.reason() || point.verdict !== "undecided") found.push(point);
    return point;
  };
  const step = length.divide(Rational.of(points - 1));
  for (let k = 0; k < points && !stopped.reason(); k++)
    await ask(from.add(step.multiply(Rational.of(k))), true);
  const open = found.slice(1).map((right, k) => [found[k], right] as const);
  for (let pair = open.pop(); pair && !stopped.reason(); pair = open.pop()) {
    const [left, right] = pair;
    if (left.verdict === right.verdict || right.q.subtract(left.q).compare(within) <= 0) continue;
    const middle = await ask(shortBetween(left.q, right.q), false);
    open.push([left, middle], [middle, right]);
  }
  found.sort((a, b) => a.q.compare(b.q));
  verifyChanges(found);
  const shortfall = stopped.reason();
  const window = { question, parameter, along, continuous, within, runs: runsOf(found) };
  return shortfall === undefined ? window : { ...window, shortfall };
}

/** Of the time for all values what is left for the next one, and why no further one is asked. */
function stopping({ signal, timeLimit }: WindowOptions) {
  const started = performance.now();
  const left = () => timeLimit! - (performance.now() - started) / 1000;
  return {
    left: () => (timeLimit === undefined ? {} : { timeLimit: Math.max(0, left()) }),
    reason(): string | undefined {
      if (signal?.aborted) return stopReason(signal);
      return timeLimit !== undefined && left() <= 0 ? `time limit of ${timeLimit} s` : undefined;
    },
  };
}

async function answerAt(model: Model, question: Question, options: WindowOptions, q: Rational) {
  const { continuous, cells, width, timeLimit, signal, progress } = options;
  const limits = {
    ...(timeLimit !== undefined && { timeLimit }),
    ...(signal && { signal }),
    ...(progress && {
      progress: {
        stage: (words: string) => progress.stage(`${words}, q = ${q}`),
        done: (count: number, of: string) => progress.done(count, of),
      },
    }),
  };
  if (!continuous) {
    const { solver, formulation } = options;
    const { environment, givenRule } = model;
    const design = await designFor(posed(environment, question, givenRule), {
      ...limits,
      ...(solver && { solver }),
      ...(formulation && { formulation }),
    });
    const verify = () => {
      const file = new TextEncoder().encode(JSON.stringify(design.answerFile));
      const digest = environmentDigest(environment, givenRule);
      return verifyAnswerText([file], { environment, givenRule, digest });
    };
    return { ...proved(design), verify };
  }
  if (!model.continuous)
    throw new InputError(
      "--continuum",
      "a family whose types are not independent, or whose values are not private",
      "independent private values",
    );
  const environment = inside(`with q = ${q}, parameters`, model.continuous);
  const answer = await designContinuumFor(environment, question, {
    ...limits,
    ...(cells !== undefined && { cells }),
    ...(width && { width }),
  });
  const digest = continuousDigest(environment);
  const file = continuumAnswerData(answer, { name: environment.name, digest });
  return { ...proved(answer), verify: () => verifyContinuumAnswer(file, { environment, digest }) };
}

/** Throws where the file of an answer beside a change does not prove it: then this program is at fault. */
function verifyChanges(points: readonly Asked[]): void {
  points.forEach(({ q, verdict, verify }, k) => {
    const neighbours = [points[k - 1] ?? points[k], points[k + 1] ?? points[k]];
    if (neighbours.every((neighbour) => neighbour.verdict === verdict)) return;
    const verification = verify();
    if (!verification.verified) throw new Error(`the answer with q = ${q} is refuted: ${verification.fault}`);
  });
}

function proved({ verdict, infeasible, lower, upper, optimum }: Omit<WindowPoint, "q" | "scanned">) {
  return { verdict, infeasible, lower, upper, optimum };
}

/** The number of fewest decimals in the middle half between two. */
function shortBetween(a: Rational, b: Rational): Rational {
  const quarter = b.subtract(a).divide(Rational.of(4));
  const middle = a.add(b).divide(Rational.of(2));
  for (let over = 1n; ; over *= 10n) {
    const { numerator, denominator } = middle.multiply(Rational.of(2n * over));
    const nearest = Rational.of((numerator + denominator) / (2n * denominator), over);
    if (nearest.subtract(middle).absolute().compare(quarter) <= 0) return nearest;
  }
}

function runsOf(asked: readonly Asked[]): WindowRun[] {
  const points = asked.map(({ verify, ...point }): WindowPoint => point);
  const runs: { verdict: Design["verdict"]; points: WindowPoint[] }[] = [];
  for (const point of points) {
    const last = runs.at(-1);
    if (last?.verdict === point.verdict) last.points.push(point);
    else runs.push({ verdict: point.verdict, points: [point] });
  }
  return runs;
}
