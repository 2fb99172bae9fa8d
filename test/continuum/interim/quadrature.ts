/** Nodes and weights of Gauss and Legendre on [-1, 1], by Newton's method. */
function gaussLegendre(n: number): readonly (readonly [x: number, weight: number])[] {
  return Array.from({ length: n }, (_, k) => {
    let x = Math.cos((Math.PI * (k + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 50; step++) {
      let [before, here] = [1, x];
      for (let j = 2; j <= n; j++) [before, here] = [here, ((2 * j - 1) * x * here - (j - 1) * before) / j];
      slope = (n * (x * here - before)) / (x * x - 1);
      x -= here / slope;
    }
    return [x, 2 / ((1 - x * x) * slope * slope)];
  });
}

const rule = gaussLegendre(20);

/** Exact but for rounding for polynomials of degree 39 between the points, which increase. */
export function integral(f: (x: number) => number, points: readonly number[]): number {
  return points
    .slice(1)
    .map((to, k) => {
      const half = (to - points[k]) / 2;
      const middle = (to + points[k]) / 2;
      return half * rule.reduce((sum, [x, weight]) => sum + weight * f(middle + half * x), 0);
    })
    .reduce((sum, part) => sum + part, 0);
}
