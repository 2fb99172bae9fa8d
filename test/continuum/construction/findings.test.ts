import { describe, expect, test } from "vitest";
import type {
  ContinuousFinding,
  ContinuousProperty,
  Witness,
} from "../../../src/continuum/construction/finding.js";
import { continuousReport } from "../../../src/continuum/construction/findings.js";
import { ConstructionGround, NotCovered } from "../../../src/continuum/construction/ground.js";
import { continuousConstructions } from "../../../src/continuum/construction/registry.js";
import type { ContinuousEnvironment } from "../../../src/environment/continuous-environment.js";
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

function reportOf(name: string, environment: ContinuousEnvironment) {
  const ground = new ConstructionGround(environment);
  const mechanism = continuousConstructions.find((construction) => construction.name === name)!.build(ground);
  return { ...continuousReport(ground, mechanism), mechanism, ground };
}

const holding = (findings: Readonly<Record<ContinuousProperty, ContinuousFinding>>) =>
  Object.entries(findings).flatMap(([property, { holds }]) => (holds ? [property] : []));

function witnessOf(finding: ContinuousFinding): Witness {
  if (finding.holds !== false || !finding.witness) throw new Error("no witness");
  return finding.witness;
}

/** `agent violation at types` */
function failure(finding: ContinuousFinding): string {
  const { agent, types, violation } = witnessOf(finding);
  return `${agent} ${violation} at ${types.map(({ type }) => type).join(" ")}`;
}

const alwaysBalanced = ["ex ante balance", "ex post balance", "ex ante no deficit", "ex post no deficit"];

describe("uniform trade", () => {
  test("VCG runs a surplus of 1/3, and its seller of cost 1 loses 1/2 in expectation (lecture notes 3.2)", () => {
    const { findings, expectedDeficit } = reportOf("vcg", trade());
    expect(String(expectedDeficit)).toBe("-1/3");
    expect(failure(findings["interim IR"])).toBe("seller 1/2 at 1");
  });

  test("IR-VCG needs 1/6 (Myerson and Satterthwaite 1983), its payments for participation being 0 and 1/2", () => {
    const { expectedDeficit, findings, largestDeficit } = reportOf("ir-vcg", trade());
    expect(String(expectedDeficit)).toBe("1/6");
    expect(holding(findings)).toEqual([
      "ex post efficiency",
      "Bayesian IC",
      "ex post IC",
      "ex ante IR",
      "interim IR",
    ]);
    expect(failure(findings["ex post IR"])).toBe("seller 1/2 at 1 1");
    expect([largestDeficit?.atLeast, largestDeficit?.atMost].map(String)).toEqual(["1/2", "1/2"]);
  });

  test("with F = t^2 for the buyer IR-VCG needs 1/4", () => {
    expect(String(reportOf("ir-vcg", trade(rising, uniform)).expectedDeficit)).toBe("1/4");
  });

  test("ex post participation costs the same 1/6, because the largest payments are Groves' (Chung and Ely 2006)", () => {
    const { expectedDeficit, findings, constants } = reportOf("generalised-vcg", trade());
    expect([expectedDeficit, ...constants!].map(String)).toEqual(["1/6", "0", "0"]);
    expect(findings["ex post IR"]).toMatchObject({ holds: true, by: "enclosure" });
    expect(findings["ex post no deficit"].holds).toBe(false);
  });

  test("AGV is Bayesian IC and balanced at every profile, but its seller of cost 1 loses 1/3", () => {
    const { findings } = reportOf("agv", trade());
    expect(holding(findings)).toEqual(["ex post efficiency", "Bayesian IC", ...alwaysBalanced]);
    expect(failure(findings["interim IR"])).toBe("seller 1/3 at 1");
  });

  test("an insured IR-VCG that has to run a deficit shares it: each side's most reluctant type loses 1/12", () => {
    const { findings, constants } = reportOf("insured", trade());
    expect(constants!.map(String)).toEqual(["-1/12", "-1/12"]);
    expect(failure(findings["interim IR"])).toBe("buyer 1/12 at 0");
    expect(findings["ex post balance"]).toMatchObject({ by: "an identity of polynomials" });
  });

  test("the price 1/2 has everything but efficiency", () => {
    const { findings, mechanism } = reportOf("posted-price", trade());
    expect(mechanism.chosen).toBe("price 1/2");
    expect(Object.keys(findings).filter((property) => !holding(findings).includes(property))).toEqual([
      "ex post efficiency",
    ]);
    const [value, cost] = witnessOf(findings["ex post efficiency"]).types.map(({ type }) => type);
    expect(value.compare(cost)).toBe(1);
    expect(value.compare(number("1/2")) < 0 || cost.compare(number("1/2")) > 0).toBe(true);
    // The best trades that do not take place are worth nearly 1/2.
    expect(findings["ex post efficiency"]).toMatchObject({ atMost: number("1/2") });
  });

  test("where supports are apart, VCG without constants leaves trade a surplus and nobody loses interim under IR-VCG", () => {
    const { expectedDeficit, findings } = reportOf("ir-vcg", trade(line(2, 3, 1), line(0, 1, 1)));
    // E S = 2, the seller's constant 1 and the buyer's 0: 2 - 1 - ... the gap between the supports is what is left over.
    expect(String(expectedDeficit)).toBe("-1");
    expect(findings["interim IR"].holds).toBe(true);
  });
});

