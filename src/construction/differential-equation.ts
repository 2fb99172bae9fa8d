import odex from "odex";

/** Far below what a grid's mesh does to any property, far above rounding error. */
const TOLERANCE = 1e-12;

/**
 * The solution of `y' = derivative(x, y)`, `y(from) = start`, at increasing points, none of them below `from`. The
 * derivative is evaluated nowhere beyond the last point. Extrapolation by Gragg, Bulirsch and Stoer (Hairer's ODEX).
 */
export function solutionAt(
  derivative: (x: number, y: readonly number[]) => number[],
  from: number,
  start: readonly number[],
  points: readonly number[],
): number[][] {
  // The library takes an end of zero for no end, so it is given distances from before the start, which are positive.
  const solver = new odex.Solver((distance, y) => derivative(from + (distance - 1), y), start.length, {
    relativeTolerance: TOLERANCE,
    absoluteTolerance: TOLERANCE,
    maxSteps: 100_000,
    denseOutput: false,
  });
  let reached = 1;
  let y: readonly number[] = start;
  return points.map((point) => {
    const distance = point - from + 1;
    if (distance > reached) {
      y = solver.solve(reached, [...y], distance).y;
      reached = distance;
    }
    return [...y];
  });
}
