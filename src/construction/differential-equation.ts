/** Far below what a grid's mesh does to any property, far above rounding error. */
const TOLERANCE = 1e-13;

/** Steps between two points after which the solution is given up. */
const MOST_STEPS = 100_000;

/** `y' = derivative(x, y)`. */
export type Derivative = (x: number, y: readonly number[]) => readonly number[];

/**
 * The solution of `y' = derivative(x, y)`, `y(from) = start`, at increasing points, none of them below `from`. The
 * derivative is evaluated nowhere beyond the last point. Runge-Kutta steps of order 5, each with an estimate of its error of
 * order 4 that decides how long the next one is (Dormand and Prince 1980, their pair RK5(4)7M). Throws where the solution cannot
 * be followed to a point.
 */
export function solutionAt(
  derivative: Derivative,
  from: number,
  start: readonly number[],
  points: readonly number[],
): number[][] {
  let [x, y] = [from, start];
  let length = (points.at(-1) ?? from) - from;
  return points.map((point) => {
    for (let steps = 0; x < point; steps++) {
      // The last step ends at the point itself: no rounding carries it beyond.
      const end = Math.min(x + length, point);
      const next = step(derivative, x, y, end);
      const accepted = next.error <= 1;
      if (steps === MOST_STEPS || (!accepted && x + next.suggested === x)) {
        throw new Error(`a differential equation could not be followed from ${x} to ${point}`);
      }
      // A step that was cut short at a point says only how long the next may be at least.
      length = accepted && end === point ? Math.max(length, next.suggested) : next.suggested;
      if (accepted) [x, y] = [end, next.y];
    }
    return [...y];
  });
}

/** When each stage looks at the derivative, as a share of the step. */
const TIMES = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];

/** Where it looks: the step's start and these multiples of the stages before. The last is the step's end itself. */
const STAGES = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];

/** The step of order 5 less the one of order 4. */
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

interface Step {
  /** The solution at the step's end. */
  readonly y: readonly number[];
  /** The error over the tolerance; accepted up to 1. */
  readonly error: number;
  /** How long a step from here on may be. */
  readonly suggested: number;
}

function step(derivative: Derivative, x: number, y: readonly number[], end: number): Step {
  const length = end - x;
  const slopes: (readonly number[])[] = [];
  let reached = y;
  for (const [stage, multiples] of STAGES.entries()) {
    reached = y.map((value, i) => value + length * weighted(multiples, slopes, i));
    slopes.push(derivative(TIMES[stage] === 1 ? end : x + TIMES[stage] * length, reached));
  }
  // Math.max keeps what is no number, and that is never accepted.
  let error = 0;
  for (let i = 0; i < y.length; i++) {
    const size = Math.max(1, Math.abs(y[i]), Math.abs(reached[i]));
    error = Math.max(error, Math.abs(length * weighted(ERROR, slopes, i)) / (TOLERANCE * size));
  }
  const growth = Number.isFinite(error) ? 0.9 * error ** (-1 / 5) : 0;
  return { y: reached, error, suggested: length * Math.min(5, Math.max(0.2, growth)) };
}

function weighted(weights: readonly number[], slopes: readonly (readonly number[])[], i: number): number {
  let sum = 0;
  for (const [k, weight] of weights.entries()) sum += weight * slopes[k][i];
  return sum;
}
