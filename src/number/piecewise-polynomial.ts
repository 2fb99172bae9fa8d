import { Polynomial } from "./polynomial.js";
import { Rational } from "./rational.js";

/**
 * A function on an interval that is a polynomial between neighbouring nodes. Immutable. At a node between two pieces it
 * has the value of the piece on the right, at the last node that of the last piece.
 */
export class PiecewisePolynomial {
  /** `nodes` increase, one more than pieces; each piece is a polynomial in the variable itself, not in the distance to a node. */
  constructor(
    readonly nodes: readonly Rational[],
    readonly pieces: readonly Polynomial[],
  ) {
    if (pieces.length === 0 || nodes.length !== pieces.length + 1)
      throw new RangeError(`${nodes.length} nodes for ${pieces.length} pieces`);
    for (let k = 0; k < pieces.length; k++)
      if (nodes[k].compare(nodes[k + 1]) >= 0) throw new RangeError(`node ${nodes[k + 1]} after ${nodes[k]}`);
  }

  static of(piece: Polynomial, from: Rational, to: Rational): PiecewisePolynomial {
    return new PiecewisePolynomial([from, to], [piece]);
  }

  get from(): Rational {
    return this.nodes[0];
  }

  get to(): Rational {
    return this.nodes[this.nodes.length - 1];
  }

  /** The number of the piece that holds at `x`, which is clamped to the interval. */
  pieceAt(x: Rational): number {
    let low = 0;
    let high = this.pieces.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.nodes[middle].compare(x) <= 0) low = middle;
      else high = middle;
    }
    return low;
  }

  at(x: Rational): Rational {
    return this.pieces[this.pieceAt(x)].at(x);
  }

  /** The same function with these nodes too; those outside the interval are left out. */
  refined(nodes: readonly Rational[]): PiecewisePolynomial {
    const all = mergedNodes([this.nodes, nodes]).filter(
      (x) => x.compare(this.from) >= 0 && x.compare(this.to) <= 0,
    );
    return new PiecewisePolynomial(
      all,
      all.slice(1).map((_, k) => this.pieces[this.pieceAt(all[k])]),
    );
  }

  /** The same function with neighbouring pieces that are the same polynomial as one. */
  joined(): PiecewisePolynomial {
    const first = this.pieces.flatMap((piece, k) => (k > 0 && piece.equals(this.pieces[k - 1]) ? [] : [k]));
    return new PiecewisePolynomial(
      [...first.map((k) => this.nodes[k]), this.to],
      first.map((k) => this.pieces[k]),
    );
  }

  map(change: (piece: Polynomial, from: Rational, to: Rational) => Polynomial): PiecewisePolynomial {
    return new PiecewisePolynomial(
      this.nodes,
      this.pieces.map((piece, k) => change(piece, this.nodes[k], this.nodes[k + 1])),
    );
  }

  /** Piece by piece with another function on the same interval. Throws RangeError where the intervals differ. */
  combined(
    other: PiecewisePolynomial,
    combine: (a: Polynomial, b: Polynomial) => Polynomial,
  ): PiecewisePolynomial {
    if (!this.from.equals(other.from) || !this.to.equals(other.to))
      throw new RangeError(`[${this.from}, ${this.to}] against [${other.from}, ${other.to}]`);
    const left = this.refined(other.nodes);
    const right = other.refined(this.nodes);
    return new PiecewisePolynomial(
      left.nodes,
      left.pieces.map((piece, k) => combine(piece, right.pieces[k])),
    );
  }

  plus(other: PiecewisePolynomial): PiecewisePolynomial {
    return this.combined(other, (a, b) => a.plus(b));
  }

  minus(other: PiecewisePolynomial): PiecewisePolynomial {
    return this.combined(other, (a, b) => a.minus(b));
  }

  times(other: PiecewisePolynomial): PiecewisePolynomial {
    return this.combined(other, (a, b) => a.times(b));
  }

  /** Over `[from, to]`, which is cut to the function's interval; the whole interval when absent. */
  integral(from = this.from, to = this.to): Rational {
    return Rational.sum(
      this.pieces.map((piece, k) => {
        const start = Rational.maximum(from, this.nodes[k]);
        const end = Rational.minimum(to, this.nodes[k + 1]);
        return start.compare(end) < 0 ? piece.integral(start, end) : Rational.ZERO;
      }),
    );
  }

  /** `x -> integral from the first node to x`, continuous. */
  antiderivative(): PiecewisePolynomial {
    let below = Rational.ZERO;
    return this.map((piece, from, to) => {
      const whole = piece.antiderivative();
      const here = whole.plus(Polynomial.constant(below.subtract(whole.at(from))));
      below = here.at(to);
      return here;
    });
  }
}

/** `x -> integral from x to the last node`, continuous. */
export function integralAbove(of: PiecewisePolynomial): PiecewisePolynomial {
  const upTo = of.antiderivative();
  const whole = Polynomial.constant(upTo.at(of.to));
  return upTo.map((piece) => whole.minus(piece));
}

/** All the nodes, increasing, each once. */
export function mergedNodes(lists: readonly (readonly Rational[])[]): Rational[] {
  const sorted = lists.flat().sort((a, b) => a.compare(b));
  return sorted.filter((x, k) => k === 0 || !x.equals(sorted[k - 1]));
}
