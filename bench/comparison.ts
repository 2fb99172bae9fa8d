/** One line of the benchmark: two ways to the same answer, and how their times compare. */
export interface Comparison {
  /** As `--only` names it. */
  readonly name: string;
  readonly what: string;
  readonly against: string;
  /** `faster`: the rival takes at least that many times as long. `slower`: we take at most that many times as long. */
  readonly target:
    | { readonly kind: "faster" | "slower"; readonly factor: number }
    | { readonly kind: "at most"; readonly value: number; readonly unit: string }
    | { readonly kind: "none" };
  /** Sets the line up, and checks in every run that the answers are equal and verified; throws where they are not. */
  prepare(): Promise<Contest | undefined>;
}

export interface Contest {
  /** One run; returns milliseconds. */
  readonly ours: () => Promise<number>;
  readonly theirs?: () => Promise<number>;
  /** Instead of a median of times: a figure computed from `ours` runs by itself, in the target's unit. */
  readonly figure?: () => Promise<number>;
  /** What was checked, and what there is to say. */
  readonly note: string;
}

export interface Outcome {
  readonly comparison: Comparison;
  readonly ours: number | undefined;
  readonly theirs: number | undefined;
  readonly figure: number | undefined;
  readonly met: boolean | undefined;
  readonly note: string;
}

/** The least number of runs that a median is taken of. */
export const RUNS = 5;
const WARM_UP_MS = 2500;
const MEASURE_MS = 2000;
/** A quick side runs again and again in its turn: the first run after a slow rival finds cold caches. */
const TURN_MS = 100;

export async function measure(comparison: Comparison): Promise<Outcome | undefined> {
  const contest = await comparison.prepare();
  if (!contest) return undefined;
  const { note } = contest;
  if (contest.figure) {
    const figure = await contest.figure();
    if (!Number.isFinite(figure)) throw new Error(`${comparison.name}: a figure of ${figure}`);
    return { comparison, ours: undefined, theirs: undefined, figure, met: meets(comparison, figure), note };
  }
  const [ours, theirs] = await medians(contest.theirs ? [contest.ours, contest.theirs] : [contest.ours]);
  const figure =
    theirs === undefined ? ours : comparison.target.kind === "slower" ? ours / theirs : theirs / ours;
  return { comparison, ours, theirs, figure, met: meets(comparison, figure), note };
}

function meets({ target }: Comparison, figure: number): boolean | undefined {
  switch (target.kind) {
    case "faster":
      return figure >= target.factor;
    case "slower":
      return figure <= target.factor;
    case "at most":
      return figure <= target.value;
    case "none":
      return undefined;
  }
}

/**
 * Both sides are treated alike: first without the clock until compilers have settled, then by turns, at least five times
 * each, so that whatever else the machine does falls on both.
 */
async function medians(sides: readonly (() => Promise<number>)[]): Promise<number[]> {
  for (const side of sides) {
    const end = performance.now() + WARM_UP_MS;
    for (let k = 0; k < 200 && (k === 0 || performance.now() < end); k++) await side();
  }
  globalThis.gc?.();
  const times: number[][] = sides.map(() => []);
  const end = performance.now() + MEASURE_MS;
  for (let k = 0; k < RUNS || (k < 41 && performance.now() < end); k++) {
    for (const [side, run] of sides.entries()) {
      const turn = performance.now() + TURN_MS;
      do times[side].push(await run());
      while (performance.now() < turn);
    }
  }
  return times.map((own) => own.sort((a, b) => a - b)[Math.floor(own.length / 2)]);
}

/** The median of one side by itself, treated as both are. */
export async function settledMedian(run: () => Promise<number>): Promise<number> {
  return (await medians([run]))[0];
}

/** Milliseconds that something takes, and what it returns. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; value: T }> {
  const started = performance.now();
  const value = await work();
  return { ms: performance.now() - started, value };
}

/** Throws where two answers differ. */
export function same(ours: unknown, theirs: unknown, what: string): void {
  if (String(ours) !== String(theirs)) throw new Error(`${what}: ${ours} against ${theirs}`);
}

/** Throws where a floating-point answer is not near the exact one. */
export function near(exact: number, float: number | undefined, what: string): void {
  if (!(Math.abs(exact - (float ?? Number.NaN)) <= 1e-6 * (1 + Math.abs(exact)))) {
    throw new Error(`${what}: ${exact} against ${float}`);
  }
}
