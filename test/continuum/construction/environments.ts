import {
  type ContinuousEnvironment,
  type ContinuousOutcome,
  finiteSurplus,
} from "../../../src/environment/continuous-environment.js";
import { PiecewisePolynomial } from "../../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../../src/number/polynomial.js";
import { Rational } from "../../../src/number/rational.js";
import { parseRational } from "../../../src/number/rational-text.js";

export const number = (value: number | string): Rational => parseRational(String(value))!;

export const line = (from: number | string, to: number | string, ...coefficients: (number | string)[]) =>
  PiecewisePolynomial.of(new Polynomial(coefficients.map(number)), number(from), number(to));

export const uniform = line(0, 1, 1);
/** `F = t^2` */
export const rising = line(0, 1, 0, 2);

/** Agents with densities and outside options; outcomes as slopes, constants and costs. */
export function environmentOf(
  name: string,
  agents: readonly [name: string, density: PiecewisePolynomial, outside?: PiecewisePolynomial][],
  outcomes: readonly (readonly [
    label: string,
    slopes: readonly (number | string)[],
    cost?: number | string,
    constants?: readonly (number | string)[],
  ])[],
): ContinuousEnvironment {
  const list = outcomes.map(
    ([label, slopes, cost = 0, constants = slopes.map(() => 0)]): ContinuousOutcome => ({
      label,
      slopes: slopes.map(number),
      constants: constants.map(number),
      cost: number(cost),
    }),
  );
  return {
    name,
    agents: agents.map(([agent, density, outsideOption = density.map(() => Polynomial.ZERO)]) => ({
      name: agent,
      density,
      atoms: [],
      outsideOption,
    })),
    outcomes: list,
    surplus: finiteSurplus(list),
  };
}

export const trade = (buyer = uniform, seller = uniform) =>
  environmentOf(
    "trade",
    [
      ["buyer", buyer],
      ["seller", seller],
    ],
    [
      ["no trade", [0, 0]],
      ["trade", [1, -1]],
    ],
  );

export const partnership = (shares: readonly (number | string)[], densities = shares.map(() => uniform)) =>
  environmentOf(
    "partnership",
    shares.map((share, i) => [
      `partner ${i + 1}`,
      densities[i],
      densities[i].map(() => Polynomial.affine(Rational.ZERO, number(share))),
    ]),
    shares.map((_, owner) => [`to partner ${owner + 1}`, shares.map((_, i) => (i === owner ? 1 : 0))]),
  );

/** One good that nobody owns. */
export const auction = (bidders: number, density = uniform) =>
  partnership(new Array<number>(bidders).fill(0), new Array<PiecewisePolynomial>(bidders).fill(density));

export const publicGood = (cost: number | string, densities = [uniform, uniform]) =>
  environmentOf(
    "public good",
    densities.map((density, i) => [`neighbour ${i + 1}`, density]),
    [
      ["not provided", densities.map(() => 0)],
      ["provided", densities.map(() => 1), cost],
    ],
  );
