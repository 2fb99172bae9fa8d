import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { greatestValue } from "../../number/greatest-value.js";
import { PiecewiseQuotient } from "../../number/piecewise-quotient.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { expectationOf } from "../interim/type-law.js";
import type { EnclosedTitle } from "./divisible-titles.js";
import { ofType, sum } from "./expression.js";
import { type ContinuousFinding, type ContinuousReport, exAnte, ofLeastSlack, worst } from "./finding.js";
import { leastValue } from "./least-value.js";
import type { Box } from "./simplex.js";

const MINUS_ONE = Rational.of(-1);
const WIDTH = Rational.of(1n, 10n ** 9n);

/** Checks every property at every type of a mechanism that is known between two ends. */
export function enclosedReport(environment: ContinuousEnvironment, title: EnclosedTitle): ContinuousReport {
  const built: ContinuousFinding = { holds: true, by: "its construction" };
  const each = (check: (agent: number) => ContinuousFinding) =>
    worst(environment.agents.map((_, i) => check(i)));
  return {
    findings: {
      "ex post efficiency": built,
      "Bayesian IC": built,
      "ex post IC": exPostIncentives(environment, title),
      "ex ante IR": each((agent) => exAnteParticipation(environment, title, agent)),
      "interim IR": each((agent) => interimParticipation(environment, title, agent)),
      "ex post IR": each((agent) => exPostParticipation(environment, title, agent)),
      "ex ante balance": exAnte(Rational.ZERO, () => true),
      "ex post balance": built,
      "ex ante no deficit": exAnte(Rational.ZERO, () => true),
      "ex post no deficit": built,
    },
    expectedDeficit: Rational.ZERO,
    largestDeficit: { atLeast: Rational.ZERO, atMost: Rational.ZERO },
    constants: undefined,
  };
}

/** Types that are tried, as shares of the interval. */
const TRIED = [1, 3, 5, 7].map((k) => Rational.of(k, 8));

/**
 * With an interval of types ex post IC lets a payoff change with the own type exactly as the surplus does, whatever the
 * other's type. Looks for types between which it certainly does not.
 */
function exPostIncentives(
  { agents, surplus }: ContinuousEnvironment,
  { payoffs }: EnclosedTitle,
): ContinuousFinding {
  const [own, others] = agents.map(({ density: { from, to } }, agent) =>
    // Apart, so that nobody ties.
    TRIED.map((share) => from.add(to.subtract(from).multiply(share.add(Rational.of(agent, 16))))),
  );
  for (const other of others) {
    const known = own.map((type) => {
      const types = [type, other];
      const { below, above } = payoffs[0];
      const [least, most] = [below.at(types), above.at(types)];
      return least && most
        ? [
            {
              type,
              lower: least.subtract(surplus.above(types)),
              upper: most.subtract(surplus.tangent(types).value),
            },
          ]
        : [];
    });
    for (const a of known.flat())
      for (const b of known.flat())
        if (a.upper.compare(b.lower) < 0) {
          const between = `from ${a.type} to ${b.type} at ${agents[1].name} ${other}`;
          return {
            holds: false,
            by: `${agents[0].name}'s payoff does not change as the surplus does ${between}`,
          };
        }
  }
  return {
    holds: undefined,
    reason: "payoffs change with types as the surplus does, as far as they are known",
  };
}

function exAnteParticipation(
  { agents }: ContinuousEnvironment,
  { meanSurplus, constants }: EnclosedTitle,
  agent: number,
): ContinuousFinding {
  const outside = expectationOf(agents[agent].outsideOption, agents[agent]);
  const atLeast = meanSurplus.lower.add(constants[agent].lower).subtract(outside);
  const atMost = meanSurplus.upper.add(constants[agent].upper).subtract(outside);
  if (atLeast.sign >= 0) return { holds: true, by: "payoff equivalence" };
  if (atMost.sign < 0) {
    const witness = { types: [], agent: agents[agent].name, violation: atMost.negate() };
    return { holds: false, witness, atMost: atLeast.negate() };
  }
  return { holds: undefined, reason: "the enclosure contains 0", atMost: atLeast.negate() };
}

function interimParticipation(
  { agents }: ContinuousEnvironment,
  { interim, constants }: EnclosedTitle,
  agent: number,
): ContinuousFinding {
  const { name, outsideOption } = agents[agent];
  const { below, above } = interim[agent];
  const loss = (least: boolean) => {
    const constant = Polynomial.constant(least ? constants[agent].upper : constants[agent].lower);
    return outsideOption.minus((least ? above : below).map((piece) => piece.plus(constant)));
  };
  const atMost = greatestValue(loss(false), WIDTH).upper;
  if (atMost.sign <= 0) return { holds: true, by: "payoff equivalence" };
  const sure = greatestValue(loss(true), WIDTH);
  const [type] = sure.at;
  if (sure.lower.sign <= 0 || !type) return { holds: undefined, reason: "the enclosure contains 0", atMost };
  return {
    holds: false,
    witness: { types: [{ agent: name, type }], agent: name, violation: sure.lower },
    atMost,
  };
}

function exPostParticipation(
  { agents }: ContinuousEnvironment,
  { payoffs }: EnclosedTitle,
  agent: number,
): ContinuousFinding {
  const box: Box = agents.map(({ density: { from, to } }) => ({ from, to }));
  const outside = ofType(agent, PiecewiseQuotient.of(agents[agent].outsideOption), agents.length);
  const { below, above } = payoffs[agent];
  const least = leastValue(sum(below, [MINUS_ONE, outside]), box, sum(above, [MINUS_ONE, outside]));
  return ofLeastSlack(
    agents.map(({ name }) => name),
    least,
    agents[agent].name,
  );
}
