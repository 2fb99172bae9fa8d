import { Rational } from "../../number/rational.js";

/** `constant + sum_i slopes[i] t_i`, a function of a profile of types. Immutable. */
export class AffineForm {
  constructor(
    readonly constant: Rational,
    readonly slopes: readonly Rational[],
  ) {}

  static constant(value: Rational, size: number): AffineForm {
    return new AffineForm(value, new Array<Rational>(size).fill(Rational.ZERO));
  }

  /** The type of one agent. */
  static type(agent: number, size: number): AffineForm {
    const slopes = Array.from({ length: size }, (_, i) => (i === agent ? Rational.ONE : Rational.ZERO));
    return new AffineForm(Rational.ZERO, slopes);
  }

  at(types: readonly Rational[]): Rational {
    return this.slopes.reduce(
      (sum, slope, i) => (slope.isZero ? sum : sum.add(slope.multiply(types[i]))),
      this.constant,
    );
  }

  plus(other: AffineForm): AffineForm {
    return new AffineForm(
      this.constant.add(other.constant),
      this.slopes.map((slope, i) => slope.add(other.slopes[i])),
    );
  }

  minus(other: AffineForm): AffineForm {
    return this.plus(other.scaled(Rational.of(-1)));
  }

  scaled(factor: Rational): AffineForm {
    return new AffineForm(
      this.constant.multiply(factor),
      this.slopes.map((slope) => slope.multiply(factor)),
    );
  }

  /** With one agent's type held. */
  holding(agent: number, type: Rational): AffineForm {
    return new AffineForm(
      this.constant.add(this.slopes[agent].multiply(type)),
      this.slopes.map((slope, i) => (i === agent ? Rational.ZERO : slope)),
    );
  }

  /** Without what depends on one agent's type. */
  without(agent: number): AffineForm {
    return this.holding(agent, Rational.ZERO);
  }

  equals(other: AffineForm): boolean {
    return (
      this.constant.equals(other.constant) && this.slopes.every((slope, i) => slope.equals(other.slopes[i]))
    );
  }

  /** The agents on whose types it depends. */
  get agents(): number[] {
    return this.slopes.flatMap((slope, i) => (slope.isZero ? [] : [i]));
  }
}

/** Each form once. */
export function distinctForms(forms: readonly AffineForm[]): AffineForm[] {
  return forms.filter((form, k) => forms.findIndex((other) => other.equals(form)) === k);
}

/** The number of the largest form at the types, of several the first. */
export function largestForm(forms: readonly AffineForm[], types: readonly Rational[]): number {
  const values = forms.map((form) => form.at(types));
  return values.reduce((best, value, k) => (value.compare(values[best]) > 0 ? k : best), 0);
}
