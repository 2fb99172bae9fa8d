import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import type { PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import type { Rational } from "../../number/rational.js";
import { expectedMaximum } from "./expected-maximum.js";
import { type IndependentParts, independentParts } from "./independent-parts.js";
import { expectedGivenOwn, NOBODY } from "./maximum-of-parts.js";
import { type Enclosure, surplusOnMesh } from "./surplus-on-mesh.js";
import { expectationOf } from "./type-law.js";
import type { PlaneForm } from "./upper-envelope.js";

/** The surplus of efficient outcomes in expectation: given an agent's type, and beforehand. */
export interface ExpectedSurplus {
  /** For each agent `t_i -> E[S | t_i]`; where it is known exactly, `below` and `above` are the same function. */
  readonly givenOwn: readonly Enclosure[];
  readonly lower: Rational;
  readonly upper: Rational;
}

/** Whether the expected surplus is known exactly: finitely many outcomes, and either two agents at most or independent parts. */
export function isExact(environment: ContinuousEnvironment): boolean {
  return partsOf(environment) !== undefined || isPlane(environment);
}

/** Exact where it can be, whatever `cells` says; else enclosed on so many cells of each agent's types. */
export function expectedSurplus(environment: ContinuousEnvironment, cells: number): ExpectedSurplus {
  const { agents } = environment;
  const exact = exactly(environment);
  const givenOwn = exact
    ? exact.map((f): Enclosure => ({ below: f, above: f }))
    : surplusOnMesh(environment, cells);
  const [{ below, above }] = givenOwn;
  return { givenOwn, lower: expectationOf(below, agents[0]), upper: expectationOf(above, agents[0]) };
}

function exactly(environment: ContinuousEnvironment): PiecewisePolynomial[] | undefined {
  const parts = partsOf(environment);
  if (parts) return expectedGivenOwn(parts, environment.agents);
  return isPlane(environment) ? environment.agents.map((_, i) => givenOne(environment, i)) : undefined;
}

function partsOf({ outcomes }: ContinuousEnvironment): IndependentParts | undefined {
  return outcomes && independentParts(outcomes);
}

function isPlane({ agents, outcomes }: ContinuousEnvironment): boolean {
  return outcomes !== undefined && agents.length <= 2;
}

/** With two agents at most, any finite number of outcomes: for every own type the largest outcome is read off the other's. */
function givenOne(environment: ContinuousEnvironment, i: number): PiecewisePolynomial {
  const { density } = environment.agents[i];
  const other = environment.agents[1 - i] ?? NOBODY;
  return expectedMaximum(planeForms(environment, i), [density.from, density.to], other);
}

/** What outcomes are worth to all: along agent `i`'s type, across the other's. */
export function planeForms({ outcomes = [] }: ContinuousEnvironment, i: number): PlaneForm[] {
  return outcomes.map(({ constants, slopes, cost }) => ({
    constant: constants.reduce((sum, c) => sum.add(c)).subtract(cost),
    along: slopes[i],
    across: slopes[1 - i] ?? slopes[i].subtract(slopes[i]),
  }));
}
