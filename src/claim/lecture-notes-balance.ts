import { compareContinuum } from "../comparison/compare-continuum.js";
import { expectedExternality } from "../construction/agv.js";
import { balanced, expectedSurplus } from "../construction/balanced.js";
import { withConstants } from "../construction/ir-vcg.js";
import { vcg } from "../construction/vcg.js";
import type { Environment } from "../environment/environment.js";
import { certain } from "../environment/lottery.js";
import { RandomSource } from "../generator/random-source.js";
import { expectation, interimExpectation, interimUtilities, truthfulUtility } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import { drawnGround, framework, TIES } from "./lecture-notes-vcg.js";
import { agentsNotDominant, everyProfile, interimDifference, lacking, paymentAt } from "./properties.js";

/**
 * A Bayesian incentive compatible mechanism that is drawn: an affine maximiser, whose rule is efficient only if its weights are alike, with a
 * payment besides whose interim expectation is zero, and constants that leave a surplus.
 */
function randomBayesian(environment: Environment, random: RandomSource): Mechanism {
  const weights = environment.agents.map(() => Rational.of(random.integer(1, 3)));
  const bonus = environment.outcomes.map(() => random.money(-1, 1));
  const score = (x: number, s: number) =>
    Rational.sum(weights.map((weight, i) => weight.multiply(environment.value(i, x, s)))).add(bonus[x]);
  const chosen = everyProfile(environment).map((s) => {
    const scores = environment.outcomes.map((_, x) => score(x, s));
    return scores.findIndex((own) => scores.every((other) => own.compare(other) >= 0));
  });
  const noise = environment.agents.map((_, i) => withoutInterimMean(environment, i, random));
  const scheme: Mechanism = {
    lottery: (s) => certain(chosen[s]),
    payment: (i, s) =>
      noise[i](s).subtract(
        score(chosen[s], s)
          .divide(weights[i])
          .subtract(environment.value(i, chosen[s], s)),
      ),
    subsidy: () => Rational.ZERO,
  };
  const wanted = random.onceIn(3) ? Rational.ZERO : random.money(1, 2);
  const paid = expectedSurplus(environment, scheme)
    .subtract(wanted)
    .divide(Rational.of(environment.agentCount));
  return withConstants(
    scheme,
    environment.agents.map(() => paid),
  );
}

function withoutInterimMean(environment: Environment, agent: number, random: RandomSource) {
  const table = everyProfile(environment).map(() => random.money(-1, 1));
  const means = environment.agents[agent].types.map((_, type) =>
    interimExpectation(environment, agent, type, (s) => table[s]),
  );
  return (s: number) => table[s].subtract(means[environment.profiles.typeOf(s, agent)]);
}

const theorem2: Claim = {
  id: "LN-T2",
  kinds: ["construction", "theorem"],
  place: "Section 4, Theorem 2",
  about: "any Bayesian mechanism with an expected surplus can be balanced",
  says: "From any Bayesian incentive compatible mechanism with an expected surplus that is not negative another one is made that balances at every profile and that every type of every agent weakly prefers, strictly where the surplus is positive.",
  assumes: "Private values, independent types, no cost, at least two agents.",
  readings: ["Preference is at the interim stage: between what a type expects of the one and of the other."],
  async test(trial) {
    await trial.holds(
      "the construction of the proof does this",
      framework,
      ({ environment, seed }, count) => {
        const before = randomBayesian(environment, new RandomSource(seed));
        if (lacking(environment, before, ["Bayesian IC"]))
          throw new Error("what was drawn is not Bayesian IC");
        if (lacking(environment, before, ["ex post efficiency"])) count("whose allocation is not efficient");
        const surplus = expectedSurplus(environment, before);
        count(surplus.isZero ? "with the expected surplus 0" : "with a positive one");
        const after = balanced(environment, before, "next");
        for (const [i, { name, types }] of environment.agents.entries()) {
          const [old, now] = [before, after].map((mechanism) => interimUtilities(environment, mechanism, i));
          const worse = types.findIndex((_, type) => {
            const more = now[type].subtract(old[type]).sign;
            return surplus.isZero ? more < 0 : more <= 0;
          });
          if (worse >= 0) return `in which ${name} ${types[worse]} expects ${now[worse]} after ${old[worse]}`;
        }
        return lacking(environment, after, ["Bayesian IC", "ex post balance", "no subsidy"]);
      },
      { each: ["whose allocation is not efficient", "with the expected surplus 0", "with a positive one"] },
    );
  },
};

const externality: Claim = {
  id: "LN-EE",
  kinds: ["construction"],
  place: "Section 4, Definition 4, (1) and Remark 3",
  about: "the expected externality mechanism in two divisions",
  says: "The mechanism is efficient, Bayesian incentive compatible and balanced at every profile, whether an agent bears the next agent's deviation from its mean or an equal share of all others'; interim payments are the same in both, the expected externality less an equal share of all expected VCG payments (1).",
  assumes: "Private values, independent types, no cost, at least two agents.",
  readings: [TIES],
  async test(trial) {
    await trial.holds(
      "both divisions have these properties and these interim payments",
      framework,
      (drawn, count) => {
        const { environment } = drawn;
        const ground = drawnGround(drawn);
        const pivot = vcg(ground);
        const share = expectedSurplus(environment, pivot).divide(Rational.of(environment.agentCount));
        const divisions = (["next", "equal"] as const).map((division) =>
          expectedExternality(ground, division),
        );
        for (const mechanism of divisions) {
          const fault = lacking(environment, mechanism, [
            "ex post efficiency",
            "Bayesian IC",
            "ex post balance",
          ]);
          if (fault !== undefined) return fault;
          for (const i of environment.agents.keys()) {
            const paid = (s: number) => mechanism.payment(i, s);
            const printed = (s: number) => pivot.payment(i, s).subtract(share);
            const difference = interimDifference(environment, i, paid, printed);
            if (difference !== undefined) return `in which ${difference} to pay`;
          }
        }
        const [next, equal] = divisions;
        if (everyProfile(environment).some((s) => !next.payment(0, s).equals(equal.payment(0, s))))
          count("in which the divisions differ at some profile");
        return undefined;
      },
      { each: ["in which the divisions differ at some profile"] },
    );
  },
};

