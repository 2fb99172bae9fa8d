import { compareContinuum } from "../comparison/compare-continuum.js";
import { balanced, expectedSurplus } from "../construction/balanced.js";
import { irVcg, participationPayments } from "../construction/ir-vcg.js";
import { vcg } from "../construction/vcg.js";
import { RandomSource } from "../generator/random-source.js";
import { findingByDefinition } from "../kernel/by-definition.js";
import { interimOutsideOptions, interimUtilities } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import { requirements } from "../question/requirement.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import type { Family } from "./family.js";
import { drawnGround, framework, TIES } from "./lecture-notes-vcg.js";
import { lacking, paymentAt } from "./properties.js";
import { notApplying } from "./trial.js";

/** Trade between types that are drawn, by its parameters. */
const drawnTrade: Family<{ readonly buyer: object; readonly seller: object }> = {
  about: "trades between one to four types of each side with values and weights that are drawn",
  member: (seed) => {
    const random = new RandomSource(seed);
    const [buyer, seller] = [0, 1].map(() => {
      const values = Array.from({ length: random.integer(1, 4) }, () => random.money(0, 4));
      const increasing = [...new Map(values.map((value) => [`${value}`, value])).values()].sort((a, b) =>
        a.compare(b),
      );
      return { values: increasing.map(String), weights: increasing.map(() => `${random.integer(1, 4)}`) };
    });
    return { buyer, seller };
  },
  shown: (parameters) => [JSON.stringify({ model: "bilateral-trade", parameters })],
};

const irVcgMechanism: Claim = {
  id: "LN-IR",
  kinds: ["construction", "theorem"],
  place: "Section 5, Definition 6 and its remarks",
  about: "psi and IR-VCG",
  says: "VCG with psi_i = max (outside option - interim payoff) paid to each agent is efficient, strategy-proof and interim individually rational, and no smaller constants are. In trade both conventions for the seller's type give the same psi.",
  assumes: "Private values, independent types, no cost; outside options of any kind.",
  readings: [TIES],
  async test(trial) {
    await trial.holds(
      "it has these properties, and some type of every agent is just willing",
      framework,
      (drawn, count) => {
        const { environment } = drawn;
        const mechanism = irVcg(drawnGround(drawn));
        for (const [i, { name }] of environment.agents.entries()) {
          const options = interimOutsideOptions(environment, i);
          const gains = interimUtilities(environment, mechanism, i).map((own, type) =>
            own.subtract(options[type]),
          );
          if (!gains.some(({ isZero }) => isZero)) return `in which every type of ${name} gains`;
        }
        if (environment.specification.agents.some(({ outsideOption }) => outsideOption))
          count("with outside options");
        return lacking(environment, mechanism, ["ex post efficiency", "dominant-strategy IC", "interim IR"]);
      },
      { each: ["with outside options"] },
    );
    await trial.holds(
      "both conventions for the seller's type give the same psi",
      drawnTrade,
      ({ buyer, seller }) => {
        const psi = (["cost", "value"] as const).map((convention) => {
          const trade = example("bilateral-trade", { buyer, seller, convention } as never);
          return participationPayments(trade.environment, vcg(trade.ground())).map(String).join(" and ");
        });
        return psi[0] === psi[1] ? undefined : `in which psi is ${psi[0]} by cost and ${psi[1]} by value`;
      },
    );
  },
};

const corollary2: Claim = {
  id: "LN-C2",
  kinds: ["theorem"],
  place: "Section 5.1, Corollary 2",
  about: "an expected surplus of IR-VCG suffices",
  says: "If IR-VCG has an expected surplus that is not negative, there is an efficient, Bayesian incentive compatible, individually rational mechanism that balances at every profile and that all types weakly prefer.",
  assumes: "Private values, independent types, no cost, at least two agents.",
  readings: [TIES],
  async test(trial) {
    await trial.holds(
      "where there is one, IR-VCG balanced as in Theorem 2 is such a mechanism",
      framework,
      (drawn, count) => {
        const { environment } = drawn;
        const before = irVcg(drawnGround(drawn));
        const surplus = expectedSurplus(environment, before);
        if (surplus.sign < 0) return notApplying;
        count(surplus.isZero ? "with the surplus 0" : "with a positive one");
        const after = balanced(environment, before, "next");
        for (const [i, { name, types }] of environment.agents.entries()) {
          const [old, now] = [before, after].map((mechanism) => interimUtilities(environment, mechanism, i));
          const worse = types.findIndex((_, type) => now[type].compare(old[type]) < 0);
          if (worse >= 0) return `that ${name} ${types[worse]} likes less`;
        }
        return lacking(environment, after, [
          "ex post efficiency",
          "Bayesian IC",
          "interim IR",
          "ex post balance",
          "no subsidy",
        ]);
      },
      { each: ["with a positive one"] },
    );
  },
};

