import { describe, expect, it } from "vitest";
import { statusQuoLottery } from "../../../src/continuum/ex-post/status-quo-lottery.js";
import { Rational } from "../../../src/number/rational.js";
import { finite, onUnit, partnership, q, quadraticGood, rising, trade, uniform } from "./environments.js";

/** What the lottery is worth by itself, as a slope for each agent. */
function slopes(
  environment: ReturnType<typeof trade>,
  lottery: Awaited<ReturnType<typeof statusQuoLottery>>,
) {
  return environment.agents.map((_, i) =>
    Rational.sum(
      lottery!.map(({ types, probability }) =>
        environment.surplus.tangent(types).slopes[i].multiply(probability),
      ),
    ),
  );
}

describe("the status quo as a lottery over efficient outcomes", () => {
  it("gives each partner the good with the probability of its share", async () => {
    for (const shares of [
      ["1/3", "2/3"],
      ["1/10", "2/5", "1/2"],
    ]) {
      const environment = partnership(shares, rising);
      expect(slopes(environment, await statusQuoLottery(environment))).toEqual(shares.map(q));
    }
  });

  it("is no trade where that is an outcome", async () => {
    expect(slopes(trade(), await statusQuoLottery(trade()))).toEqual([Rational.ZERO, Rational.ZERO]);
  });

  it("is the endowment of a divisible good, which is efficient at some types", async () => {
    const environment = quadraticGood(q("454/1000"));
    const worth = environment.agents.map(({ outsideOption }) => outsideOption.pieces[0].coefficient(1));
    expect(slopes(environment, await statusQuoLottery(environment))).toEqual(worth);
  });

  it("does not exist where agents would rather stay out at some profile", async () => {
    const outcome = { label: "", slopes: [q(1), q(1)], constants: [q(0), q(0)], cost: q(0) };
    const outside = { density: uniform, outsideOption: onUnit("1/4") };
    expect(await statusQuoLottery(finite([outcome], [outside, outside]))).toBeUndefined();
  });
});
