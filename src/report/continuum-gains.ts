import { expectedSurplus, isExact } from "../continuum/interim/expected-surplus.js";
import { expectationOf } from "../continuum/interim/type-law.js";
import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import type { PiecewisePolynomial } from "../number/piecewise-polynomial.js";
import { Rational } from "../number/rational.js";

/** For each agent the surplus of efficient outcomes, in expectation given its type; undefined where that is not known exactly. */
export function surplusGivenOwn(environment: ContinuousEnvironment): PiecewisePolynomial[] | undefined {
  if (!isExact(environment)) return undefined;
  return expectedSurplus(environment, 1).givenOwn.map(({ below }) => below);
}

/** What efficient outcomes are worth in expectation beyond outside options; undefined where that is not known exactly. */
export function continuousGains(environment: ContinuousEnvironment): Rational | undefined {
  const { agents } = environment;
  const [first] = surplusGivenOwn(environment) ?? [];
  const outside = agents.map((agent) => expectationOf(agent.outsideOption, agent));
  return first && expectationOf(first, agents[0]).subtract(Rational.sum(outside));
}
