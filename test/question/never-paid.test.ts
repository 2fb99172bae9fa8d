import { expect, test } from "vitest";
import { correlatedPair, partnership, singleGoodAuction } from "../../models/index.js";
import { designFor } from "../../src/design.js";
import { InputError } from "../../src/fault/input-error.js";
import { posed } from "../../src/question/problem.js";

const never = (agents: "all" | string[]) => ({ parameters: { neverPaid: agents } });

test("an auctioneer who never pays bidders earns as much as one who might", async () => {
  const { environment } = singleGoodAuction({ agents: 2, grid: { points: 4 } });
  const question = { objective: "max-surplus", allocation: "free", budget: "none" } as const;
  const [free, bound] = await Promise.all(
    [question, { ...question, ...never("all") }].map((asked) => designFor(posed(environment, asked))),
  );
  expect(`${bound.optimum}`).toBe(`${free.optimum}`);
  for (let s = 0; s < environment.profiles.count; s++) {
    for (const i of [0, 1])
      expect(bound.mechanism!.payment(i, s).sign, `bidder ${i} at ${s}`).toBeGreaterThanOrEqual(0);
  }
});

test("bets on correlated types extract everything (Cremer and McLean); without ever paying bidders only where types tell enough", async () => {
  for (const [correlation, isEnough] of [
    ["1/10", false],
    ["1/3", true],
  ] as const) {
    const { environment } = correlatedPair({ situation: "auction", grid: { points: 3 }, correlation });
    const question = { objective: "max-surplus", budget: "none" } as const;
    const all = await designFor(posed(environment, { ...question, ic: "none" }));
    const bets = await designFor(posed(environment, question));
    const bound = await designFor(posed(environment, { ...question, ...never("all") }));
    expect(`${bets.optimum}`, correlation).toBe(`${all.optimum}`);
    expect(bound.optimum!.equals(bets.optimum!), correlation).toBe(isEnough);
    expect(bound.optimum!.compare(bets.optimum!), correlation).toBeLessThanOrEqual(0);
  }
});

test("a partnership cannot be dissolved if nobody is ever paid and the money has to add up", async () => {
  const { environment } = partnership({ agents: 2, grid: { points: 3 } });
  const design = await designFor(posed(environment, { ...never("all"), objective: "feasibility" }));
  expect([design.verdict, design.infeasible]).toEqual(["impossible", true]);
});

test("an agent that there is not is told so", () => {
  const { environment } = partnership({ agents: 2, grid: { points: 3 } });
  const { name } = environment.agents[0];
  expect(() => posed(environment, never(["nobody"]))).toThrow(
    new InputError(
      "question.neverPaid",
      'the unknown agent "nobody"',
      `all, or some of ${name}, ${environment.agents[1].name}`,
    ),
  );
  expect(() => posed(environment, { parameters: { neverPaid: [] } })).toThrow(InputError);
});
