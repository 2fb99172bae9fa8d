import { Rational } from "../../number/rational.js";
import type { AffineForm } from "./affine-form.js";

/** The points between `n + 1` corners in `n` dimensions, which are not on one hyperplane. */
export interface Simplex {
  readonly corners: readonly (readonly Rational[])[];
}

/** An interval for each agent. */
export type Box = readonly { readonly from: Rational; readonly to: Rational }[];

/** A box as `n!` simplices, one for each order of the distances from its lowest corner (Kuhn). */
export function simplicesOf(box: Box): Simplex[] {
  return orders(box.length).map((order) => {
    const corner = box.map(({ from }) => from);
    const corners = [[...corner]];
    for (const axis of order) {
      corner[axis] = box[axis].to;
      corners.push([...corner]);
    }
    return { corners };
  });
}

/** Simplices that fill the simplex, on each of which the form has one sign. */
export function cutAlong(simplex: Simplex, form: AffineForm): Simplex[] {
  const values = simplex.corners.map((corner) => form.at(corner));
  const above = values.findIndex((value) => value.sign > 0);
  const below = values.findIndex((value) => value.sign < 0);
  if (above < 0 || below < 0) return [simplex];
  // Each half has one corner less on a side of its own, so this comes to an end.
  const weight = values[above].divide(values[above].subtract(values[below]));
  const crossing = between(simplex.corners[above], simplex.corners[below], weight);
  return [above, below].flatMap((k) => cutAlong(withCorner(simplex, k, crossing), form));
}

/** Two halves, across the longest edge of those between some corners; undefined where these are fewer than two. */
export function halves(
  simplex: Simplex,
  among = simplex.corners.map((_, k) => k),
): readonly [Simplex, Simplex] | undefined {
  let longest = { length: -1, from: -1, to: -1 };
  among.forEach((from, k) => {
    for (const to of among.slice(k + 1)) {
      const length = simplex.corners[from].reduce(
        (sum, x, axis) => sum + x.subtract(simplex.corners[to][axis]).toNumber() ** 2,
        0,
      );
      if (length > longest.length) longest = { length, from, to };
    }
  });
  const { from, to } = longest;
  if (from < 0) return undefined;
  const middle = between(simplex.corners[from], simplex.corners[to], Rational.of(1, 2));
  return [withCorner(simplex, from, middle), withCorner(simplex, to, middle)];
}

/** The middle of the simplex, which is inside. */
export function centre({ corners }: Simplex): Rational[] {
  const share = Rational.of(1, corners.length);
  return corners[0].map((_, axis) => Rational.sum(corners.map((corner) => corner[axis])).multiply(share));
}

/** The point at `weight` of the way from one point to another. */
export function between(from: readonly Rational[], to: readonly Rational[], weight: Rational): Rational[] {
  return from.map((x, axis) => x.add(weight.multiply(to[axis].subtract(x))));
}

function withCorner({ corners }: Simplex, place: number, corner: readonly Rational[]): Simplex {
  return { corners: corners.map((old, k) => (k === place ? corner : old)) };
}

function orders(size: number): number[][] {
  if (size === 0) return [[]];
  return orders(size - 1).flatMap((order) =>
    Array.from({ length: size }, (_, place) => [...order.slice(0, place), size - 1, ...order.slice(place)]),
  );
}
