import { PiecewiseQuotient } from "../../number/piecewise-quotient.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { type Expression, ofType, sum } from "./expression.js";
import { type ContinuousFinding, type ContinuousReport, exAnte, ofLeastSlack, worst } from "./finding.js";
import type { ConstructionGround } from "./ground.js";
import { type LeastValue, leastValue } from "./least-value.js";
import type { ContinuousMechanism } from "./mechanism.js";

const MINUS_ONE = Rational.of(-1);
const LEMMA = "payoff equivalence";

/** Checks every property at every type. */
export function continuousReport(
  ground: ConstructionGround,
  mechanism: ContinuousMechanism,
): ContinuousReport {
  const { payoffs, welfare, incentives } = mechanism;
  const priced = incentives.kind === "posted-price";
  const constants = constantsOf(ground, mechanism);
  const deficit = sum(...payoffs, [MINUS_ONE, welfare]);
  const deficits = leastValue(sum([MINUS_ONE, deficit]), ground.box);
  const balanced = deficits?.isZero === true;
  const mean = constants
    ? Rational.sum([ground.meanSurplus.multiply(Rational.of(ground.size - 1)), ...constants])
    : balanced
      ? Rational.ZERO
      : undefined;
  const exPostIr = exPostParticipation(ground, payoffs);
  return {
    findings: {
      "ex post efficiency": priced
        ? ofLeastSlack(ground.names, leastValue(sum(welfare, [MINUS_ONE, ground.surplus]), ground.box))
        : { holds: true, by: "its construction" },
      "Bayesian IC": bayesian(mechanism, constants),
      "ex post IC": exPostIncentives(ground, mechanism),
      "ex ante IR": participation(ground, constants, exPostIr, exAnteParticipation),
      "interim IR": participation(ground, constants, exPostIr, interimParticipation),
      "ex post IR": exPostIr,
      "ex ante balance": exAnte(mean, (value) => value.isZero),
      "ex post balance": balance(ground, deficit, deficits),
      "ex ante no deficit": exAnte(mean, (value) => value.sign <= 0),
      "ex post no deficit": ofLeastSlack(ground.names, deficits),
    },
    expectedDeficit: mean,
    largestDeficit: deficits && {
      atLeast: deficits.below.negate(),
      atMost: deficits.above?.negate(),
    },
    constants,
  };
}

/** For each agent the constant between `E[payoff | t_i]` and `E[S | t_i]`, if it is one: an identity of piecewise quotients. */
function constantsOf(
  ground: ConstructionGround,
  { incentives }: ContinuousMechanism,
): readonly Rational[] | undefined {
  if (incentives.kind === "groves") return incentives.constants;
  if (incentives.kind === "posted-price") return undefined;
  const found = incentives.agents.map(({ slope, at, payoff }, agent) => {
    const expected = ground.interimSurplus(agent);
    const difference = slope.minus(PiecewiseQuotient.of(expected).derivative());
    return difference.isZero ? payoff.subtract(expected.at(at)) : undefined;
  });
  return found.every((constant) => constant !== undefined) ? found : undefined;
}

function bayesian(
  { incentives }: ContinuousMechanism,
  constants: readonly Rational[] | undefined,
): ContinuousFinding {
  if (incentives.kind === "groves") return { holds: true, by: "Groves' theorem" };
  if (incentives.kind === "posted-price") return { holds: true, by: "a price that reports do not move" };
  if (constants) return { holds: true, by: LEMMA };
  return { holds: false, by: `${LEMMA}: expected payoffs are not the expected surplus and a constant` };
}

/** Types of each agent that are tried, and reports. */
const TRIED: Readonly<Record<number, number>> = { 2: 12, 3: 5 };

