import type { ContinuousEnvironment } from "../../../environment/continuous-environment.js";
import { Polynomial } from "../../../number/polynomial.js";
import { Rational } from "../../../number/rational.js";
import { ContinuumRefuted } from "../../method.js";
import type { MechanismWithoutMoney } from "../certificate.js";

/**
 * Checks that the surplus is at least the sum of outside options at every profile: a lottery over outcomes, each the efficient
 * one at some types, has an expected surplus that is affine in types and nowhere below that sum. Throws ContinuumRefuted.
 */
export function checkStatusQuo(
  { agents, surplus }: ContinuousEnvironment,
  lottery: MechanismWithoutMoney["statusQuo"],
): void {
  if (lottery.some(({ probability }) => probability.sign < 0))
    throw new ContinuumRefuted("A probability of the status quo is negative.");
  if (!Rational.sum(lottery.map(({ probability }) => probability)).equals(Rational.ONE))
    throw new ContinuumRefuted("The probabilities of the status quo do not sum to 1.");
  let constant = Rational.ZERO;
  const slopes = agents.map(() => Rational.ZERO);
  for (const { types, probability } of lottery) {
    if (types.length !== agents.length)
      throw new ContinuumRefuted(`The status quo names ${types.length} types for ${agents.length} agents.`);
    agents.forEach(({ name, density: { from, to } }, i) => {
      if (types[i].compare(from) < 0 || types[i].compare(to) > 0)
        throw new ContinuumRefuted(`${name} has no type ${types[i]}.`);
    });
    const tangent = surplus.tangent(types);
    constant = constant.add(tangent.value.multiply(probability));
    tangent.slopes.forEach((slope, i) => {
      constant = constant.subtract(slope.multiply(types[i]).multiply(probability));
      slopes[i] = slopes[i].add(slope.multiply(probability));
    });
  }
  // Affine in types less a sum of functions of one type each: its least value is a sum of least values.
  const least = agents.map(({ outsideOption: { nodes, pieces } }, i) =>
    pieces
      .flatMap((piece, k) =>
        Polynomial.affine(Rational.ZERO, slopes[i])
          .minus(piece)
          .bernstein(nodes[k], nodes[k + 1]),
      )
      .reduce(Rational.minimum),
  );
  const gains = Rational.sum([constant, ...least]);
  if (gains.sign < 0)
    throw new ContinuumRefuted(
      `The status quo proves only that gains are at least ${gains}, not that none is negative.`,
    );
}
