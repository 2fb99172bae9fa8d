import { Rational } from "../number/rational.js";

/** Values on grids of more and more points, and where they go. */
export interface GridLimit {
  readonly kind: "limit";
  readonly grids: readonly { readonly points: number; readonly value: Rational }[];
  readonly limit: Rational;
  /** As in `Computed`. */
  readonly uncertainty: Rational;
  readonly order: number | undefined;
}

/**
 * The limit of values on grids. Where one polynomial in 1/points, of a degree at most the number of grids less two, goes
 * through all of them, its constant term is the limit; else Richardson's extrapolation from the last three grids, with the order at
 * which they close, rounded to the nearest half. Throws RangeError for fewer than three grids.
 */
export async function gridLimit(
  points: readonly number[],
  valueOn: (points: number) => Rational | Promise<Rational>,
): Promise<GridLimit> {
  if (points.length < 3) throw new RangeError("a limit needs three grids at least");
  const grids: { points: number; value: Rational }[] = [];
  for (const count of points) grids.push({ points: count, value: await valueOn(count) });
  const coefficients = commonPolynomial(grids);
  if (coefficients) {
    const order = coefficients.findIndex((coefficient, k) => k > 0 && !coefficient.isZero);
    return {
      kind: "limit",
      grids,
      limit: coefficients[0],
      uncertainty: Rational.ZERO,
      order: order < 0 ? undefined : order,
    };
  }
  const order = orderOf(grids.slice(-3));
  const limits = [grids.slice(-3, -1), grids.slice(-2)].map((pair) => extrapolated(pair, order));
  const [before, limit] = limits;
  return { kind: "limit", grids, limit, uncertainty: limit.subtract(before).absolute(), order };
}

interface OnGrid {
  readonly points: number;
  readonly value: Rational;
}

/** Coefficients, constant term first, of the polynomial in 1/points of least degree through all values; undefined where it takes them all to say it. */
function commonPolynomial(grids: readonly OnGrid[]): readonly Rational[] | undefined {
  const at = grids.map(({ points }) => Rational.of(1, points));
  // Newton's divided differences: the first column of each order.
  let differences = grids.map(({ value }) => value);
  const newton: Rational[] = [];
  for (let order = 0; order < grids.length; order++) {
    newton.push(differences[0]);
    differences = differences
      .slice(1)
      .map((next, k) => next.subtract(differences[k]).divide(at[k + order + 1].subtract(at[k])));
  }
  if (!newton[newton.length - 1].isZero) return undefined;
  let coefficients: Rational[] = [];
  for (let k = newton.length - 1; k >= 0; k--) {
    const shifted = [Rational.ZERO, ...coefficients];
    coefficients = shifted.map((term, power) =>
      term.subtract((coefficients[power] ?? Rational.ZERO).multiply(at[k])),
    );
    coefficients[0] = coefficients[0].add(newton[k]);
  }
  return coefficients;
}

/** The p for which three values go with points^-p to a limit, to the nearest half; 1 where they do not close in on any. */
function orderOf([a, b, c]: readonly OnGrid[]): number {
  const [first, second] = [a.value.subtract(b.value), b.value.subtract(c.value)].map((d) => d.toNumber());
  const target = first / second;
  if (!(target > 1)) return 1;
  // (a^-p - b^-p) / (b^-p - c^-p) rises with p.
  const ratio = (p: number) => (a.points ** -p - b.points ** -p) / (b.points ** -p - c.points ** -p);
  let [low, high] = [0.01, 12];
  for (let k = 0; k < 60; k++) {
    const p = (low + high) / 2;
    if (ratio(p) < target) low = p;
    else high = p;
  }
  return Math.max(0.5, Math.round(2 * low) / 2);
}

function extrapolated([before, after]: readonly OnGrid[], order: number): Rational {
  // Floats only weigh two exact values against each other here.
  const weight = Rational.fromDouble(1 / ((after.points / before.points) ** order - 1));
  return after.value.add(after.value.subtract(before.value).multiply(weight));
}
