import type { ContinuousEnvironment, ContinuousOutcome } from "../src/environment/continuous-environment.js";
import { finiteSurplus } from "../src/environment/continuous-environment.js";
import type { ContinuousSurplus } from "../src/environment/continuum.js";
import { type AgentSpecification, Environment } from "../src/environment/environment.js";
import { PiecewisePolynomial } from "../src/number/piecewise-polynomial.js";
import { Polynomial } from "../src/number/polynomial.js";
import { Rational } from "../src/number/rational.js";
import { RationalVector } from "../src/number/rational-vector.js";
import type { Model } from "./family.js";
import { continuumOf, type Grid } from "./grid.js";
import { outsideOptionByType, privateValues } from "./private-values.js";

/** Agents with independent types and private values that are affine in the own type, and finitely many outcomes. */
export interface AffineModel {
  readonly name: string;
  /** What it is called where types are no grid; the name when absent. */
  readonly continuousName?: string;
  readonly description?: string;
  readonly agents: readonly AffineAgent[];
  readonly outcomes: readonly string[];
  /** Resource cost of each outcome; 0 when absent. */
  readonly costs?: readonly Rational[];
  /** The surplus of all types, in doubles. */
  readonly surplus?: ContinuousSurplus;
}

export interface AffineAgent {
  readonly name: string;
  readonly grid: Grid;
  /** Affine in the type. */
  readonly value: (type: Rational, outcome: number) => Rational;
  /** A number, or affine in the type; 0 when absent. */
  readonly outsideOption?: Rational | AffineFunction;
}

export type AffineFunction = (type: Rational) => Rational;

/** The environment on the grid, and that of all types which the grid stands for. */
export function affineModel(model: AffineModel): Model {
  const { agents, outcomes, costs } = model;
  const grids = agents.map(({ grid }) => grid);
  return {
    environment: new Environment({
      name: model.name,
      ...(model.description !== undefined && { description: model.description }),
      agents: agents.map(
        ({ name, grid, value, outsideOption }): AgentSpecification => ({
          name,
          types: grid.labels,
          values: privateValues(grid.values, outcomes.length, value),
          outsideOption:
            outsideOption instanceof Rational
              ? { shape: "constant", entries: RationalVector.from([outsideOption]) }
              : outsideOption && outsideOptionByType(grid.values, outsideOption),
        }),
      ),
      outcomes,
      cost: costs && { shape: "outcome", entries: RationalVector.from(costs) },
      prior: { kind: "independent", marginals: grids.map(({ prior }) => prior) },
    }),
    continuum: continuumOf(grids, model.surplus),
    continuous: () => continuousEnvironment(model),
  };
}

function continuousEnvironment(model: AffineModel): ContinuousEnvironment {
  const { name, continuousName = name, description, agents, costs } = model;
  const outcomes = model.outcomes.map((label, x): ContinuousOutcome => {
    const worth = agents.map(({ value }) => affine((type) => value(type, x)));
    return {
      label,
      slopes: worth.map(({ slope }) => slope),
      constants: worth.map(({ constant }) => constant),
      cost: costs?.[x] ?? Rational.ZERO,
    };
  });
  return {
    name: continuousName,
    ...(description !== undefined && { description }),
    agents: agents.map(({ name, grid, outsideOption }) =>
      continuousAgent(name, grid, outsideOption instanceof Rational ? () => outsideOption : outsideOption),
    ),
    outcomes,
    surplus: finiteSurplus(outcomes),
  };
}

/** An agent whose outside option is affine in its type. Throws InputError where the grid stands for no interval of types. */
export function continuousAgent(
  name: string,
  grid: Grid,
  outsideOption: AffineFunction = () => Rational.ZERO,
): ContinuousEnvironment["agents"][number] {
  const { density, atoms } = grid.distribution();
  const { constant, slope } = affine(outsideOption);
  const polynomial = Polynomial.affine(constant, slope);
  return {
    name,
    density,
    atoms,
    outsideOption: PiecewisePolynomial.of(polynomial, density.from, density.to),
  };
}

/**
 * The environment of agents whose outside options are no polynomials with fractions: `option` says, between two types, a polynomial and
 * how far from it the outside option is there at most.
 */
export function betweenPolynomials(
  environment: ContinuousEnvironment,
  option: (
    agent: number,
    from: Rational,
    to: Rational,
  ) => { readonly near: Polynomial; readonly within: Rational },
): ContinuousEnvironment {
  const moved = (sign: Rational): ContinuousEnvironment => ({
    ...environment,
    agents: environment.agents.map((agent, i) => {
      const { from, to } = agent.density;
      const { near, within } = option(i, from, to);
      const polynomial = near.plus(Polynomial.constant(within.multiply(sign)));
      return { ...agent, outsideOption: PiecewisePolynomial.of(polynomial, from, to) };
    }),
  });
  return { ...moved(Rational.ONE), roundedDown: moved(Rational.ONE.negate()) };
}

function affine(of: AffineFunction): { readonly constant: Rational; readonly slope: Rational } {
  const constant = of(Rational.ZERO);
  return { constant, slope: of(Rational.ONE).subtract(constant) };
}
