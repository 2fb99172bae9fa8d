import { bestPostedPrice, postedPrices } from "../construction/posted-price.js";
import { designContinuum } from "../continuum-library.js";
import { designFor } from "../design.js";
import { gains } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { RandomSource } from "../generator/random-source.js";
import { expectation } from "../mechanism/interim.js";
import { Rational } from "../number/rational.js";
import { posed } from "../question/problem.js";
import type { Claim } from "./claim.js";
import { example } from "./example.js";
import { bracket } from "./printed.js";
import { lacking } from "./properties.js";
import { extremePoints, fixedPrice, tradeMechanism, tradeText } from "./trade-extreme-points.js";
import type { Trial } from "./trial.js";

const asked = {
  ic: "dominant",
  ir: "ex-post",
  budget: "ex-post",
  allocation: "free",
  objective: "max-gains",
} as const;

/** The distributions t^k of buyer and seller on [0, 1]. */
interface Powers {
  readonly buyer: number;
  readonly seller: number;
}

const tradeOf = ({ buyer, seller }: Powers) =>
  example("bilateral-trade", {
    buyer: { points: 4, distribution: { power: buyer } },
    seller: { points: 4, distribution: { power: seller } },
  });

/** How many prices are tried. */
const PRICES = 2048;

/**
 * Between which the largest expected gains of a posted price lie, for continuous types: those of the best of many prices, and as much
 * more as gains can change between two, whose slope is at most the sum of the largest densities.
 */
function bestPriceOf({ buyer, seller }: Powers): { readonly lower: Rational; readonly upper: Rational } {
  const power = (price: Rational, k: number) =>
    Rational.of(price.numerator ** BigInt(k), price.denominator ** BigInt(k));
  const gainsAt = (price: Rational) => {
    const values = Rational.ONE.subtract(power(price, buyer + 1)).multiply(Rational.of(buyer, buyer + 1));
    const costs = power(price, seller + 1).multiply(Rational.of(seller, seller + 1));
    const buys = Rational.ONE.subtract(power(price, buyer));
    return values.multiply(power(price, seller)).subtract(costs.multiply(buys));
  };
  const all = Array.from({ length: PRICES + 1 }, (_, k) => gainsAt(Rational.of(k, PRICES)));
  const lower = all.reduce(Rational.maximum);
  return { lower, upper: lower.add(Rational.of(buyer + seller, 2 * PRICES)) };
}

function gainsFromBestPrice(environment: Environment): Rational {
  const price = bestPostedPrice(environment);
  const mechanism = postedPrices(environment, [{ price, probability: Rational.ONE }]);
  return expectation(environment, (s) =>
    Rational.sum(
      mechanism
        .lottery(s)
        .map(({ outcome, probability }) => gains(environment, outcome, s).multiply(probability)),
    ),
  );
}

