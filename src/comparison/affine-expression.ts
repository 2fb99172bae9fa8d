import { InputError, shown } from "../fault/input-error.js";
import { Rational } from "../number/rational.js";
import { parseRational } from "../number/rational-text.js";

/** `constant + slope q` */
interface Affine {
  readonly constant: Rational;
  readonly slope: Rational;
}

/** What may be written where a number depends on q, as messages say it. */
export const AFFINE = 'a text such as "q", "1-q" or "(1 - q)/2"';

/** Whether a text is about q and nothing else than numbers. */
export function isExpression(text: string): boolean {
  return /q/.test(text) && /^[\d\s.q()+*/-]+$/.test(text);
}

/**
 * The value of an expression in q, built from numbers by sums, differences, and products and quotients with a number: `2q`,
 * `(1 - q)/2`. Throws InputError for anything else.
 */
export function valueOfExpression(text: string, q: Rational): Rational {
  const { constant, slope } = new Reader(text).whole();
  return constant.add(slope.multiply(q));
}

class Reader {
  private readonly tokens: string[];

  constructor(private readonly text: string) {
    this.tokens = text.match(/\d+\.?\d*|\.\d+|[q()+*/-]/g) ?? [];
    if (this.tokens.join("") !== text.replace(/\s/g, "")) throw this.fault();
  }

  whole(): Affine {
    const value = this.sum();
    if (this.tokens.length > 0) throw this.fault();
    return value;
  }

  private sum(): Affine {
    let value = this.product();
    for (let sign = this.next("+", "-"); sign !== undefined; sign = this.next("+", "-")) {
      const term = this.product();
      const factor = sign === "+" ? Rational.ONE : MINUS_ONE;
      value = added(value, scaled(term, factor));
    }
    return value;
  }

  private product(): Affine {
    let value = this.factor();
    for (;;) {
      if (this.next("/") !== undefined) {
        const { constant, slope } = this.factor();
        if (!slope.isZero || constant.isZero) throw this.fault();
        value = scaled(value, Rational.ONE.divide(constant));
      } else if (this.next("*") !== undefined || /^[q(]/.test(this.tokens[0] ?? "")) {
        const other = this.factor();
        if (!value.slope.isZero && !other.slope.isZero) throw this.fault();
        value = value.slope.isZero ? scaled(other, value.constant) : scaled(value, other.constant);
      } else return value;
    }
  }

  private factor(): Affine {
    if (this.next("-") !== undefined) return scaled(this.factor(), MINUS_ONE);
    if (this.next("(") !== undefined) {
      const inner = this.sum();
      if (this.next(")") === undefined) throw this.fault();
      return inner;
    }
    const token = this.tokens.shift();
    if (token === "q") return { constant: Rational.ZERO, slope: Rational.ONE };
    const number = parseRational(token ?? "");
    if (!number) throw this.fault();
    return { constant: number, slope: Rational.ZERO };
  }

  /** Takes the next token if it is one of these. */
  private next(...wanted: readonly string[]): string | undefined {
    return wanted.includes(this.tokens[0] ?? "") ? this.tokens.shift() : undefined;
  }

  private fault(): InputError {
    return new InputError("", shown(this.text), AFFINE);
  }
}

function added(a: Affine, b: Affine): Affine {
  return { constant: a.constant.add(b.constant), slope: a.slope.add(b.slope) };
}

function scaled({ constant, slope }: Affine, factor: Rational): Affine {
  return { constant: constant.multiply(factor), slope: slope.multiply(factor) };
}

const MINUS_ONE = Rational.of(-1);
