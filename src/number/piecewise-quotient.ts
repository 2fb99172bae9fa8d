import { mergedNodes, type PiecewisePolynomial } from "./piecewise-polynomial.js";
import { Polynomial } from "./polynomial.js";
import { divided, greatestCommonDivisor } from "./polynomial-division.js";
import { Rational } from "./rational.js";

/** `numerator / denominator` in lowest terms, the leading coefficient of the denominator being 1. */
export interface Quotient {
  readonly numerator: Polynomial;
  readonly denominator: Polynomial;
}

/** A function on an interval that is a quotient of polynomials between neighbouring nodes. Immutable. */
export class PiecewiseQuotient {
  private constructor(
    /** Increasing, one more than pieces. */
    readonly nodes: readonly Rational[],
    readonly pieces: readonly Quotient[],
  ) {}

  static of({ nodes, pieces }: PiecewisePolynomial): PiecewiseQuotient {
    return new PiecewiseQuotient(
      nodes,
      pieces.map((numerator) => ({ numerator, denominator: Polynomial.ONE })),
    );
  }

  get from(): Rational {
    return this.nodes[0];
  }

  get to(): Rational {
    return this.nodes[this.nodes.length - 1];
  }

  /** The number of the piece that holds at `x`: the one on the right at a node. */
  pieceAt(x: Rational): number {
    const next = this.nodes.findIndex((node) => node.compare(x) > 0);
    return Math.min(Math.max(0, next < 0 ? this.pieces.length : next - 1), this.pieces.length - 1);
  }

  /** Throws RangeError at a pole. */
  at(x: Rational): Rational {
    const { numerator, denominator } = this.pieces[this.pieceAt(x)];
    return numerator.at(x).divide(denominator.at(x));
  }

  plus(other: PiecewiseQuotient): PiecewiseQuotient {
    return this.combined(other, (a, b) =>
      reduced(
        a.numerator.times(b.denominator).plus(b.numerator.times(a.denominator)),
        a.denominator.times(b.denominator),
      ),
    );
  }

  minus(other: PiecewiseQuotient): PiecewiseQuotient {
    return this.plus(other.scaled(Rational.of(-1)));
  }

  times(other: PiecewiseQuotient): PiecewiseQuotient {
    return this.combined(other, (a, b) =>
      reduced(a.numerator.times(b.numerator), a.denominator.times(b.denominator)),
    );
  }

  /** Throws RangeError where the other is 0 on a whole piece. */
  dividedBy(other: PiecewiseQuotient): PiecewiseQuotient {
    return this.combined(other, (a, b) =>
      reduced(a.numerator.times(b.denominator), a.denominator.times(b.numerator)),
    );
  }

  scaled(factor: Rational): PiecewiseQuotient {
    return this.map(({ numerator, denominator }) => ({ numerator: numerator.scaled(factor), denominator }));
  }

  /** The derivative of each piece. */
  derivative(): PiecewiseQuotient {
    return this.map(({ numerator, denominator }) =>
      reduced(
        numerator.derivative().times(denominator).minus(numerator.times(denominator.derivative())),
        denominator.times(denominator),
      ),
    );
  }

  /** Whether it is 0 everywhere. */
  get isZero(): boolean {
    return this.pieces.every(({ numerator }) => numerator.isZero);
  }

  /** Whether neighbouring pieces meet, and no end of a piece is a pole: then it is continuous, if there is no pole inside a piece. */
  get meetsAtNodes(): boolean {
    const ends = this.pieces.map(({ numerator, denominator }, k) =>
      [this.nodes[k], this.nodes[k + 1]].map((x) => {
        const below = denominator.at(x);
        return below.isZero ? undefined : numerator.at(x).divide(below);
      }),
    );
    return ends.every(([start, end], k) => {
      const next = k + 1 < ends.length ? ends[k + 1][0] : end;
      return start !== undefined && end !== undefined && next !== undefined && end.equals(next);
    });
  }

  /** The same function as polynomials; undefined where a piece is none. */
  get polynomials(): readonly Polynomial[] | undefined {
    if (this.pieces.some(({ denominator }) => denominator.degree > 0)) return undefined;
    return this.pieces.map(({ numerator }) => numerator);
  }

  private map(change: (piece: Quotient) => Quotient): PiecewiseQuotient {
    return new PiecewiseQuotient(this.nodes, this.pieces.map(change));
  }

  private combined(
    other: PiecewiseQuotient,
    combine: (a: Quotient, b: Quotient) => Quotient,
  ): PiecewiseQuotient {
    if (!this.from.equals(other.from) || !this.to.equals(other.to))
      throw new RangeError(`[${this.from}, ${this.to}] against [${other.from}, ${other.to}]`);
    const nodes = mergedNodes([this.nodes, other.nodes]);
    const pieces = nodes
      .slice(0, -1)
      .map((x) => combine(this.pieces[this.pieceAt(x)], other.pieces[other.pieceAt(x)]));
    return new PiecewiseQuotient(nodes, pieces);
  }
}

function reduced(numerator: Polynomial, denominator: Polynomial): Quotient {
  if (denominator.isZero) throw new RangeError("division by the polynomial 0");
  const common = greatestCommonDivisor(numerator, denominator);
  const [above, below] = [numerator, denominator].map((part) => divided(part, common).quotient);
  const factor = Rational.ONE.divide(below.coefficient(below.degree));
  return { numerator: above.scaled(factor), denominator: below.scaled(factor) };
}
