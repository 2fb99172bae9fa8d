import { expect, test } from "vitest";
import { singleGoodAuction } from "../../models/index.js";
import { designFor } from "../../src/design.js";
import { InputError } from "../../src/fault/input-error.js";
import { Rational } from "../../src/number/rational.js";
import type { ParameterValue } from "../../src/question/parameter.js";
import { posed } from "../../src/question/problem.js";

const { environment } = singleGoodAuction({ agents: 2, grid: { points: 4 } });
const revenue = { objective: "max-surplus", allocation: "free", budget: "none" } as const;
const capped = (caps: ParameterValue, more = {}) =>
  designFor(posed(environment, { ...revenue, ...more, parameters: { paymentCaps: caps } }));

test("an auctioneer earns less from bidders who cannot pay much, and nothing from those who cannot pay at all", async () => {
  const { optimum: free } = await designFor(posed(environment, revenue));
  const { optimum: some, mechanism } = await capped("1/4");
  expect([some!.sign, some!.compare(free!)]).toEqual([1, -1]);
  for (let s = 0; s < environment.profiles.count; s++) {
    for (const i of [0, 1])
      expect(mechanism!.payment(i, s).compare(Rational.of(1, 4))).toBeLessThanOrEqual(0);
  }
  expect(`${(await capped("0")).optimum}`).toBe("0");
  // Who bids against a bidder without money is sold to as if alone, by a take-it-or-leave-it offer.
  const alone = await designFor(
    posed(singleGoodAuction({ agents: 1, grid: { points: 4 } }).environment, revenue),
  );
  expect(`${(await capped({ [environment.agents[0].name]: "0" })).optimum}`).toBe(`${alone.optimum}`);
});

test("surplus that nobody's participation bounds is bounded by what all can pay", async () => {
  const { unbounded } = await designFor(posed(environment, { ...revenue, ir: "none" }));
  expect(unbounded).toBe(true);
  const all = await capped("3/4", { ir: "none" });
  expect([all.unbounded, `${all.optimum}`]).toEqual([false, "3/2"]);
  const one = await capped({ [environment.agents[0].name]: "3/4" }, { ir: "none" });
  expect(one.unbounded).toBe(true);
});

test("caps of agents that there are not, or that are no numbers, are refused", async () => {
  const names = environment.agents.map(({ name }) => name).join(", ");
  await expect(async () => capped({ nobody: "1" })).rejects.toThrow(
    new InputError("question.paymentCaps", 'the unknown agent "nobody"', `some of ${names}`),
  );
  await expect(async () => capped("much")).rejects.toThrow(InputError);
});