describe("partners", () => {
  test("equal ones: M1 and AGV balance and nobody's type loses, yet at profiles partners regret taking part (Ke, Prop. 7)", () => {
    for (const name of ["agv", "m1", "m2", "m3"]) {
      const { findings, constants } = reportOf(name, partnership(["1/2", "1/2"]));
      expect(constants!.map(String)).toEqual(["-1/3", "-1/3"]);
      expect(holding(findings)).toEqual([
        "ex post efficiency",
        "Bayesian IC",
        "ex ante IR",
        "interim IR",
        ...alwaysBalanced,
      ]);
      expect(findings["ex post IR"].holds).toBe(false);
    }
  });

  test("M1 leaves a loser a third of the winner's type: enough for shares of at most 1/3, refuted above", () => {
    const { findings } = reportOf("m1", partnership(["1/3", "1/3"]));
    expect(findings["ex post IR"]).toEqual({ holds: true, by: "enclosure" });
    const above = reportOf("m1", partnership(["1/3", "7/20"])).findings["ex post IR"];
    expect(above).toMatchObject({ holds: false });
    const { types, violation } = witnessOf(above);
    const [winner, loser] = types.map(({ type }) => type);
    expect(winner.compare(loser)).toBe(1);
    expect(String(violation)).toBe(
      String(loser.multiply(number("7/20")).subtract(winner.multiply(number("1/3")))),
    );
    // No violation is larger than at the top, where both types are 1.
    expect(above).toMatchObject({ atMost: number("1/60") });
  });

  test("of different distributions: M1 in closed form is t/2 and t/4 (Ke, Example 2)", () => {
    const { findings, mechanism } = reportOf("m1-two-agents", partnership([0, 0], [uniform, rising]));
    const at = ["3/4", "1/2"].map(number);
    // The first wins and keeps 3/4 less its price, a_j/(a_i + a_j + 1) of its type.
    expect(mechanism.payoffs.map((payoff) => String(payoff.at(at)))).toEqual(["3/8", "3/8"]);
    expect(mechanism.payoffs.map((payoff) => String(payoff.at([...at].reverse())))).toEqual(["3/16", "9/16"]);
    expect(findings["ex post IR"].holds).toBe(true);
    expect(findings["ex post IC"].holds).toBe(false);
  });

  test("a third partner shares M1's price as well, and prices are 2/3 of the highest type's expectation", () => {
    const { findings, mechanism } = reportOf("m1", auction(3));
    const payoffs = mechanism.payoffs.map((payoff) => String(payoff.at(["1/5", "4/5", "2/5"].map(number))));
    expect(payoffs).toEqual(["1/5", "2/5", "1/5"]);
    expect(holding(findings)).toEqual([
      "ex post efficiency",
      "Bayesian IC",
      "ex ante IR",
      "interim IR",
      "ex post IR",
      ...alwaysBalanced,
    ]);
  });

  test("the second price breaks ex post participation, the first one does not (Ke 5.1)", () => {
    for (const bidders of [2, 3]) {
      expect(reportOf("first-price-entitlement", auction(bidders)).findings["ex post IR"].holds).toBe(true);
      const { findings } = reportOf("second-price-entitlement", auction(bidders));
      expect(findings["ex post IR"].holds).toBe(false);
      expect(findings["interim IR"].holds).toBe(true);
      expect(findings["Bayesian IC"].holds).toBe(true);
    }
  });
});

describe("public goods", () => {
  test("two neighbours and a cost of 1: VCG covers nothing of it where both are needed, and runs a deficit of 1/6", () => {
    const { findings, expectedDeficit } = reportOf("vcg", publicGood(1));
    expect(String(expectedDeficit)).toBe("1/6");
    expect(findings["ex post no deficit"].holds).toBe(false);
  });

  test("without cost VCG needs no money and gives none", () => {
    const { findings, expectedDeficit } = reportOf("vcg", publicGood(0));
    expect(String(expectedDeficit)).toBe("0");
    expect(findings["ex post balance"]).toMatchObject({ holds: true });
  });
});

describe("what is not covered says why", () => {
  const refusal = (name: string, environment: ContinuousEnvironment) => {
    try {
      reportOf(name, environment);
      return "covered";
    } catch (fault) {
      if (fault instanceof NotCovered) return fault.message;
      throw fault;
    }
  };

  test.each([
    ["m1", trade(), "the surplus does not depend on the highest type alone"],
    ["m2", trade(), "the surplus is not symmetric"],
    ["m2", auction(3), "there are more than two agents"],
    ["m3", partnership([0, 0], [uniform, rising]), "types are not identically distributed"],
    ["m1-asymmetric", auction(3), "prices of more than two agents solve differential equations"],
    ["posted-price", auction(2), "no outcome leaves both agents at their outside options"],
    ["deficit-minimising", auction(3), "this is not trade between two agents"],
  ] as const)("%s", (name, environment, reason) => {
    expect(refusal(name, environment)).toBe(reason);
  });

  test("types of positive probability, and a continuum of outcomes", () => {
    const { agents, ...others } = trade();
    const [buyer, seller] = agents;
    const atoms = [{ type: number(1), probability: number("1/2") }];
    expect(refusal("vcg", { ...others, agents: [{ ...buyer, atoms }, seller] })).toBe(
      "a type of buyer has positive probability; types with densities are covered",
    );
    const { outcomes: _, ...oracle } = trade();
    expect(refusal("vcg", oracle)).toMatch(/^there is a continuum of outcomes/);
  });

  test("three agents whose outcomes overlap, and one agent", () => {
    const lines = environmentOf(
      "three roads",
      [
        ["ann", uniform],
        ["bob", uniform],
        ["cho", uniform],
      ],
      [
        ["no road", [0, 0, 0]],
        ["north", [1, 1, 0], 1],
        ["south", [0, 1, 1], 1],
        ["ring", [1, 0, 1], 1],
      ],
    );
    expect(refusal("vcg", lines)).toBe("the expected surplus given an own type is not known exactly");
    expect(refusal("m2", environmentOf("one", [["ann", uniform]], [["x", [1]]]))).toBe("there is one agent");
  });
});