const fixedPrices: Claim = {
  id: "LN-6",
  kinds: ["theorem"],
  place: "Section 6, remark 3",
  about: "strategy-proof, balanced, voluntary trade is trade at fixed prices",
  says: "In trade the only mechanisms that are strategy-proof, individually rational and balanced at every profile trade at a fixed price that no report moves.",
  assumes: "Bilateral trade, private values, independent continuous types.",
  readings: [
    "A price that is drawn beforehand counts as fixed.",
    "It is tested by expected gains: the best price must bring as much as any such mechanism, with a lottery over outcomes or without, can.",
    "On discrete types no price is pinned down between two of them, and the claim does not hold: such mechanisms are the lotteries over the extreme points of a polytope, and some of these are no prices.",
  ],
  async test(trial) {
    const cells = trial.quick ? 5 : 10;
    for (const powers of [
      { buyer: 1, seller: 1 },
      { buyer: 2, seller: 1 },
      { buyer: 1, seller: 2 },
    ]) {
      const trade = tradeOf(powers);
      const { lower, upper } = await designContinuum(trade.instance, asked, { cells });
      trial.figure(
        `the largest expected gains of such mechanisms, where F = t^${powers.buyer} for the buyer and t^${powers.seller} for the seller`,
        { text: "the best price's", ...bestPriceOf(powers) },
        bracket(lower!, upper!),
        trade.run(`solve - --continuum --cells ${cells}`, asked),
      );
      trial.shows("the best price's own", { kind: "bracket", ...bestPriceOf(powers) }, []);
    }
    const apart = example("bilateral-trade", { buyer: { values: [1, 3] }, seller: { values: [0, 2] } });
    const alike = example("bilateral-trade", {
      buyer: { values: [0, 1, 2, 3, 4], weights: [4, 4, 1, 4, 1] },
      seller: { values: [0, 1, 2, 3, 4], weights: [1, 1, 4, 2, 1] },
    });
    for (const [words, trade] of [
      ["on discrete types more is possible than by prices", apart],
      ["also where both sides have the same types", alike],
    ] as const) {
      const { optimum } = await designFor(posed(trade.environment, asked));
      const atPrice = gainsFromBestPrice(trade.environment);
      trial.instead.fact(
        words,
        optimum !== undefined && optimum.compare(atPrice) > 0,
        trade.run("solve -", asked),
        [`${optimum} can be gained, and ${atPrice} by the best price.`],
      );
    }
    extremeMechanisms(trial);
    const uniform = (points: number) => example("bilateral-trade", { buyer: { points }, seller: { points } });
    await trial.instead.limit(
      "what can be gained beyond the best price, on midpoints of uniform types",
      { text: "0 in the limit", lower: Rational.ZERO, upper: Rational.ZERO },
      trial.grids([2, 4, 8, 12], [2, 4, 6]),
      uniform,
      "solve - --ic dominant --ir ex-post --budget ex-post --allocation free --objective max-gains",
      async ({ environment }) => {
        const { optimum } = await designFor(posed(environment, asked));
        return optimum!.subtract(gainsFromBestPrice(environment));
      },
    );
  },
};

/** So many random objectives look for extreme points. */
const DRAWS = 200;

/** Every such mechanism is a lottery over the extreme points of a polytope; which of them trade at a fixed price? */
function extremeMechanisms(trial: Trial): void {
  const places = [
    [
      [0, 1],
      [0, 1],
    ],
    [
      [0, 3],
      [1, 2],
    ],
    [
      [1, 2],
      [0, 3],
    ],
    [
      [1, 3],
      [0, 2],
    ],
    [
      [0, 1, 2],
      [0, 1, 2],
    ],
    ...(trial.quick
      ? []
      : [
          [
            [0, 1, 2, 3],
            [0, 1, 2, 3],
          ],
        ]),
  ];
  for (const [values, costs] of places) {
    const trade = example("bilateral-trade", { buyer: { values }, seller: { values: costs } });
    const types = {
      values: values.map((own) => Rational.of(own)),
      costs: costs.map((own) => Rational.of(own)),
    };
    const points = extremePoints(types, new RandomSource(DRAWS), trial.quick ? DRAWS / 4 : DRAWS);
    const fault = points
      .map((point) =>
        lacking(trade.environment, tradeMechanism(trade.environment, point), [...strategyProof]),
      )
      .find((found) => found !== undefined);
    const others = points.filter((point) => fixedPrice(point) === undefined);
    const isLottery = values.length === 2 && !(values[0] === 1 && values[1] === 3);
    const where = `with values ${values.join(", ")} and costs ${costs.join(", ")}`;
    const count = `${points.length} extreme points were found by random objectives, and audited; ${points.length - others.length} trade at a fixed price.`;
    const [smallest] = [...others].sort((a, b) => tradeText(types, a).length - tradeText(types, b).length);
    trial.instead.fact(
      isLottery
        ? `${where} every extreme point that was found trades at a fixed price: if they are all, such mechanisms are just the lotteries over prices`
        : `${where} some extreme points do not trade at a fixed price, and are no lotteries over prices`,
      fault === undefined && (others.length === 0) === isLottery,
      trade.run("solve -", asked),
      [count, ...(smallest ? [`One that does not: ${tradeText(types, smallest).join("; ")}.`] : [])],
    );
  }
}

const strategyProof = ["dominant-strategy IC", "ex post IR", "ex post balance"] as const;

export const fixedPriceClaims: readonly Claim[] = [fixedPrices];
