import { m1Asymmetric, systemPrices } from "../construction/m1-asymmetric.js";
import { m1Symmetric } from "../construction/m1-symmetric.js";
import { closedFormPrices } from "../construction/m1-two-agents.js";
import { continuousGround } from "../construction/numeric-types.js";
import { surplusOf } from "../construction/payoff-mechanism.js";
import { expectation, interimExpectation } from "../mechanism/interim.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";
import { example } from "./example.js";
import type { Family } from "./family.js";
import { asymmetricGoods, symmetricGoods } from "./ke-families.js";
import { atEveryType, expectedVcgSurplus, fallingPayoff, lowestPayoffs } from "./ke-measures.js";
import { otherPayments } from "./ke-other-mechanism.js";
import { crowdedAbove } from "./ke-private.js";
import { lacking } from "./properties.js";
import { notApplying } from "./trial.js";

const SOCIALLY_EFFICIENT = [
  "ex post efficiency",
  "Bayesian IC",
  "ex post IR",
  "ex post balance",
  "no subsidy",
] as const;

const proposition4: Claim = {
  id: "KE-P4",
  kinds: ["construction", "theorem"],
  place: "(5), (6), Proposition 4",
  about: "M1 for types of different distributions, any number of agents",
  says: "The payments that solve the linear system (6) with M(lowest) = S(lowest)/n are ex post socially efficient, and the lowest types together expect E Delta.",
  assumes: "A private good, independent types of different distributions on one interval, S at least 0.",
  readings: [
    "The system is singular at the lowest type, where f/F grows without bound: a solution that stays bounded starts where the right side vanishes, which the printed start does for two agents only.",
  ],
  async test(trial) {
    await trial.holds(
      "on grids, by the discrete counterpart of (6): ex post socially efficient, and the lowest types' sum",
      asymmetricGoods,
      (good, count) => {
        const { environment } = good;
        const ground = good.ground();
        const mechanism = m1Asymmetric(ground);
        const [sum, surplus] = [
          Rational.sum(lowestPayoffs(environment, mechanism)),
          expectedVcgSurplus(ground),
        ];
        if (environment.agentCount === 3) count("with three agents");
        if (!sum.equals(surplus)) return `in which the lowest types expect ${sum} and not ${surplus}`;
        return lacking(environment, mechanism, SOCIALLY_EFFICIENT);
      },
      { each: ["with three agents"] },
    );
    const near = "1001/1000";
    for (const agents of [2, 3, 4]) {
      const good = example("private-good-production", {
        agents,
        gamma: 1,
        grid: { points: 4, from: 1, to: 2 },
      });
      const { payoff } = atEveryType("m1", good);
      const others = Array.from({ length: agents - 1 }, (_, k) => Rational.of(100_000 + k, 100_000));
      const price = payoff(1, near, ...others).multiply(Rational.of(agents - 1));
      trial.figure(
        `the price at the lowest type, over S there, ${agents} agents with uniform types on [1, 2]: at the type ${near}, to two digits`,
        (1 / agents).toFixed(2),
        price,
        good.run("compare - m1 --continuum"),
      );
    }
    trial.tell(
      "(6): with more than two agents the start M(lowest) = S(lowest)/n leaves no bounded solution, because q grows without bound there. It is (n-1)/n S(lowest), at which the lowest type wins as gladly as it loses, and which (4) has. With it Proposition 4 holds wherever it was tried.",
    );
  },
};

/** Two bidders with F = t^a and F = t^b and S = t^gamma/gamma. */
const powers = (a: number, b: number, gamma: number) =>
  example("private-good-production", {
    gamma,
    grids: [a, b].map((power) => ({ points: 4, distribution: { power } })),
  });

const powerGoods: Family<{ a: number; b: number; gamma: number }> = {
  about: "pairs of power distributions with exponents from 1 to 6, and gamma from 1 to 6",
  member: (seed) =>
    seed < 216
      ? { a: (seed % 6) + 1, b: (Math.floor(seed / 6) % 6) + 1, gamma: Math.floor(seed / 36) + 1 }
      : undefined,
  shown: ({ a, b, gamma }) => [powers(a, b, gamma).run("compare - m1-two-agents --continuum")],
};

