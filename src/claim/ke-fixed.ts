import { integral } from "../construction/integral.js";
import { m2 } from "../construction/m2.js";
import { m3 } from "../construction/m3.js";
import { surplusOf } from "../construction/payoff-mechanism.js";
import { enclosedReport } from "../continuum/construction/enclosed-findings.js";
import { RandomSource } from "../generator/random-source.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import { enclosedTitle, lumpSumsAt, near } from "./ke-enclosed.js";
import { division, divisions } from "./ke-families.js";
import { atEveryType, expectedVcgSurplus, fallingPayoff, formula, lowestPayoffs } from "./ke-measures.js";
import { crowdedAbove } from "./ke-private.js";
import { lacking } from "./properties.js";

const INTERIM = ["ex post efficiency", "Bayesian IC", "ex post balance", "no subsidy", "interim IR"] as const;

const m3Claim: Claim = {
  id: "KE-M3",
  kinds: ["construction", "theorem"],
  place: "(9), Section 4.2, Theorem 7, Appendix A7",
  about: "M3, where the lower type collects the surplus of a fixed endowment",
  says: "With a fixed endowment VCG always runs an expected surplus. M3 is balanced, Bayesian incentive compatible and interim individually rational for any k, its lowest types expect E Delta, and for two agents and k = 1 it is ex post socially efficient and payoffs do not fall with the own type.",
  assumes:
    "Two agents, independent types of one distribution, symmetric values with increasing differences, a fixed total, outside options of 0.",
  readings: [
    "As printed payments are S - r of the lower type and r - v of the higher one; they do not balance under either sign. Read with S_-i for S, as what agents receive, they do.",
    "That the lowest type expects E Delta (A7) is read of each agent; section 4.1 has E Delta/n for M2.",
  ],
  async test(trial) {
    await trial.holds(
      "E Delta >= 0; balance, incentives and interim participation for any k",
      divisions,
      (good) => {
        const { environment } = good;
        const ground = good.ground();
        const surplus = expectedVcgSurplus(ground);
        if (surplus.sign < 0) return `in which VCG runs an expected deficit of ${surplus.negate()}`;
        const k = new RandomSource(environment.profiles.count).pick(["0", "1/4", "1/2", "3/4", "1"]);
        return lacking(environment, m3(ground, { options: { k } }), INTERIM);
      },
    );
    await trial.holds("Theorem 7: ex post individually rational with k = 1, on grids", divisions, (good) =>
      lacking(good.environment, m3(good.ground()), ["ex post IR"]),
    );
    const shared = example("fixed-endowment", { agents: 2, grid: { points: 4 } });
    const { enclosed } = enclosedTitle(shared, "lowest");
    const { findings } = enclosedReport(shared.instance.continuous!(), enclosed);
    trial.fact(
      "Theorem 7: ex post individually rational with k = 1, proved for all types of [0, 1] in Example 4",
      findings["ex post IR"].holds === true,
      shared.run("compare - m3 --continuum"),
    );
    const whole = division(crowdedAbove, [Rational.ZERO, Rational.ONE]);
    const { payoff } = atEveryType("m3", whole);
    const [lower, higher] = ["1/2", "9/16"].map((type) => payoff(0, type, 0));
    const rises = trial.fact(
      "Theorem 7: payoffs do not fall, an indivisible unit, v = theta x, a quarter of the types spread over [0, 1/2] and the rest over [1/2, 3/4]: against 0 the type 9/16 gets no less than the type 1/2",
      higher.compare(lower) >= 0,
      whole.run("compare - m3 --continuum"),
      [
        `The higher type gets r(t) = E[S(t, b) | b < t] - E[S(a, b) | a, b < t]/2: ${lower} at 1/2 and ${higher} at 9/16.`,
      ],
    );
    await trial.holds("Theorem 7: payoffs do not fall, on grids", divisions, (good) =>
      fallingPayoff(good.environment, m3(good.ground())),
    );
    const four = example("fixed-endowment", { agents: 2, grid: { points: 4 } });
    const ground = four.ground();
    const surplus = expectedVcgSurplus(ground);
    const [lowest] = lowestPayoffs(four.environment, m3(ground, { options: { k: "0" } }));
    const same = trial.figure(
      "A7: what each lowest type expects under k = 0, Example 4 on four types, is E Delta",
      `${surplus}`,
      lowest,
      four.run("construct m3 - --set k=0"),
    );
    trial.instead.figure(
      "it is E Delta/2",
      `${surplus.divide(Rational.of(2))}`,
      lowest,
      four.run("construct m3 - --set k=0"),
    );
    const top = four.environment.profiles.profileOf([0, 3]);
    const [outcome] = ground.rule(top);
    const higherValue = four.environment.value(1, outcome.outcome, top);
    const total = surplusOf(ground)(top).subtract(higherValue);
    trial.fact(
      "the payments as printed sum to 0, Example 4 at the types 1/8 and 7/8",
      total.isZero,
      four.run("show -"),
      [`(S - r) + (r - v of the higher type) = v of the lower type = ${total}.`],
    );
    const finer = example("fixed-endowment", { agents: 2, grid: { points: 16 } });
    const regretted = ["0", "1"].every((k) => {
      const mechanism = m2(finer.ground(), { options: { k } });
      return lacking(finer.environment, mechanism, ["ex post IR"]) !== undefined;
    });
    trial.fact(
      "M2 is not ex post individually rational with a fixed endowment, for k = 0 or 1: Example 4 on 16 types",
      regretted,
      finer.run("construct m2 -"),
    );
    if (!rises)
      trial.tell(
        `Theorem 7: M3 is ex post individually rational wherever it was tried. Payoffs may fall: r >= S/2 with equality at the bottom does not give r' >= S'/2, and where types are crowded r falls. With v = theta x, an indivisible unit, a quarter of the types uniform on [0, 1/2] and the rest on [1/2, 3/4], r(1/2) = ${lower} and r(9/16) = ${higher}; for a good in thirds see the counterexample on three types.`,
      );
    if (!same)
      trial.tell(
        "A7: the lowest type expects E Delta/2, as for M2, and not E Delta; the step from E S(lowest, .) - r(lowest) to the double integral takes both agents' shares for one.",
      );
    trial.tell(
      "The printed payments of M3 have S in place of S_-i, and are what agents receive and not what they pay.",
    );
  },
};

