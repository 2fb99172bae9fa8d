import { describe, expect, it } from "vitest";
import { freeDominant, freeExPost, freeInterim } from "../../../src/continuum/free/method.js";
import { type ContinuumMethod, ContinuumRefuted, ContinuumStopped } from "../../../src/continuum/method.js";
import type { Question } from "../../../src/question/question.js";
import {
  environmentOf,
  leastSubsidy,
  noDeficit,
  onUnit,
  partnership,
  q,
  revenue,
  secondBest,
  secondBestDominant,
  secondBestExPost,
  trade,
} from "./environments.js";

/** Whatever is chosen costs 1/4. */
const dear = environmentOf([["only", [0, 0], q(1, 4)]], [{}, {}]);
/** Equal partners, the first of whom gets 1/2 more outside. */
const forced = environmentOf(
  [
    ["first", [1, 0]],
    ["second", [0, 1]],
  ],
  [{ outsideOption: onUnit(q(1, 2), q(1, 2)) }, { outsideOption: onUnit(q(0), q(1, 2)) }],
);
const everywhere = (question: Question): [ContinuumMethod<unknown>, Question][] => [
  [freeInterim as ContinuumMethod<unknown>, question],
  [freeExPost as ContinuumMethod<unknown>, { ...question, ir: "ex-post" }],
  [freeDominant as ContinuumMethod<unknown>, { ...question, ir: "ex-post", ic: "dominant" }],
];

describe("where no mechanism covers its cost", () => {
  it("gains have no mechanism, and the contradiction is the outside money that is missing", async () => {
    for (const [method, question] of everywhere(secondBest)) {
      const { bracket, certificate } = await method.find(dear, question, { cells: 3 });
      expect(bracket).toEqual({ contradiction: q(1, 4) });
      expect(method.judge(dear, question, certificate)).toEqual(bracket);
    }
  });

  it("neither has what is left of payments, exactly or at least", async () => {
    for (const asked of [leastSubsidy, noDeficit(leastSubsidy)]) {
      for (const [method, question] of everywhere({ ...asked, objective: "max-surplus" }))
        expect((await method.find(dear, question, { cells: 3 })).bracket).toEqual({ contradiction: q(1, 4) });
    }
    // Without a budget the loss is what there is.
    expect((await freeInterim.find(dear, revenue, {})).bracket).toEqual({ lower: q(-1, 4), upper: q(-1, 4) });
  });

  it("the least outside money is bounded at profiles by what it is in expectation", async () => {
    for (const [method, question] of everywhere(leastSubsidy)) {
      const { bracket } = await method.find(dear, question, { cells: 3 });
      expect(bracket.lower).toEqual(q(1, 4));
    }
  });

  it("partners of whom one has more outside than there is need at least what the gains miss", async () => {
    // The first best is 2/3, and outside options expect 3/4 + 1/4.
    const { bracket } = await freeInterim.find(forced, leastSubsidy, { cells: 20 });
    expect(bracket.lower!.compare(q(1, 3))).toBeGreaterThanOrEqual(0);
    const { bracket: gains } = await freeInterim.find(forced, secondBest, { cells: 20 });
    expect(gains.contradiction).toEqual(bracket.lower);
  });

  it("a shortage that is none is refused", async () => {
    const price = {
      money: q(1),
      participation: [[{ type: q(0), weight: q(1) }], [{ type: q(1), weight: q(1) }]],
    };
    const certificate = { kind: "free-interim", bound: price, rules: [], shortage: price } as const;
    expect(() => freeInterim.judge(trade, secondBest, certificate)).toThrow(ContinuumRefuted);
  });
});

describe("work that is stopped", () => {
  it("before it began proves nothing, and says so", async () => {
    const signal = { aborted: true };
    await expect(freeExPost.find(trade, secondBestExPost, { signal })).rejects.toThrow(ContinuumStopped);
  });

  it("later keeps what was proved: certificates are offered on the way", async () => {
    const signal = { aborted: false };
    const offered: unknown[] = [];
    const { bracket } = await freeDominant.find(partnership(q(1, 2)), secondBestDominant, {
      cells: 2,
      width: q(1, 1_000_000),
      signal,
      offer: (certificate) => {
        offered.push(certificate);
        signal.aborted = true;
      },
    });
    expect(offered).toHaveLength(1);
    expect(bracket.lower!.compare(q(1, 8))).toBeLessThanOrEqual(0);
    expect(bracket.upper!.compare(q(1, 8))).toBeGreaterThanOrEqual(0);
  });
});
