import { firstPriceEntitlement, secondPriceEntitlement } from "../construction/entitlement-auctions.js";
import { inducedMechanism, verifyEquilibrium } from "../construction/game.js";
import { m1Symmetric } from "../construction/m1-symmetric.js";
import { uniformPrice } from "../construction/uniform-price.js";
import { expectedSurplus } from "../continuum/interim/expected-surplus.js";
import { expectation } from "../mechanism/interim.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import { symmetricGoods } from "./ke-families.js";
import { atEveryType, formula } from "./ke-measures.js";
import { bracket } from "./printed.js";
import { everyProfile, lacking } from "./properties.js";

const good = (agents: number, grid: object) =>
  example("private-good-production", { agents, gamma: 1, grid: { points: 4, ...grid } });

const auctions: Claim = {
  id: "KE-51",
  kinds: ["construction", "figure"],
  place: "Section 5.1, (10), Table 2",
  about: "auctions of the entitlement with redistribution",
  says: "The first-price auction whose price the losers share implements M1: every type bids M1's price in equilibrium. With the second price participation fails at some profiles, though not in expectation.",
  assumes: "A private good, identically and independently distributed types.",
  readings: [
    "As printed those who tie share the price, and payments do not balance; here each has the average of winning and losing.",
    "On grids bids are those of the types: rivals tie with positive probability there, and whoever may bid just above its own type's bid gains, by less the finer the grid. For continuous types the verdict is that of the mechanisms.",
    "That the second price breaks participation is read as an example, with the lowest surplus 0; the paper says that it is sensitive.",
    "Table 2's advice for public goods is M2 and M3 with k = 1: KE-M2 and KE-M3.",
  ],
  async test(trial) {
    await trial.holds(
      "every type bids M1's price in equilibrium, and payments are those of M1 at every profile",
      symmetricGoods,
      (member) => {
        const { environment } = member;
        const ground = member.ground("uniform");
        const direct = m1Symmetric(ground);
        const game = firstPriceEntitlement(ground);
        const { holds, worst } = verifyEquilibrium(environment, game, "interim");
        if (!holds) return `in which a bid gains: ${worst}`;
        const induced = inducedMechanism(environment, game);
        const other = everyProfile(environment).find((s) =>
          environment.agents.some((_, agent) => {
            const cost = direct.payment(agent, s).subtract(induced.payment(agent, s));
            return !cost.isZero;
          }),
        );
        return other === undefined
          ? undefined
          : `in which payments at ${environment.profileLabel(other)} are others`;
      },
    );
    for (const agents of [2, 3]) {
      const uniform = good(agents, {});
      const [first, second] = ["first-price-entitlement", "second-price-entitlement"].map(
        (name) => atEveryType(name, uniform).report().findings,
      );
      const run = uniform.run("compare - first-price-entitlement second-price-entitlement --continuum");
      trial.fact(
        `the first price: Bayesian IC and ex post IR, all types of [0, 1], ${agents} bidders`,
        first["Bayesian IC"].holds === true && first["ex post IR"].holds === true,
        run,
      );
      const failing = second["ex post IR"];
      const witness = failing.holds === false ? failing.witness : undefined;
      trial.fact(
        `the second price: Bayesian IC and interim IR, and not ex post IR, all types of [0, 1], ${agents} bidders`,
        second["Bayesian IC"].holds === true &&
          second["interim IR"].holds === true &&
          failing.holds === false,
        run,
        witness && [
          `${witness.agent} loses ${witness.violation} at the types ${witness.types.map(({ type }) => type).join(", ")}.`,
        ],
      );
    }
    const rich = good(2, { from: 10, to: 11 });
    trial.instead.fact(
      "with the second price participation does not fail everywhere: nobody loses at any profile with types of [10, 11]",
      atEveryType("second-price-entitlement", rich).report().findings["ex post IR"].holds === true,
      rich.run("compare - second-price-entitlement --continuum"),
    );
    const points = trial.quick ? 12 : 16;
    const some = good(2, { points });
    trial.instead.fact(
      `the same on ${points} types, where both auctions balance`,
      (["first", "second"] as const).every((price) => {
        const game =
          price === "first" ? firstPriceEntitlement(some.ground()) : secondPriceEntitlement(some.ground());
        const mechanism = inducedMechanism(some.environment, game);
        const takesPart = lacking(some.environment, mechanism, ["ex post IR"]) === undefined;
        return (
          takesPart === (price === "first") &&
          lacking(some.environment, mechanism, ["ex post balance", "Bayesian IC"]) === undefined
        );
      }),
      some.run("compare - first-price-entitlement second-price-entitlement"),
    );
  },
};

