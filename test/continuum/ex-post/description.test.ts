import { describe, expect, it } from "vitest";
import { sharedRegions, weighedTypes } from "../../../src/continuum/ex-post/description.js";
import { exPostMethod } from "../../../src/continuum/ex-post/method.js";
import { Rational } from "../../../src/number/rational.js";
import { exPost, partnership, q, trade } from "./environments.js";

describe("a certificate in words", () => {
  it("says which types the lower end weighs", async () => {
    const environment = partnership(["1/5", "4/5"]);
    const { certificate } = await exPostMethod.find(environment, exPost, { cells: 8 });
    const weighed = weighedTypes(environment, certificate)!;
    // The first partner's types below 3/8 against the second's above 5/8.
    expect(weighed.map(({ ranges }) => ranges)).toEqual([
      [{ from: q(0), to: q("3/8"), weight: Rational.ONE }],
      [{ from: q("5/8"), to: q(1), weight: Rational.ONE }],
    ]);
    expect(weighed.every(({ single }) => single.length === 0)).toBe(true);
  });

  it("says single types", () => {
    const nodes = [q(0), q("1/2"), q(1)];
    const density = [q(0), q(0)];
    const lower = [
      { density, atoms: [[0, q(3)]] },
      { density, atoms: [[2, q(1)]] },
    ] as const;
    const certificate = { kind: "efficient-ex-post", nodes: [nodes, nodes], fine: 1, lower } as const;
    expect(weighedTypes(trade(), certificate)!.map(({ agent, single }) => [agent, single])).toEqual([
      ["agent 1", [{ type: q(0), weight: Rational.ONE }]],
      ["agent 2", [{ type: q(1), weight: Rational.ONE }]],
    ]);
  });

  it("says who gets the gains where", async () => {
    const environment = partnership(["1/5", "4/5"]);
    const { certificate } = await exPostMethod.find(environment, exPost, { cells: 8 });
    const regions = sharedRegions(environment, certificate, false)!;
    expect(regions.map(({ ranges }) => ranges.map(([from]) => `${from}`))).toEqual([
      ["0", "0"],
      ["0", "5/8"],
      ["3/8", "0"],
      ["3/8", "5/8"],
    ]);
    for (const { shares } of regions) expect(Rational.sum(shares)).toEqual(Rational.ONE);
    // Weighed types of the one against unweighed ones of the other get nearly nothing: it would count against the bound.
    expect(regions[0].shares[0].compare(q("1/4"))).toBeLessThan(0);
    expect(regions[3].shares[1].compare(q("1/4"))).toBeLessThan(0);
  });

  it("says nothing of ends that there are not", async () => {
    const environment = partnership(["1/2", "1/2"]);
    const { certificate } = await exPostMethod.find(environment, exPost, { cells: 6 });
    expect(weighedTypes(environment, certificate)).toBeUndefined();
    expect(sharedRegions(environment, certificate, false)).toBeUndefined();
  });
});
