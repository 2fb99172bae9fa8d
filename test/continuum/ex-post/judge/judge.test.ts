import { describe, expect, it } from "vitest";
import { ZodError } from "zod";
import {
  type ExPostCertificate,
  exPostCertificateSchema,
  type Route,
} from "../../../../src/continuum/ex-post/certificate.js";
import { judgeExPost } from "../../../../src/continuum/ex-post/judge/judge.js";
import { exPostMethod } from "../../../../src/continuum/ex-post/method.js";
import { ContinuumRefuted } from "../../../../src/continuum/method.js";
import type { ContinuousEnvironment } from "../../../../src/environment/continuous-environment.js";
import { Rational } from "../../../../src/number/rational.js";
import { exPost, noDeficit, partnership, q, seeded } from "../environments.js";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One number, somewhere, is another one; or an entry is left out, or there twice. */
function altered(certificate: ExPostCertificate, random: (below: number) => number): unknown {
  const copy = JSON.parse(JSON.stringify(certificate)) as { [key: string]: Json };
  const places: (() => void)[] = [];
  const walk = (node: Json, set: (value: Json) => void, list?: Json[], index?: number) => {
    if (list && index !== undefined) {
      places.push(() => list.splice(index, 1));
      places.push(() => list.splice(index, 0, list[index]));
    }
    if (Array.isArray(node)) {
      for (let k = node.length - 1; k >= 0; k--) {
        const set = (value: Json) => {
          node[k] = value;
        };
        walk(node[k], set, node, k);
      }
    } else if (node && typeof node === "object")
      for (const key of Object.keys(node)) {
        if (key === "kind") continue;
        walk(node[key], (value) => {
          node[key] = value;
        });
      }
    else {
      places.push(() => set(random(5)));
      places.push(() => set(`${random(9) - 2}/${1 + random(7)}`));
    }
  };
  walk(copy, () => {});
  places[random(places.length)]();
  return copy;
}

/** What the judge makes of it; undefined where it refuses it. */
function judged(environment: ContinuousEnvironment, file: unknown, question = exPost) {
  try {
    return judgeExPost(environment, question, exPostCertificateSchema.parse(file));
  } catch (error) {
    if (error instanceof ContinuumRefuted || error instanceof ZodError) return undefined;
    throw error;
  }
}