const roots = (from: number, points = 4) =>
  example("square-root-good", { agents: 2, grid: { points, from, to: from + 1 } });

/** `E S` and `E Delta` for all types, enclosed. */
function enclosed({ instance }: Example, cells: number) {
  const environment = instance.continuous!();
  const { givenOwn, lower, upper } = expectedSurplus(environment, cells);
  const [{ below, above }] = givenOwn;
  const two = Rational.of(2);
  const { from } = environment.agents[0].density;
  return {
    revenue: bracket(lower.divide(two), upper.divide(two)),
    vcg: bracket(below.at(from).multiply(two).subtract(upper), above.at(from).multiply(two).subtract(lower)),
  };
}

const uniformPriceClaim: Claim = {
  id: "KE-UP",
  kinds: ["figure"],
  place: "Section 5.1, after Table 2",
  about: "the uniform-price auction of a divisible good",
  says: "With utility 2 theta sqrt(x) the uniform price is p* = sqrt(theta_i^2 + theta_j^2), earning R^p = (sqrt 2 + arcsinh 1)/3 = 0.765 from uniform types; M3's entry fees earn E Delta = 2 - 2 x 0.765 < R^p, and more than R^p if the lowest type is large enough.",
  assumes:
    "Two bidders, one unit, types uniform on [0, 1]; demands theta^2/p^2 that take the price as given.",
  readings: ["Types uniform on [1, 2] for a lowest type that is large enough."],
  async test(trial) {
    const points = trial.quick ? 4 : 10;
    const some = roots(0, points);
    const { environment } = some;
    const mechanism = uniformPrice(some.ground());
    const paid = (s: number) => mechanism.payment(0, s).add(mechanism.payment(1, s));
    const distance = everyProfile(environment).map((s) => {
      const types = environment.profiles
        .typesOf(s)
        .map((type, agent) => toRational(environment.typeLabel(agent, type)).toNumber());
      return Math.abs(paid(s).toNumber() - Math.hypot(...types));
    });
    trial.fact(
      `the price is sqrt(theta_i^2 + theta_j^2) at every profile, ${points} types, to the eleven digits that values are given to`,
      Math.max(...distance) < 1e-11,
      some.run("construct uniform-price -"),
    );
    const cells = trial.quick ? 16 : 40;
    const { revenue, vcg } = enclosed(roots(0), cells);
    const run = roots(0).run("solve - --continuum --ir none");
    const price = (Math.SQRT2 + Math.asinh(1)) / 3;
    trial.figure("R^p = E S/2, all types of [0, 1]", formula("(sqrt 2 + arcsinh 1)/3", price), revenue, run);
    trial.figure("R^p in decimals", "0.765", revenue, run);
    trial.figure("E Delta", formula("2 - 2 R^p", 2 - 2 * price), vcg, run);
    trial.figure("E Delta in decimals, 2 - 2 x 0.765", "0.47", vcg, run);
    trial.fact("E Delta < R^p", vcg.upper.compare(revenue.lower) < 0, run);
    const high = enclosed(roots(1), cells);
    trial.fact(
      "E Delta > R^p with types of [1, 2]",
      high.vcg.lower.compare(high.revenue.upper) > 0,
      roots(1).run("solve - --continuum --ir none"),
      [
        `E Delta >= ${high.vcg.lower.toNumber().toFixed(3)}, R^p <= ${high.revenue.upper.toNumber().toFixed(3)}.`,
      ],
    );
    trial.shows(
      `R^p on ${points} types`,
      expectation(environment, paid),
      some.run("construct uniform-price -"),
    );
    trial.instead.fact(
      `the demands are no equilibrium: who demands less pays a lower price, ${points} types`,
      lacking(environment, mechanism, ["Bayesian IC"]) !== undefined,
      some.run("construct uniform-price -"),
    );
  },
};

export const auctionClaims: readonly Claim[] = [auctions, uniformPriceClaim];
