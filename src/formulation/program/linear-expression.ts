import { Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import type { RationalVector } from "../../number/rational-vector.js";

/** `constant + sum of coefficient * column`, collected term by term. */
export class LinearExpression {
  readonly terms: [column: number, coefficient: Rational][] = [];
  private readonly fixed = new RationalSum();

  addTerm(column: number, coefficient: Rational): this {
    if (!coefficient.isZero) this.terms.push([column, coefficient]);
    return this;
  }

  addConstant(value: Rational): this {
    this.fixed.add(value);
    return this;
  }

  /** Its value where the columns have these. */
  at(columns: RationalVector): Rational {
    const products = this.terms.map(([column, coefficient]) => coefficient.multiply(columns.at(column)));
    return Rational.sum([this.constant, ...products]);
  }

  get constant(): Rational {
    return this.fixed.value;
  }

  /** The right-hand side of `expression >= 0` once the constant has moved there. */
  get bound(): Rational {
    const { constant } = this;
    return constant.isZero ? Rational.ZERO : constant.negate();
  }
}
