import { Rational } from "../../number/rational.js";

/** `constant + along x + across t`: what an outcome is worth to all, where the types `x` and `t` vary. */
export interface PlaneForm {
  readonly constant: Rational;
  readonly along: Rational;
  readonly across: Rational;
}

/** `constant + slope x` */
export class Affine {
  constructor(
    readonly constant: Rational,
    readonly slope: Rational,
  ) {}

  at(x: Rational): Rational {
    return this.constant.add(this.slope.multiply(x));
  }

  minus(other: Affine): Affine {
    return new Affine(this.constant.subtract(other.constant), this.slope.subtract(other.slope));
  }

  plus(other: Affine): Affine {
    return new Affine(this.constant.add(other.constant), this.slope.add(other.slope));
  }

  scaled(factor: Rational): Affine {
    return new Affine(this.constant.multiply(factor), this.slope.multiply(factor));
  }

  /** The sign just to the right of `x`. */
  signAfter(x: Rational): -1 | 0 | 1 {
    return this.at(x).sign || this.slope.sign;
  }

  /** Where the sign just to the right of `x` changes further to the right, if it does. */
  zeroAfter(x: Rational): Rational | undefined {
    if (this.slope.isZero) return undefined;
    const zero = this.constant.negate().divide(this.slope);
    return zero.compare(x) > 0 ? zero : undefined;
  }
}

/** A form that is the largest for `t` from the end of the stretch before to `until`, which moves with `x`. */
export interface Stretch {
  readonly form: PlaneForm;
  readonly until: Affine;
}

/** For `x` between two points, where `t` changes which form is the largest. Stretches are in the order of `t` and not empty. */
export interface EnvelopePart {
  readonly from: Rational;
  readonly to: Rational;
  readonly stretches: readonly Stretch[];
}

/**
 * The maximum of forms as a function of `t` in `[start, end]`, for `x` from `from` to `to` part by part. Within a part the order
 * of the forms stays, and no end of a stretch inside `]start, end[` crosses one of the `marks`.
 *
 * A form that is nowhere above the others at the ends of stretches is nowhere above them, as it is affine in `t` between. So a
 * part holds until a form gets above the maximum at the end of a stretch.
 */
export function* upperEnvelope(
  forms: readonly PlaneForm[],
  [from, to]: readonly [Rational, Rational],
  [start, end]: readonly [Rational, Rational],
  marks: readonly Rational[],
): Generator<EnvelopePart> {
  for (let x = from; x.compare(to) < 0; ) {
    const stretches = stretchesAfter(forms, start, end, x);
    const changes = [...changesAfter(forms, start, stretches, marks, x)];
    const next = changes.reduce(Rational.minimum, to);
    yield { from: x, to: next, stretches };
    x = next;
  }
}

/** The form as a function of `x`, for a `t` that moves with `x`. */
export function valueAt({ constant, along, across }: PlaneForm, t: Affine): Affine {
  return new Affine(constant, along).plus(t.scaled(across));
}

export function constantly(value: Rational): Affine {
  return new Affine(value, Rational.ZERO);
}

function stretchesAfter(forms: readonly PlaneForm[], start: Rational, end: Rational, x: Rational): Stretch[] {
  const last = constantly(end);
  const order = (a: Affine, b: Affine) => a.minus(b).signAfter(x);
  let form = forms.reduce((best, other) => {
    const above = order(valueAt(other, constantly(start)), valueAt(best, constantly(start)));
    return above > 0 || (above === 0 && other.across.compare(best.across) > 0) ? other : best;
  });
  const stretches: Stretch[] = [];
  for (;;) {
    let until = last;
    let next: PlaneForm | undefined;
    for (const other of forms) {
      const steeper = other.across.subtract(form.across);
      if (steeper.sign <= 0) continue;
      const meeting = new Affine(form.constant, form.along)
        .minus(new Affine(other.constant, other.along))
        .scaled(Rational.ONE.divide(steeper));
      const sooner = order(meeting, until);
      if (sooner < 0 || (sooner === 0 && next && other.across.compare(next.across) > 0)) {
        until = meeting;
        next = other;
      }
    }
    stretches.push({ form, until });
    if (!next) return stretches;
    form = next;
  }
}

function* changesAfter(
  forms: readonly PlaneForm[],
  start: Rational,
  stretches: readonly Stretch[],
  marks: readonly Rational[],
  x: Rational,
): Generator<Rational> {
  const ends = [{ form: stretches[0].form, until: constantly(start) }, ...stretches];
  for (const { form, until } of ends) {
    const value = valueAt(form, until);
    for (const other of forms) {
      const above = valueAt(other, until).minus(value);
      const zero = above.signAfter(x) < 0 ? above.zeroAfter(x) : undefined;
      if (zero) yield zero;
    }
  }
  for (const { until } of stretches.slice(0, -1)) {
    for (const mark of marks) {
      const zero = until.minus(constantly(mark)).zeroAfter(x);
      if (zero) yield zero;
    }
  }
}