const proposition5: Claim = {
  id: "KE-P5",
  kinds: ["construction", "theorem"],
  place: "(7), Proposition 5",
  about: "M1 for two agents of different distributions, in closed form",
  says: "For two agents (7) is the payment rule of M1 for any distributions, it solves (6), and payoffs do not fall with the own type at any profile.",
  assumes: "A private good, two agents, independent types of different distributions on one interval.",
  readings: ["With equal distributions (7) is (4), integrated by parts."],
  async test(trial) {
    await trial.holds(
      "(7) is Bayesian incentive compatible, so that it solves (5) and (6), balanced and ex post individually rational, proved for all types",
      powerGoods,
      ({ a, b, gamma }, count) => {
        if (a !== b) count("of different distributions");
        const { findings } = atEveryType("m1-two-agents", powers(a, b, gamma)).report();
        for (const property of ["Bayesian IC", "ex post balance", "ex post IR"] as const)
          if (findings[property].holds !== true) return `without ${property}`;
        return undefined;
      },
      { each: ["of different distributions"] },
    );
    const ground = powers(1, 3, 2).ground();
    const continuous = continuousGround("M1", ground);
    const [system, closed] = [systemPrices(continuous), closedFormPrices(continuous)];
    const gap = Math.max(...system.flat().map((price, k) => Math.abs(price - closed.flat()[k])));
    trial.instead.fact(
      "in doubles the system (6) and the closed form (7) give the same prices to nine digits, F = t and F = t^3",
      gap < 1e-9,
      powers(1, 3, 2).run("construct m1-two-agents -"),
    );
    const crowded = example("private-good-production", { agents: 2, gamma: 1, grid: crowdedAbove });
    const { payoff } = atEveryType("m1", crowded);
    const [lower, higher] = ["1/2", "9/16"].map((type) => payoff(0, type, 0));
    const rises = trial.fact(
      "payoffs do not fall: with equal distributions, S = theta, a quarter of the types spread over [0, 1/2] and the rest over [1/2, 3/4], against 0 the winner of type 9/16 keeps no less than that of type 1/2",
      higher.compare(lower) >= 0,
      crowded.run("compare - m1 --continuum"),
      [`The type 1/2 keeps ${lower} and the type 9/16 keeps ${higher}.`],
    );
    await trial.holds("payoffs do not fall, on grids", asymmetricGoods, (good) =>
      good.environment.agentCount > 2
        ? notApplying
        : fallingPayoff(good.environment, m1Asymmetric(good.ground())),
    );
    if (!rises)
      trial.tell(
        `Proposition 5: (7) and its agreement with (6) hold. That payoffs rise does not, already where the two distributions are equal (KE-P2): the winner of type 1/2 keeps ${lower} against 0 and that of type 9/16 keeps ${higher}.`,
      );
  },
};