describe("an altered certificate", () => {
  it("of a bracket is refused, or proves a bracket that holds the value still", async () => {
    const environment = partnership(["1/5", "4/5"]);
    const value = Rational.of(1, 24);
    const { certificate } = await exPostMethod.find(environment, exPost, { cells: 5 });
    const random = seeded(12);
    let refused = 0;
    for (let k = 0; k < 300; k++) {
      const bracket = judged(environment, altered(certificate, random));
      if (!bracket) refused++;
      if (bracket?.lower) expect(bracket.lower.compare(value)).toBeLessThanOrEqual(0);
      if (bracket?.upper) expect(bracket.upper.compare(value)).toBeGreaterThanOrEqual(0);
    }
    expect(refused).toBeGreaterThan(50);
  });

  it("of a mechanism without money never proves it where money is needed", async () => {
    const { certificate } = await exPostMethod.find(partnership(["1/2", "1/2"]), exPost, { cells: 6 });
    expect(certificate.withoutMoney).toBeDefined();
    const impossible = partnership(["3/10", "7/10"]);
    expect(judged(impossible, JSON.parse(JSON.stringify(certificate)))).toBeUndefined();
    const random = seeded(5);
    for (let k = 0; k < 150; k++) expect(judged(impossible, altered(certificate, random))).toBeUndefined();
    // Even where its status quo is the right one there.
    const statusQuo = ["3/10", "7/10"].map((probability, i) => ({
      types: [q(1 - i), q(i)],
      probability: q(probability),
    }));
    const there = { ...certificate, withoutMoney: { ...certificate.withoutMoney!, statusQuo } };
    expect(() => judgeExPost(impossible, exPost, there)).toThrow("Routes may move more");
    for (let k = 0; k < 150; k++) expect(judged(impossible, altered(there, random))).toBeUndefined();
  });

  it("of a mechanism that leaves money over never proves it where money is needed", async () => {
    const { certificate } = await exPostMethod.find(partnership(["1/2", "1/2"]), noDeficit, { cells: 6 });
    const statusQuo = ["1/5", "4/5"].map((probability, i) => ({
      types: [q(1 - i), q(i)],
      probability: q(probability),
    }));
    const there = { ...certificate, withoutMoney: { ...certificate.withoutMoney!, statusQuo } };
    const impossible = partnership(["1/5", "4/5"]);
    expect(() => judgeExPost(impossible, noDeficit, there)).toThrow(
      "Routes may move more than there is of part 2",
    );
    const random = seeded(6);
    for (let k = 0; k < 100; k++)
      expect(judged(impossible, altered(there, random), noDeficit)).toBeUndefined();
    const { withoutMoney } = certificate;
    const routed = (routes: readonly object[]) => () =>
      judgeExPost(partnership(["1/2", "1/2"]), noDeficit, {
        ...certificate,
        withoutMoney: { ...withoutMoney!, routes: routes as Route[] },
      });
    expect(routed(withoutMoney!.routes)()).toEqual({ lower: Rational.ZERO, upper: Rational.ZERO });
    expect(routed(withoutMoney!.routes.slice(1))).toThrow("every agent once");
    expect(routed([withoutMoney!.routes[0], { ...withoutMoney!.routes[1], agents: [1, 1] }])).toThrow(
      "no route",
    );
  });

  it("of a mechanism without money is refused where shares miss too much", async () => {
    const environment = partnership(["1/2", "1/2"]);
    const { certificate } = await exPostMethod.find(environment, exPost, { cells: 6 });
    const { withoutMoney } = certificate;
    const change = (fields: object) => ({ ...certificate, withoutMoney: { ...withoutMoney!, ...fields } });
    const judge = (fields: object) => () => judgeExPost(environment, exPost, change(fields));
    expect(judge({})()).toEqual({ lower: Rational.ZERO, upper: Rational.ZERO });
    const [list] = withoutMoney!.shares;
    // All the gains to the first agent: the second's types would want theirs.
    expect(judge({ shares: [list.map(() => Rational.ONE)] })).toThrow("Routes may move more");
    expect(judge({ shares: [list.map(() => q(2))] })).toThrow("sum to more than 1");
    expect(judge({ shares: [list.map(() => q(-1))] })).toThrow("negative");
    expect(judge({ shares: [list.slice(1)] })).toThrow("entries");
    expect(judge({ shares: [] })).toThrow("lists of shares");
    expect(judge({ routes: [] })).toThrow("No route names");
    const [route] = withoutMoney!.routes;
    const rerouted = (fields: object) => judge({ routes: [{ ...route, ...fields }] });
    expect(rerouted({ agents: [0, 0] })).toThrow("no route between");
    expect(rerouted({ hub: undefined })).toThrow("hub");
    expect(rerouted({ hub: [3, 3] })).toThrow("no cells");
    expect(rerouted({ blocks: [route.blocks[0].slice(1), route.blocks[1]] })).toThrow("leave out");
    expect(rerouted({ blocks: [[...route.blocks[0], route.blocks[0][0]], route.blocks[1]] })).toThrow(
      "overlap",
    );
    // Everybody's target right where there is nothing to gain.
    expect(
      rerouted({ blocks: [route.blocks[0].map((b) => ({ ...b, target: b.cells })), route.blocks[1]] }),
    ).toThrow("Routes may move more");
    const [first, ...rest] = withoutMoney!.statusQuo;
    expect(judge({ statusQuo: [] })).toThrow("sum to 1");
    expect(
      judge({
        statusQuo: [
          { ...first, probability: q(2) },
          { ...first, probability: q(-1) },
        ],
      }),
    ).toThrow("negative");
    expect(judge({ statusQuo: [{ ...first, probability: Rational.ONE }, ...rest.slice(1)] })).toThrow();
    expect(judge({ statusQuo: [{ types: [q(7), q(0)], probability: Rational.ONE }] })).toThrow("has no type");
  });
});

describe("a judge refuses", () => {
  const environment = partnership(["1/5", "4/5"]);
  const nodes = [["0", "1/2", "1"].map(q), ["0", "1"].map(q)];
  const certificate: ExPostCertificate = {
    kind: "efficient-ex-post",
    nodes,
    fine: 2,
    lower: [{ density: [q(1), q(0)] }, { density: [q(1)], atoms: [[0, q(1)]] }],
    upper: { shares: [Array.from({ length: 6 }, () => q("1/2"))] },
  };
  const judge = (fields: object) => () => judgeExPost(environment, exPost, { ...certificate, ...fields });

  it("nothing that is in order, whatever it proves", () => {
    const { lower, upper } = judge({})();
    expect(lower).toEqual(Rational.ZERO);
    expect(upper?.compare(q("1/24"))).toBeGreaterThan(0);
  });

  it.each([
    [{ nodes: [nodes[0]] }, "1 lists of nodes"],
    [{ nodes: [nodes[0], [q(0), q("1/2")]] }, "do not go from 0 to 1"],
    [{ nodes: [["0", "1/2", "1/2", "1"].map(q), nodes[1]] }, "do not increase"],
    [{ fine: 0 }, "0 fine cells"],
    [{ fine: 10 ** 6 }, "judged at most"],
    [{ lower: [certificate.lower![0]] }, "weights of 1 agents"],
    [{ lower: [{ density: [q(1)] }, certificate.lower![1]] }, "entries for 2 cells"],
    [{ lower: [{ density: [q(1), q(-1)] }, certificate.lower![1]] }, "negative weight"],
    [{ lower: [{ density: [q(0), q(0)] }, certificate.lower![1]] }, "no weight"],
    [{ lower: [{ density: [q(1), q(0)], atoms: [[3, q(1)]] }, certificate.lower![1]] }, "no node 3"],
    [{ upper: { shares: [], alike: true } }, "different numbers of nodes"],
  ])("%#: %s", (fields, words) => {
    expect(judge(fields)).toThrow(ContinuumRefuted);
    expect(judge(fields)).toThrow(words);
  });
});