const uniform = (points: number) => example("bilateral-trade", { buyer: { points }, seller: { points } });

const tradeExample: Claim = {
  id: "LN-EEx",
  kinds: ["figure"],
  place: "Section 4, example",
  about: "trade under expected externality: payments, utilities, side payment",
  says: "VCG's interim payments are theta^2/2, 1/6 in expectation; under expected externality the buyer pays theta_b^2/2 - theta_s^2/2 and the seller the opposite. Before types are known that is worth 1/3 to the buyer and -1/6 to the seller, 1/6 together, so that a payment of 1/4 from buyer to seller leaves both an expected gain. For the seller truth is dominant.",
  assumes: "Both types uniform on [0, 1]; the seller's type is its cost.",
  readings: [
    "Formulas in types are tested at the types 1/4, 1/2 and 3/4 in the limit of midpoint grids that contain them.",
    "Gains from the side payment are expected before types are known; once they are, some types lose, as they must.",
  ],
  async test(trial) {
    const odd = trial.grids([3, 5, 7, 9, 13], [3, 5, 7, 9]);
    const quarters = trial.grids([2, 6, 10, 14], [2, 6, 10, 14]);
    const pivot = (trade: Example) => vcg(trade.ground("uniform"));
    const agv = (trade: Example) => expectedExternality(trade.ground("uniform"), "next");
    for (const [agent, name] of ["buyer", "seller"].entries()) {
      const own = (type: string) => (agent === 0 ? [type, ""] : ["", type]);
      await trial.limit(
        `VCG's interim payment of the ${name} at 1/2`,
        "1/8",
        odd,
        uniform,
        "construct vcg -",
        (trade) => paymentAt(trade, pivot(trade), agent, own("1/2")),
      );
      await trial.limit(
        `VCG's expected payment of the ${name}`,
        "1/6",
        odd,
        uniform,
        "construct vcg -",
        (trade) => expectation(trade.environment, (s) => pivot(trade).payment(agent, s)),
      );
      await trial.limit(
        `what the ${name} pays under expected externality where the buyer's type is 3/4 and the seller's 1/4`,
        ["1/4", "-1/4"][agent],
        quarters,
        uniform,
        "construct agv - --all-profiles",
        (trade) => paymentAt(trade, agv(trade), agent, ["3/4", "1/4"]),
      );
      await trial.limit(
        `the ${name}'s expected utility`,
        ["1/3", "-1/6"][agent],
        odd,
        uniform,
        "construct agv -",
        (trade) =>
          expectation(trade.environment, (s) => truthfulUtility(trade.environment, agv(trade), agent, s)),
      );
    }
    const trade = uniform(4);
    const run = trade.run("compare - agv --continuum");
    const [{ report }] = compareContinuum(trade.instance.continuous!(), {}, ["agv"]).mechanisms;
    // Payoffs add up to the gains from trade, and each is those gains and a constant in expectation.
    const gains = Rational.sum(report.constants!).negate();
    const utilities = report.constants!.map((constant) => constant.add(gains));
    trial.figure("expected gains from trade, for all types", "1/6", gains, run);
    trial.figure("the buyer's expected utility, for all types", "1/3", utilities[0], run);
    trial.figure("the seller's expected utility, for all types", "-1/6", utilities[1], run);
    const side = Rational.of(1, 4);
    trial.fact(
      "after a side payment of 1/4 both expect a gain",
      utilities[0].compare(side) > 0 && utilities[1].add(side).sign > 0,
      run,
      [`The buyer expects ${utilities[0].subtract(side)}, the seller ${utilities[1].add(side)}.`],
    );
    const small = uniform(2);
    const isDominant = !agentsNotDominant(small.environment, agv(small)).includes(1);
    const finding = report.findings["ex post IC"];
    const witness = finding.holds === false ? finding.witness : undefined;
    const types = witness?.types.map(({ agent, type }) => `the ${agent}'s type ${type}`).join(" and ");
    const evidence = witness
      ? [
          `With ${types} the ${witness.agent} gains ${witness.violation} by reporting ${witness.report}, as types are continuous.`,
          ...(isDominant ? [] : ["It is not on a grid of two types either."]),
        ]
      : [];
    if (!trial.fact("for the seller truth is dominant", finding.holds === true && isDominant, run, evidence))
      trial.tell(
        "All figures are right. That truth is dominant for the seller is not: the utility that is maximised there has the probability of trade in place of trade itself, against a report of the buyer's in the payment alone. A seller who knows the buyer's report can gain by a misreport.",
      );
  },
};

export const balanceClaims: readonly Claim[] = [theorem2, externality, tradeExample];
