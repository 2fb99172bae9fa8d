import type { LinearProgram } from "../lp/linear-program.js";
import { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";

/**
 * The referee of exact answers: restates what it means that a vector is feasible, optimal, a Farkas certificate or
 * a ray, over the LinearProgram as it is given. It knows no basis, no solver and no tolerance. Every function returns the
 * first violation in words, or undefined when the claim holds.
 */
export type Violation = string | undefined;

/** `rowLower <= A x <= rowUpper` and `columnLower <= x <= columnUpper`. */
export function verifyFeasible(program: LinearProgram, x: RationalVector): Violation {
  if (x.length !== program.columnCount) return `${x.length} values for ${program.columnCount} columns`;
  for (let j = 0; j < program.columnCount; j++) {
    const outside = outsideOf(
      x.numeratorAt(j),
      x.denominator,
      program.columnLower[j],
      program.columnUpper[j],
    );
    if (outside) return `column ${program.columnName(j)} is ${outside} its bound`;
  }
  const activity = rowNumerators(program, x);
  for (let i = 0; i < program.rowCount; i++) {
    const denominator = x.denominator * program.rowDenominator[i];
    const outside = outsideOf(activity[i], denominator, program.rowLower[i], program.rowUpper[i]);
    if (outside) return `row ${program.rowName(i)} is ${outside} its bound`;
  }
  return undefined;
}

/**
 * `x` is feasible, `y` and `d = cost - A' y` have the signs that LinearProgram demands at the bounds where `x`
 * stands, and the objectives are equal: `objective = offset + cost · x`, and by weak duality the dual bound reaches it.
 */
export function verifyOptimal(
  program: LinearProgram,
  x: RationalVector,
  y: RationalVector,
  objective: Rational,
): Violation {
  const infeasible = verifyFeasible(program, x);
  if (infeasible) return infeasible;
  if (!objectiveAt(program, x).equals(objective)) return "the objective is not that of the primal vector";
  const bound = dualBound(program, y);
  if (!bound) return "a dual has the sign of a bound that does not exist";
  if (!bound.equals(objective)) return `the dual bound ${bound} is not the objective ${objective}`;
  return undefined;
}

/** `offset + cost · x`. */
export function objectiveAt(program: LinearProgram, x: RationalVector): Rational {
  const terms = new SumOfFractions();
  program.cost.forEach((cost, j) => {
    if (!cost.isZero) terms.add(cost.numerator * x.numeratorAt(j), cost.denominator);
  });
  return program.offset.add(terms.total().divide(Rational.of(x.denominator)));
}

/**
 * The least value that `offset + y · (A x) + d · x` takes over all activities and columns within their
 * bounds, `d = cost - A' y`: a lower bound on the optimum, by weak duality. Undefined when it is minus infinity.
 */
export function dualBound(program: LinearProgram, y: RationalVector): Rational | undefined {
  if (y.length !== program.rowCount) return undefined;
  const rows = leastOver(program.rowLower, program.rowUpper, (i) => y.numeratorAt(i), y.denominator);
  const { numerators, denominator } = columnCombination(program, y);
  const columns = leastOver(
    program.columnLower,
    program.columnUpper,
    (j) => {
      const { cost } = program;
      const scaled = cost[j].isZero ? 0n : (cost[j].numerator * denominator) / cost[j].denominator;
      return scaled - numerators[j];
    },
    denominator,
  );
  return rows && columns && program.offset.add(rows).add(columns);
}

/**
 * The multipliers prove that no `x` is feasible: over all columns within their bounds,
 * `y · (A x)` stays below the least value that it can have while every row is within its bounds,
 *
 *     sum_j max over [columnLower_j, columnUpper_j] of (A'y)_j x_j  <  sum_i (y_i > 0 ? y_i rowLower_i : y_i rowUpper_i)
 */
export function verifyFarkas(program: LinearProgram, y: RationalVector): Violation {
  if (y.length !== program.rowCount) return `${y.length} multipliers for ${program.rowCount} rows`;
  const forced = leastOver(program.rowLower, program.rowUpper, (i) => y.numeratorAt(i), y.denominator);
  if (!forced) return "a multiplier has the sign of a row bound that does not exist";
  const { numerators, denominator } = columnCombination(program, y);
  const least = leastOver(program.columnLower, program.columnUpper, (j) => -numerators[j], denominator);
  if (!least) return "the columns' combination is unbounded";
  const largest = least.negate();
  return largest.compare(forced) < 0 ? undefined : `the columns reach ${largest}, the rows force ${forced}`;
}

/** From the feasible `x` one may go along `ray` for ever, and the cost falls: the program is unbounded. */
export function verifyRay(program: LinearProgram, x: RationalVector, ray: RationalVector): Violation {
  const infeasible = verifyFeasible(program, x);
  if (infeasible) return infeasible;
  if (ray.length !== program.columnCount) return `a ray of length ${ray.length}`;
  if (objectiveAt(program, ray).subtract(program.offset).sign >= 0)
    return "the cost does not fall along the ray";
  for (let j = 0; j < program.columnCount; j++) {
    if (leaves(ray.numeratorAt(j), program.columnLower[j], program.columnUpper[j])) {
      return `the ray leaves the bounds of column ${program.columnName(j)}`;
    }
  }
  const activity = rowNumerators(program, ray);
  for (let i = 0; i < program.rowCount; i++) {
    if (leaves(activity[i], program.rowLower[i], program.rowUpper[i])) {
      return `the ray leaves the bounds of row ${program.rowName(i)}`;
    }
  }
  return undefined;
}

function leaves(direction: bigint, lower: Rational | undefined, upper: Rational | undefined): boolean {
  return (direction < 0n && lower !== undefined) || (direction > 0n && upper !== undefined);
}

function outsideOf(
  numerator: bigint,
  denominator: bigint,
  lower: Rational | undefined,
  upper: Rational | undefined,
): "below" | "above" | undefined {
  if (lower && numerator * lower.denominator < lower.numerator * denominator) return "below";
  if (upper && numerator * upper.denominator > upper.numerator * denominator) return "above";
  return undefined;
}

/** The least value of `sum multiplier_k * z_k / denominator`, `lower <= z <= upper`; undefined if minus infinity. */
function leastOver(
  lower: readonly (Rational | undefined)[],
  upper: readonly (Rational | undefined)[],
  multiplier: (k: number) => bigint,
  denominator: bigint,
): Rational | undefined {
  const terms = new SumOfFractions();
  for (let k = 0; k < lower.length; k++) {
    const factor = multiplier(k);
    if (factor === 0n) continue;
    const bound = factor > 0n ? lower[k] : upper[k];
    if (!bound) return undefined;
    terms.add(factor * bound.numerator, bound.denominator);
  }
  return terms.total().divide(Rational.of(denominator));
}

/** `A_i x` for every row, over `x.denominator * rowDenominator[i]`. */
function rowNumerators(program: LinearProgram, x: RationalVector): bigint[] {
  const { rowStart, column, numerator } = program;
  const sums: bigint[] = new Array(program.rowCount);
  for (let i = 0; i < program.rowCount; i++) {
    const sum = new ExactSum();
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) sum.add(numerator[k], x.numerators[column[k]]);
    sums[i] = sum.total();
  }
  return sums;
}