const partners = (points: number) => example("partnership", { agents: 2, grid: { points } });

/** The winner pays the other a third of its own type. */
function aThird(trade: Example): Mechanism {
  const { environment } = trade;
  const { rule } = trade.ground("uniform");
  const { profiles } = environment;
  const type = (agent: number, s: number) =>
    toRational(environment.typeLabel(agent, profiles.typeOf(s, agent)));
  return {
    lottery: rule,
    payment: (agent, s) =>
      Rational.sum(
        rule(s).map(({ outcome: winner, probability }) => {
          const paid = type(winner, s).multiply(probability).divide(Rational.of(3));
          return winner === agent ? paid : paid.negate();
        }),
      ),
    subsidy: () => Rational.ZERO,
  };
}

const partnershipExample: Claim = {
  id: "LN-PD",
  kinds: ["figure"],
  place: "Section 5.1, example",
  about: "dissolving a partnership of equal shares",
  says: "VCG's interim payoff is theta^2/2, psi = 1/8, IR-VCG has the expected surplus 2 (1/6 - 1/8) > 0, and its expected externality form has the interim transfers theta^2/2 - 1/6: the same as where the winner pays the other a third of its own type.",
  assumes: "Two partners with equal shares, types uniform on [0, 1]; the outside option is half the type.",
  readings: [
    "Interim transfers are tested at the types 1/4, 1/2 and 3/4, in the limit of midpoint grids that contain them.",
  ],
  async test(trial) {
    const trade = partners(4);
    const run = trade.run("compare - vcg ir-vcg --continuum");
    const { mechanisms } = compareContinuum(trade.instance.continuous!(), {}, ["vcg", "ir-vcg"]);
    const [before, after] = mechanisms.map(({ report }) => report);
    for (const agent of [0, 1]) {
      const psi = after.constants![agent].subtract(before.constants![agent]);
      trial.figure(`psi of partner ${agent + 1}`, "1/8", psi, run);
    }
    trial.figure("expected surplus of IR-VCG", "1/12", after.expectedDeficit!.negate(), run);
    await trial.verdict(
      "an efficient, balanced, voluntary mechanism",
      "possible",
      trade,
      {},
      { continuous: true },
    );
    const schemes = {
      "IR-VCG balanced": (own: Example) => balanced(own.environment, irVcg(own.ground("uniform")), "next"),
      "a third of the winner's type": aThird,
    };
    const places = [
      ["1/4", "-13/96", [2, 6, 10, 14]],
      ["1/2", "-1/24", [3, 5, 7, 9]],
      ["3/4", "11/96", [2, 6, 10, 14]],
    ] as const;
    for (const [name, scheme] of Object.entries(schemes))
      for (const [type, printed, points] of places)
        await trial.limit(
          `interim transfer at ${type}, ${name}`,
          printed,
          points,
          partners,
          scheme === aThird ? undefined : "construct balanced -",
          (own) => paymentAt(own, scheme(own), 0, [type, ""]),
        );
    await trial.limit(
      "what a misreport gains at most where the winner pays a third",
      "0",
      trial.grids([4, 8, 16, 32], [4, 8, 16]),
      partners,
      undefined,
      (own) => findingByDefinition(own.environment, aThird(own), requirements["Bayesian IC"]).violation,
    );
  },
};

export const participationClaims: readonly Claim[] = [irVcgMechanism, corollary2, partnershipExample];
