import { describe, expect, test } from "vitest";
import { privateGoodProduction } from "../../../models/index.js";
import { sum } from "../../../src/continuum/construction/expression.js";
import { continuousReport } from "../../../src/continuum/construction/findings.js";
import { ConstructionGround, NotCovered } from "../../../src/continuum/construction/ground.js";
import { continuousConstructions } from "../../../src/continuum/construction/registry.js";
import type { Box } from "../../../src/continuum/construction/simplex.js";
import type { ContinuousEnvironment } from "../../../src/environment/continuous-environment.js";
import { PiecewisePolynomial } from "../../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../../src/number/polynomial.js";
import { Rational } from "../../../src/number/rational.js";
import {
  auction,
  environmentOf,
  line,
  number,
  partnership,
  publicGood,
  rising,
  trade,
  uniform,
} from "./environments.js";
import { integralOver } from "./integrals.js";

/** Half of the types below 1/3, the other half above. */
const stepped = new PiecewisePolynomial(
  [number(0), number("1/3"), number(1)],
  [Polynomial.constant(number("3/2")), Polynomial.constant(number("3/4"))],
);

const environments: [string, ContinuousEnvironment][] = [
  ["uniform trade", trade()],
  ["trade, buyer F = t^2", trade(rising, uniform)],
  ["trade on different intervals", trade(line("1/2", 2, "2/3"), line("1/4", 1, "4/3"))],
  ["trade, types in steps", trade(stepped, rising)],
  ["unequal partners of different distributions", partnership(["1/5", "4/5"], [uniform, rising])],
  [
    "a good made to measure",
    privateGoodProduction({ agents: 2, grid: { points: 2, from: "1/2", to: 2 }, gamma: 3 }).continuous!(),
  ],
  ["three bidders", auction(3)],
  ["a public good", publicGood("3/4")],
  ["a public good of three", publicGood("3/2", [uniform, rising, uniform])],
  [
    "three outcomes",
    environmentOf(
      "three outcomes",
      [
        ["ann", uniform, line(0, 1, "1/8")],
        ["bob", rising],
      ],
      [
        ["none", [0, 0]],
        ["small", [1, "1/2"], "1/2"],
        ["large", [2, 2], 2],
      ],
    ),
  ],
];

/** Payoffs at profiles are integrated, which knows nothing of the formulas for expected payoffs. */
describe.each(environments)("%s: expected payoffs are integrals of payoffs at profiles", (_, environment) => {
  const ground = new ConstructionGround(environment);
  test.each(continuousConstructions.map((construction) => [construction.name, construction] as const))(
    "%s",
    (_, construction) => {
      let mechanism: ReturnType<typeof construction.build>;
      try {
        mechanism = construction.build(ground);
      } catch (fault) {
        if (fault instanceof NotCovered) return;
        throw fault;
      }
      const { constants, expectedDeficit } = continuousReport(ground, mechanism);
      const deficit = sum(...mechanism.payoffs, [Rational.of(-1), mechanism.welfare]);
      expect(String(integralOver(deficit, ground, ground.box) ?? expectedDeficit)).toBe(
        String(expectedDeficit),
      );
      constants?.forEach((constant, agent) => {
        for (const [low, high] of [
          ["0", "1/7"],
          ["2/5", "3/5"],
        ].map((pair) => pair.map(number))) {
          const { from, to } = ground.box[agent];
          const part = [low, high].map((share) => from.add(share.multiply(to.subtract(from))));
          const box: Box = ground.box.map((whole, i) =>
            i === agent ? { from: part[0], to: part[1] } : whole,
          );
          const integrated = integralOver(mechanism.payoffs[agent], ground, box);
          const expected = ground
            .interimSurplus(agent)
            .map((piece) => piece.plus(Polynomial.constant(constant)))
            .times(ground.densities[agent])
            .integral(part[0], part[1]);
          expect(String(integrated ?? expected)).toBe(String(expected));
        }
      });
    },
  );

  test("some of them have payoffs that are polynomials, and constants", () => {
    const integrated = continuousConstructions.filter((construction) => {
      try {
        const { payoffs } = construction.build(ground);
        return payoffs.every((payoff) => integralOver(payoff, ground, ground.box));
      } catch (fault) {
        if (fault instanceof NotCovered) return false;
        throw fault;
      }
    });
    expect(integrated.length).toBeGreaterThanOrEqual(6);
  });
});