/** `A' y` for every column, over one denominator that the costs' own denominators divide. */
function columnCombination(
  program: LinearProgram,
  y: RationalVector,
): { numerators: bigint[]; denominator: bigint } {
  const { rowStart, column, numerator } = program;
  let common = 1n;
  for (const d of program.rowDenominator) common = leastCommonMultiple(common, d);
  for (const { denominator } of program.cost) common = leastCommonMultiple(common, denominator);
  const sums = Array.from({ length: program.columnCount }, () => new ExactSum());
  for (let i = 0; i < program.rowCount; i++) {
    if (y.numerators[i] === 0 || y.numerators[i] === 0n) continue;
    const exact = y.numeratorAt(i) * (common / program.rowDenominator[i]);
    const multiplier = exact >= -SAFE && exact <= SAFE ? Number(exact) : exact;
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) sums[column[k]].add(numerator[k], multiplier);
  }
  return { numerators: sums.map((sum) => sum.total()), denominator: y.denominator * common };
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  if (a % b === 0n) return a;
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** A sum of products of integers: in doubles while nothing can have been rounded, in BigInts beyond. */
class ExactSum {
  private small = 0;
  private large = 0n;

  add(a: number | bigint, b: number | bigint): void {
    if (typeof a === "number" && typeof b === "number") {
      const sum = this.small + a * b;
      // A rounded product or sum is at least 2^53 in size, or the old sum was.
      if (Math.abs(a * b) < Number.MAX_SAFE_INTEGER && Math.abs(sum) < Number.MAX_SAFE_INTEGER) {
        this.small = sum;
        return;
      }
    }
    this.large += BigInt(a) * BigInt(b);
  }

  total(): bigint {
    return this.large + BigInt(this.small);
  }
}

/** A sum of fractions, gathered by denominator so that few sums have to be reduced. */
class SumOfFractions {
  private readonly byDenominator = new Map<bigint, bigint>();

  add(numerator: bigint, denominator: bigint): void {
    this.byDenominator.set(denominator, (this.byDenominator.get(denominator) ?? 0n) + numerator);
  }

  total(): Rational {
    let total = Rational.ZERO;
    for (const [denominator, numerator] of this.byDenominator) {
      total = total.add(Rational.of(numerator, denominator));
    }
    return total;
  }
}
