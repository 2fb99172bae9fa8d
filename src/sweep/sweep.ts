import { InputError } from "../fault/input-error.js";
import { checkTask, type Evaluated } from "./evaluate.js";
import { type Plan, type Point, type PointTask, planOf } from "./plan.js";
import { Pool, type PoolOptions } from "./pool.js";
import type { Result } from "./result.js";
import type { SweepData } from "./specification.js";

/** A point that is finished: its result, and its answer file and instance where these are wanted. */
export interface FinishedPoint extends Pick<Evaluated, "proof" | "kept"> {
  readonly result: Result;
  /** Beside a proof, what it is about. */
  readonly instance?: unknown;
}

/** Whoever evaluates points: workers of this machine, or others. */
export interface Evaluators {
  /** How many points may be in hand at once. */
  readonly size: number;
  run(task: PointTask, point: number): Promise<Evaluated>;
  /** What whoever watches is to know, such as that no worker is there. */
  note?(): string | undefined;
  /** Lets go of everything, points in hand among it. */
  end(): void | Promise<void>;
}

/** Workers, when to stop, and who is told. */
export interface SweepOptions extends PoolOptions {
  /** Ends the sweep: no further points are begun. */
  readonly signal?: AbortSignal;
  /** Seconds that points in hand may take after that; 0 when absent. */
  readonly grace?: number;
  /** Told of every point that is finished, and how many of how many are by then. */
  readonly onPoint?: (result: Result, progress: { readonly done: number; readonly of: number }) => void;
}

/**
 * Evaluates all points of a specification in workers, in Node and in browsers, and yields each as it is finished; `point` is its
 * number in the order of the specification. A point that fails has the reason under `failure` and stops no other. Throws InputError
 * for a specification that is at fault, and for one whose instances are.
 */
export async function* sweep(
  specification: SweepData,
  options: SweepOptions = {},
): AsyncGenerator<Result, void> {
  const plan = planOf(specification);
  checkInstances(plan);
  const { onPoint, signal, grace = 0 } = options;
  const pool = new Pool(options);
  let done = 0;
  try {
    for await (const { result } of finishedPoints(plan, numbersTo(plan.count), pool, { signal, grace })) {
      done++;
      onPoint?.(result, { done, of: plan.count });
      yield result;
    }
  } finally {
    pool.end();
  }
}

function* numbersTo(count: number): Iterable<number> {
  for (let number = 1; number <= count; number++) yield number;
}

export interface PointsOptions extends Pick<SweepOptions, "signal" | "grace"> {
  /** Whether answer files are wanted. */
  readonly proofs?: boolean;
}

/** Evaluates the points of these numbers and yields each as it is finished. */
export async function* finishedPoints(
  plan: Plan,
  numbers: Iterable<number>,
  evaluators: Evaluators,
  { signal, grace = 0, proofs = false }: PointsOptions,
): AsyncGenerator<FinishedPoint, void> {
  const left = numbers[Symbol.iterator]();
  const finished: FinishedPoint[] = [];
  let inHand = 0;
  let isAll = false;
  let isOver = false;
  let fault: unknown;
  let wake = () => {};
  const begin = (number: number) => {
    const point = plan.point(number);
    if ("fault" in point) {
      finished.push({ result: { ...point.coordinates, failure: point.fault.message } });
      return;
    }
    inHand++;
    const { instance } = point.task;
    evaluators
      .run(proofs ? { ...point.task, proof: true } : point.task, number)
      .then(
        ({ outcome, ...rest }) => {
          finished.push({ result: { ...point.coordinates, ...outcome }, instance, ...rest });
        },
        (failure: unknown) => {
          fault ??= failure;
        },
      )
      .finally(() => {
        inHand--;
        wake();
      });
  };
  let patience: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    patience = setTimeout(() => {
      isOver = true;
      wake();
    }, 1000 * grace);
    wake();
  };
  if (signal?.aborted) stop();
  else signal?.addEventListener("abort", stop, { once: true });
  try {
    for (;;) {
      // As many wait as are in work, so that no worker waits for this thread.
      while (!isAll && !signal?.aborted && inHand + finished.length < 2 * evaluators.size) {
        const next = left.next();
        if (next.done) isAll = true;
        else begin(next.value);
      }
      const point = finished.shift();
      if (point) yield point;
      else if (fault !== undefined) throw fault;
      else if (isOver || (inHand === 0 && (isAll || signal?.aborted))) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    clearTimeout(patience);
    signal?.removeEventListener("abort", stop);
  }
}

/** Points that are looked at, far apart, before a specification is given up. */
const LOOKED_AT = 20;

/**
 * Throws InputError, that of the first point, where none of some points far apart can be: then it is the specification that is at
 * fault, and not a draw.
 */
export function checkInstances(plan: Plan): void {
  const wanted = Math.min(LOOKED_AT, plan.count);
  let first: InputError | undefined;
  for (let k = 0; k < wanted; k++) {
    const fault = faultAt(plan.point(1 + Math.floor((k * plan.count) / wanted)));
    if (!fault) return;
    first ??= fault;
  }
  throw first;
}

function faultAt(point: Point): InputError | undefined {
  if ("fault" in point) return point.fault;
  try {
    checkTask(point.task);
    return undefined;
  } catch (fault) {
    if (fault instanceof InputError) return fault;
    throw fault;
  }
}