/** The largest gain from a misreport among profiles on a lattice, where no theorem rules one out. */
function exPostIncentives(ground: ConstructionGround, mechanism: ContinuousMechanism): ContinuousFinding {
  const { kind } = mechanism.incentives;
  if (kind === "groves") return { holds: true, by: "Groves' theorem" };
  if (kind === "posted-price") return { holds: true, by: "a price that reports do not move" };
  const count = TRIED[ground.size] ?? 3;
  const tried = ground.box.map(({ from, to }, agent) =>
    Array.from({ length: count }, (_, k) => {
      // Agents' types are apart, so that nobody ties.
      const share = Rational.of(k * (ground.size + 1) + agent + 1, count * (ground.size + 1));
      return from.add(to.subtract(from).multiply(share));
    }),
  );
  let best: { gain: Rational; types: readonly Rational[]; agent: number; report: Rational } | undefined;
  for (const types of product(tried)) {
    for (const [agent, reports] of tried.entries()) {
      const truth = mechanism.payoffs[agent].at(types);
      if (!truth) continue;
      for (const report of reports) {
        const there = types.map((type, i) => (i === agent ? report : type));
        const payoff = mechanism.payoffs[agent].at(there);
        if (!payoff) continue;
        const slope = ground.slopeAt(agent, there);
        const gain = payoff.add(slope.multiply(types[agent].subtract(report))).subtract(truth);
        if (gain.sign > 0 && (!best || gain.compare(best.gain) > 0)) best = { gain, types, agent, report };
      }
    }
  }
  if (!best)
    return { holds: undefined, reason: "no misreport gains on the lattice of profiles that was tried" };
  const { gain: violation, types, agent, report } = best;
  return {
    holds: false,
    witness: {
      types: types.map((type, i) => ({ agent: ground.name(i), type })),
      agent: ground.name(agent),
      report,
      violation,
    },
  };
}

function product(lists: readonly (readonly Rational[])[]): Rational[][] {
  return lists.reduce<Rational[][]>(
    (profiles, list) => profiles.flatMap((profile) => list.map((type) => [...profile, type])),
    [[]],
  );
}

/** The worst of the agents. */
function exPostParticipation(ground: ConstructionGround, payoffs: readonly Expression[]): ContinuousFinding {
  const findings = payoffs.map((payoff, agent) => {
    const outside = ofType(agent, PiecewiseQuotient.of(ground.outsideOption(agent)), ground.size);
    return ofLeastSlack(
      ground.names,
      leastValue(sum(payoff, [MINUS_ONE, outside]), ground.box),
      ground.name(agent),
    );
  });
  return worst(findings);
}

/** Participation before others' types are known, which follows from ex post participation where payoffs are not known. */
function participation(
  ground: ConstructionGround,
  constants: readonly Rational[] | undefined,
  exPost: ContinuousFinding,
  check: (ground: ConstructionGround, agent: number, constant: Rational) => ContinuousFinding,
): ContinuousFinding {
  if (constants) return worst(constants.map((constant, agent) => check(ground, agent, constant)));
  if (exPost.holds) return { holds: true, by: "ex post IR" };
  return { holds: undefined, reason: "expected payoffs are not known" };
}

function exAnteParticipation(
  ground: ConstructionGround,
  agent: number,
  constant: Rational,
): ContinuousFinding {
  const outside = ground.mean(agent, ground.outsideOption(agent));
  const gain = ground.meanSurplus.add(constant).subtract(outside);
  if (gain.sign >= 0) return { holds: true, by: LEMMA };
  return {
    holds: false,
    witness: { types: [], agent: ground.name(agent), violation: gain.negate() },
    atMost: gain.negate(),
  };
}

function interimParticipation(
  ground: ConstructionGround,
  agent: number,
  constant: Rational,
): ContinuousFinding {
  const { lower, upper } = ground.reluctance(agent);
  if (constant.compare(upper) >= 0) return { holds: true, by: LEMMA };
  const atMost = upper.subtract(constant);
  const gain = ground
    .interimSurplus(agent)
    .minus(ground.outsideOption(agent))
    .map((piece) => piece.plus(Polynomial.constant(constant)));
  const { box } = ground;
  const least = leastValue(ofType(0, PiecewiseQuotient.of(gain), 1), [box[agent]]);
  if (constant.compare(lower) < 0 && least?.witness) {
    const { types, value } = least.witness;
    const name = ground.name(agent);
    return {
      holds: false,
      witness: { types: [{ agent: name, type: types[0] }], agent: name, violation: value.negate() },
      atMost,
    };
  }
  return { holds: undefined, reason: "the enclosure contains 0", atMost };
}

function balance(
  ground: ConstructionGround,
  deficit: Expression,
  deficits: LeastValue | undefined,
): ContinuousFinding {
  const lacking = ofLeastSlack(ground.names, deficits);
  if (deficits?.isZero) return lacking;
  const left = ofLeastSlack(ground.names, leastValue(deficit, ground.box));
  return worst([lacking, left]);
}
