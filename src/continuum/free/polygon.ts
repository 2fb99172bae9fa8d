import { Rational } from "../../number/rational.js";

/** The corners of a convex polygon in order; fewer than three where it has no interior. */
export type Polygon = readonly (readonly [x: Rational, y: Rational])[];

/** `constant + x * ofX + y * ofY`. */
export interface AffineForm {
  readonly constant: Rational;
  readonly ofX: Rational;
  readonly ofY: Rational;
}

export function formAt({ constant, ofX, ofY }: AffineForm, [x, y]: readonly [Rational, Rational]): Rational {
  return constant.add(ofX.multiply(x)).add(ofY.multiply(y));
}

export function formMinus(a: AffineForm, b: AffineForm): AffineForm {
  return {
    constant: a.constant.subtract(b.constant),
    ofX: a.ofX.subtract(b.ofX),
    ofY: a.ofY.subtract(b.ofY),
  };
}

/** The part of a polygon where a form is not negative (Sutherland and Hodgman). */
export function clipped(polygon: Polygon, form: AffineForm): Polygon {
  const values = polygon.map((corner) => formAt(form, corner));
  return polygon.flatMap((corner, k) => {
    const next = (k + 1) % polygon.length;
    const here = values[k].sign >= 0 ? [corner] : [];
    if (values[k].sign * values[next].sign >= 0) return here;
    const share = values[k].divide(values[k].subtract(values[next]));
    const between = (axis: 0 | 1) =>
      corner[axis].add(polygon[next][axis].subtract(corner[axis]).multiply(share));
    return [...here, [between(0), between(1)] as const];
  });
}

/** The integral of a form over a convex polygon. */
export function integralOver(polygon: Polygon, form: AffineForm): Rational {
  let sum = Rational.ZERO;
  for (let k = 2; k < polygon.length; k++) {
    const [a, b, c] = [polygon[0], polygon[k - 1], polygon[k]];
    const doubleArea = b[0]
      .subtract(a[0])
      .multiply(c[1].subtract(a[1]))
      .subtract(c[0].subtract(a[0]).multiply(b[1].subtract(a[1])))
      .absolute();
    const corners = formAt(form, a).add(formAt(form, b)).add(formAt(form, c));
    sum = sum.add(doubleArea.multiply(corners));
  }
  return sum.divide(SIX);
}

const SIX = Rational.of(6);
