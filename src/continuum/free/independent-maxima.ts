import { mergedNodes } from "../../number/piecewise-polynomial.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";

/** A part of a rival's interval of types, on which its density is constant and its score affine. */
export interface RivalPiece {
  readonly from: Rational;
  readonly to: Rational;
  readonly density: Rational;
  /** Affine in the type. */
  readonly score: Polynomial;
  /** What is counted where this rival wins, affine in the type. */
  readonly parts: readonly Polynomial[];
}

/** What competes with all rivals and has no type. */
export interface Constant {
  readonly score: Rational;
  readonly parts: readonly Rational[];
}

/** A share of a rival's probability, uniform between two scores. */
interface Spread {
  readonly low: Rational;
  readonly high: Rational;
  readonly mass: Rational;
  /** The parts as functions of the score. */
  readonly parts: readonly Polynomial[];
}

/**
 * The expectations of each part, counted for whoever has the largest score; rivals' types are independent. No score of a rival may
 * be constant on a piece.
 */
export function expectationsOfLargest(
  rivals: readonly (readonly RivalPiece[])[],
  constant: Constant | undefined,
): Rational[] {
  const spreads = rivals.map((pieces) => pieces.map(asSpread));
  const count = constant?.parts.length ?? rivals[0][0].parts.length;
  const nodes = mergedNodes([
    spreads.flat().flatMap(({ low, high }) => [low, high]),
    constant ? [constant.score] : [],
  ]).filter((node) => !constant || node.compare(constant.score) >= 0);
  // How likely a rival's score is at most `y`, from one node to the next: affine.
  const below = (i: number, from: Rational, to: Rational): Polynomial =>
    spreads[i].reduce((sum, { low, high, mass }) => {
      if (high.compare(from) <= 0) return sum.plus(Polynomial.constant(mass));
      if (low.compare(to) >= 0) return sum;
      const rate = mass.divide(high.subtract(low));
      return sum.plus(Polynomial.affine(low.multiply(rate).negate(), rate));
    }, Polynomial.ZERO);

  const totals = new Array<Rational>(count).fill(Rational.ZERO);
  for (let k = 0; k + 1 < nodes.length; k++) {
    const [from, to] = [nodes[k], nodes[k + 1]];
    const laws = rivals.map((_, i) => below(i, from, to));
    spreads.forEach((list, i) => {
      const others = laws.reduce(
        (product, law, j) => (j === i ? product : product.times(law)),
        Polynomial.ONE,
      );
      for (const { low, high, mass, parts } of list) {
        if (low.compare(to) >= 0 || high.compare(from) <= 0) continue;
        const rate = mass.divide(high.subtract(low));
        parts.forEach((part, p) => {
          totals[p] = totals[p].add(part.times(others).integral(from, to).multiply(rate));
        });
      }
    });
  }
  if (constant) {
    const beaten = spreads
      .map((list) =>
        Rational.sum(
          list.map(({ low, high, mass }) => {
            const share = constant.score.subtract(low).divide(high.subtract(low));
            return mass.multiply(Rational.maximum(Rational.ZERO, Rational.minimum(Rational.ONE, share)));
          }),
        ),
      )
      .reduce((product, chance) => product.multiply(chance), Rational.ONE);
    constant.parts.forEach((part, p) => {
      totals[p] = totals[p].add(part.multiply(beaten));
    });
  }
  return totals;
}

function asSpread({ from, to, density, score, parts }: RivalPiece): Spread {
  const ends = [score.at(from), score.at(to)];
  // The type as a function of the score.
  const rate = Rational.ONE.divide(score.coefficient(1));
  const start = score.coefficient(0).negate().multiply(rate);
  return {
    low: ends.reduce(Rational.minimum),
    high: ends.reduce(Rational.maximum),
    mass: density.multiply(to.subtract(from)),
    parts: parts.map((part) => part.ofAffine(start, rate)),
  };
}
