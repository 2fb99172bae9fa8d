/** Points at which an integrand is evaluated: enough for smooth ones to be integrated to rounding error. */
const ORDER = 64;

/** `integral_from^to f`, by Gauss-Legendre quadrature; the ends themselves are never evaluated. */
export function integral(f: (x: number) => number, from: number, to: number): number {
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  if (half === 0) return 0;
  let sum = 0;
  for (const { node, weight } of gaussLegendre()) {
    sum += weight * (f(middle - half * node) + f(middle + half * node));
  }
  return half * sum;
}

interface QuadraturePoint {
  readonly node: number;
  readonly weight: number;
}

let points: readonly QuadraturePoint[] | undefined;

/** The positive nodes of an even order on [-1, 1], with their weights; the negative ones mirror them. */
function gaussLegendre(): readonly QuadraturePoint[] {
  points ??= Array.from({ length: ORDER / 2 }, (_, k) => {
    // Newton's method from Tricomi's approximation of the k-th root: it is so near that five steps reach rounding error.
    let node = Math.cos((Math.PI * (k + 0.75)) / (ORDER + 0.5));
    let slope = Number.NaN;
    for (let step = 0; step < 5; step++) {
      const legendre = legendreAt(node);
      slope = legendre.slope;
      node -= legendre.value / slope;
    }
    return { node, weight: 2 / ((1 - node * node) * slope * slope) };
  });
  return points;
}

/** The Legendre polynomial of degree ORDER and its derivative, by the recurrence of three terms. */
function legendreAt(x: number): { readonly value: number; readonly slope: number } {
  let [before, value] = [1, x];
  for (let degree = 2; degree <= ORDER; degree++) {
    [before, value] = [value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree];
  }
  return { value, slope: (ORDER * (before - x * value)) / (1 - x * x) };
}
