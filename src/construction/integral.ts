import { gaussQuadrature } from "flo-gauss-quadrature";

/** Points at which an integrand is evaluated: enough for smooth ones to be integrated to rounding error. */
const ORDER = 64;

/** `integral_from^to f`, by Gauss-Legendre quadrature; the ends themselves are never evaluated. */
export function integral(f: (x: number) => number, from: number, to: number): number {
  return from === to ? 0 : gaussQuadrature(f, [from, to], ORDER);
}