const example2: Claim = {
  id: "KE-X2",
  kinds: ["figure"],
  place: "Example 2",
  about: "M1 with power distributions",
  says: "With F_i = theta^(a_i) and S = theta^gamma/gamma, M_i = a_j/(a_i + a_j + gamma) theta^gamma, the lowest types expect (1/gamma)(a_j/(gamma + a_j) - a_j/(a_i + a_j + gamma)) > 0, M_i >= M_j iff a_j >= a_i, and AGV is not interim individually rational.",
  assumes: "Two agents, types in [0, 1], S as in Example 1.",
  readings: [
    "AGV as footnote 9 has it, without constants, the winner producing and bearing the cost; with constants that share the expected surplus equally all types take part here.",
  ],
  async test(trial) {
    let misprinted = false;
    for (const [a, b, gamma] of [
      [1, 2, 2],
      [1, 3, 2],
      [2, 1, 3],
      [2, 5, 1],
    ] as const) {
      const good = powers(a, b, gamma);
      const { payoff, report, interimSurplus } = atEveryType("m1-two-agents", good);
      const run = good.run("compare - m1-two-agents --continuum");
      const words = `a_1 = ${a}, a_2 = ${b}, gamma = ${gamma}`;
      // The loser of any type gets the winner's price.
      const price = payoff(1, 1, "1/2");
      const same = trial.figure(`M_1(1), ${words}`, `${Rational.of(b, a + b + gamma)}`, price, run);
      misprinted ||= !same;
      trial.instead.figure(
        `M_1(1) with the factor 1/gamma, ${words}`,
        `${Rational.of(b, (a + b + gamma) * gamma)}`,
        price,
        run,
      );
      const printed = Rational.of(b, gamma + b).subtract(Rational.of(b, a + b + gamma));
      trial.figure(
        `U_1(lowest), ${words}`,
        `${printed.divide(Rational.of(gamma))}`,
        interimSurplus(0, 0).add(report().constants![0]),
        run,
      );
      trial.fact(
        `M_1 >= M_2 iff a_2 >= a_1, at the type 1, ${words}`,
        price.compare(payoff(0, "1/2", 1)) >= 0 === b >= a,
        run,
      );
    }
    const points = trial.quick ? 6 : 16;
    for (const b of [2, 4]) {
      const good = example("private-good-production", {
        gamma: 2,
        grids: [1, b].map((power) => ({ points, distribution: { power } })),
      });
      const { environment } = good;
      const ground = good.ground("uniform");
      const surplus = surplusOf(ground);
      const ownWorth = (s: number) =>
        Rational.sum(
          ground
            .rule(s)
            .map(({ outcome, probability }) => environment.value(1, outcome, s).multiply(probability)),
        );
      const least = interimExpectation(environment, 1, 0, surplus).subtract(
        expectation(environment, ownWorth),
      );
      trial.fact(
        `AGV is not interim individually rational, a_1 = 1, a_2 = ${b}, gamma = 2, ${points} types`,
        least.sign < 0,
        good.run("show -"),
        [
          `The second agent's lowest type expects E[S | it] less what the good is worth to this agent on average: ${least.toNumber().toFixed(4)}.`,
        ],
      );
    }
    if (misprinted)
      trial.tell(
        "Example 2: the payment function lacks the factor 1/gamma that S = theta^gamma/gamma brings, and that U_i(lowest) two lines above has: M_i = a_j/(a_i + a_j + gamma) theta^gamma/gamma.",
      );
  },
};

const theorem4: Claim = {
  id: "KE-T4",
  kinds: ["theorem"],
  place: "Theorem 4",
  about: "with private goods ex post participation needs no more than interim participation",
  says: "With independent types and private goods, ex post socially efficient mechanisms exist if and only if VCG runs an expected surplus, and M1 is the only payment rule under which payoffs do not fall.",
  assumes: "A private good, independent types, identically distributed or not, outside options of 0.",
  readings: [
    "Outside options are 0, as E Delta >= 0 has them; VCG then always runs an expected surplus, so that one side of the equivalence is empty.",
  ],
  async test(trial) {
    await trial.holds(
      "(i) M1 exists and has every property, and VCG runs an expected surplus",
      asymmetricGoods,
      (good) => {
        const ground = good.ground();
        const surplus = expectedVcgSurplus(ground);
        if (surplus.sign < 0) return `in which VCG runs an expected deficit of ${surplus.negate()}`;
        return lacking(good.environment, m1Asymmetric(ground), SOCIALLY_EFFICIENT);
      },
    );
    const good = example("private-good-production", { agents: 2, gamma: 1, grid: { points: 4 } });
    const ground = good.ground();
    const m1 = m1Symmetric(ground);
    const other = otherPayments(ground, m1);
    const lacks =
      lacking(good.environment, other, SOCIALLY_EFFICIENT) ?? fallingPayoff(good.environment, other);
    const last = good.environment.profiles.profileOf([3, 0]);
    const same = other.payment(0, last).equals(m1.payment(0, last));
    const unique = trial.fact(
      "(ii) no other payments have the properties, one good for two with four types",
      lacks !== undefined || same,
      good.run("construct m1 -"),
      [
        `Those of KE-P2 have: the type 7/8 then pays ${other.payment(0, last)} to the type 1/8, and under M1 ${m1.payment(0, last)}. The same on finer grids and for all types of [0, 1].`,
      ],
    );
    await trial.holds("(ii) M1 has the property, on grids of one distribution", symmetricGoods, (member) =>
      fallingPayoff(member.environment, m1Symmetric(member.ground())),
    );
    if (!unique)
      trial.tell(
        "Theorem 4 (i) holds wherever it was tried. (ii) fails both ways: M1's payoffs may fall with the own type (KE-P2), and where they rise, as with two uniform types on [0, 1], other payments have the property as well.",
      );
  },
};

export const asymmetricClaims: readonly Claim[] = [proposition4, proposition5, example2, theorem4];