const example4: Claim = {
  id: "KE-X4",
  kinds: ["figure"],
  place: "Example 4",
  about: "one divisible unit for two agents who own nothing",
  says: "S = T - theta_i theta_j/T and x_i = theta_i/T for the sum T of types, E Delta = 2 - 0.795, mu = (ln 4 - 1/2) theta, r^0 = (ln 4 + 1)(2 theta + 1)/6, r^1 = (ln 4 + 1) theta/3, between S(theta, theta)/2 and S(lowest, theta); M3 with k = 0 is not ex post individually rational, with k = 1 it is and payoffs do not fall.",
  assumes: "Types uniform on [0, 1], v = theta (2x - x^2), shares that sum to 1.",
  async test(trial) {
    const unit = (points: number): Example => example("fixed-endowment", { agents: 2, grid: { points } });
    const points = trial.quick ? 5 : 10;
    const some = unit(points);
    const { environment } = some;
    const surplus = surplusOf(some.ground());
    trial.fact(
      `S as printed, ${points} types: what the shares theta_i/T leave, and no other of the divisions leaves more`,
      Array.from({ length: environment.profiles.count }, (_, s) => s).every((s) => {
        const [a, b] = environment.profiles
          .typesOf(s)
          .map((type, agent) => toRational(environment.typeLabel(agent, type)));
        return surplus(s).equals(a.add(b).subtract(a.multiply(b).divide(a.add(b))));
      }),
      some.run("show -"),
    );
    const { expectedSurplus, payoff, enclosed } = enclosedTitle(unit(4), "lowest");
    const run = unit(4).run("compare - m3 --continuum");
    const mean = trial.figure("E Delta", "1.205", expectedSurplus("0"), run);
    trial.instead.figure(
      "E Delta",
      formula("1 - 0.795 = 2 (1 - ln 2)/3", (2 / 3) * (1 - Math.log(2))),
      expectedSurplus("0"),
      run,
    );
    const at = [0.1, 0.4, 0.7, 0.95];
    const mu = (t: number) => integral((z) => 1 - (z / (t + z)) ** 2, 0, t);
    trial.fact(
      "mu as printed, at 1/10, 2/5, 7/10 and 19/20 to eight digits by quadrature",
      at.every((t) => near(mu(t), (Math.log(4) - 0.5) * t)),
      "reproduce KE-X4",
    );
    const [zero, one] = [0, 1].map((k) => lumpSumsAt(unit(4), "lowest", k, at));
    trial.fact(
      "r^0 as printed, at the same types to eight digits by quadrature of (9)",
      at.every((t, k) => near(zero[k], ((Math.log(4) + 1) * (2 * t + 1)) / 6)),
      "reproduce KE-X4",
    );
    trial.fact(
      "r^1 as printed, at the same types to eight digits by quadrature of (9), and between 3/4 theta and theta",
      at.every((t, k) => near(one[k], ((Math.log(4) + 1) * t) / 3) && one[k] > 0.75 * t && one[k] <= t),
      "reproduce KE-X4",
    );
    for (const type of ["1/5", "1/2", "1"])
      trial.figure(
        `r^1(${type})`,
        formula(`(ln 4 + 1)/3 times ${type}`, ((Math.log(4) + 1) / 3) * toRational(type).toNumber()),
        payoff("1/100", type),
        run,
      );
    const ground = some.ground();
    const none = m3(ground, { options: { k: "0" } });
    trial.fact(
      `M3 with k = 0 is not ex post individually rational, ${points} types`,
      lacking(environment, none, ["ex post IR"]) !== undefined,
      some.run("construct m3 - --set k=0"),
    );
    trial.fact(
      `M3 with k = 1: payoffs do not fall, ${points} types`,
      fallingPayoff(environment, m3(ground)) === undefined,
      some.run("construct m3 -"),
    );
    trial.fact(
      "M3 with k = 1 is ex post individually rational, proved for all types",
      enclosedReport(unit(4).instance.continuous!(), enclosed).findings["ex post IR"].holds === true,
      run,
    );
    if (!mean)
      trial.tell(
        "Example 4: E Delta = 2 E S(0, theta) - E S = 2 (1/2) - 0.795 = 0.205, and not 2 - 0.795; all else is as printed.",
      );
  },
};

export const fixedEndowmentClaims: readonly Claim[] = [m3Claim, example4];
