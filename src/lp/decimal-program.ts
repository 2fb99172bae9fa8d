import { lcm, Rational } from "../number/rational.js";
import { rationalOfDecimal } from "../number/rational-text.js";
import type { LinearProgram } from "./linear-program.js";

/**
 * A LinearProgram in numbers that decimal text can hold. Each row is multiplied by the smallest integer that
 * makes its coefficients and bounds whole, unless one of them would grow too large for the readers of LP and
 * MPS files; costs and column bounds keep their scale. `rounded` tells what is not exact, for the file's head.
 */
export interface DecimalProgram {
  readonly offset: string;
  readonly cost: readonly string[];
  /** Absent where infinite. */
  readonly columnLower: readonly (string | undefined)[];
  readonly columnUpper: readonly (string | undefined)[];
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** In the order of the LinearProgram's own `column`. */
  readonly coefficient: Float64Array;
  readonly rounded: readonly string[];
}

/** HiGHS refuses larger coefficients, and takes bounds beyond 1e20 for infinite. */
const LARGEST_WRITTEN = 1e15;

export function toDecimalProgram(program: LinearProgram): DecimalProgram {
  let roundedNumbers = 0;
  const decimal = (value: Rational) => {
    const text = String(value.toNumber());
    if (!rationalOfDecimal(Number(text)).equals(value)) roundedNumbers++;
    return text;
  };
  const bound = (value: Rational | undefined) => value && decimal(value);

  const coefficient = new Float64Array(program.column.length);
  const rowLower = new Float64Array(program.rowCount);
  const rowUpper = new Float64Array(program.rowCount);
  let roundedRows = 0;
  for (let i = 0; i < program.rowCount; i++) {
    const scale = wholeScale(program, i);
    if (!scale) roundedRows++;
    const multiplier = Number((scale ?? 0n) / program.rowDenominator[i]);
    for (let k = program.rowStart[i]; k < program.rowStart[i + 1]; k++) {
      coefficient[k] = scale
        ? Number(program.numerator[k]) * multiplier
        : Rational.of(program.numerator[k], program.rowDenominator[i]).toNumber();
    }
    const factor = Rational.of(scale ?? 1n);
    rowLower[i] = program.rowLower[i]?.multiply(factor).toNumber() ?? Number.NEGATIVE_INFINITY;
    rowUpper[i] = program.rowUpper[i]?.multiply(factor).toNumber() ?? Number.POSITIVE_INFINITY;
  }
  const decimals = {
    offset: decimal(program.offset),
    cost: program.cost.map(decimal),
    columnLower: program.columnLower.map(bound),
    columnUpper: program.columnUpper.map(bound),
  };
  const rounded: string[] = [];
  if (roundedNumbers > 0) rounded.push(`${roundedNumbers} costs or column bounds are rounded to 53 bits`);
  if (roundedRows > 0) rounded.push(`${roundedRows} rows are rounded to 53 bits`);
  return { ...decimals, rowLower, rowUpper, coefficient, rounded };
}

/** The factor that makes a row whole, or undefined when the row would then be too large to write. */
function wholeScale(program: LinearProgram, row: number): bigint | undefined {
  let scale = program.rowDenominator[row];
  for (const bound of [program.rowLower[row], program.rowUpper[row]]) {
    if (bound) scale = lcm(scale, bound.denominator);
  }
  const multiplier = Number(scale / program.rowDenominator[row]);
  for (let k = program.rowStart[row]; k < program.rowStart[row + 1]; k++) {
    if (!(Math.abs(Number(program.numerator[k]) * multiplier) <= LARGEST_WRITTEN)) return undefined;
  }
  for (const bound of [program.rowLower[row], program.rowUpper[row]]) {
    if (bound && !(Math.abs(bound.toNumber()) * Number(scale) <= LARGEST_WRITTEN)) return undefined;
  }
  return scale;
}
