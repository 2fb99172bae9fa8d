import { Rational } from "./rational.js";

/** The fraction of least denominator in `[from, to]` (Stern–Brocot). `from` is at most `to`. */
export function simplestBetween(from: Rational, to: Rational): Rational {
  if (from.sign <= 0 && to.sign >= 0) return Rational.ZERO;
  if (to.sign < 0) return simplestBetween(to.negate(), from.negate()).negate();
  const whole = from.numerator / from.denominator;
  const start = Rational.of(whole);
  if (start.equals(from)) return start;
  if (Rational.of(whole + 1n).compare(to) <= 0) return Rational.of(whole + 1n);
  const inverse = simplestBetween(
    Rational.ONE.divide(to.subtract(start)),
    Rational.ONE.divide(from.subtract(start)),
  );
  return start.add(Rational.ONE.divide(inverse));
}

/** The simplest fraction that is no further than `distance` from a double. */
export function simplestNear(value: number, distance: number): Rational {
  return simplestBetween(Rational.fromDouble(value - distance), Rational.fromDouble(value + distance));
}
