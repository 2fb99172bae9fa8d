import type { Environment } from "../environment/environment.js";
import { certain, type Lottery } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Construction } from "./construction.js";
import { lazyMechanism, lazyTable } from "./lazy-table.js";
import { optionNumbers } from "./option-text.js";
import { requirePrivateValues } from "./preconditions.js";
import { type TradeView, tradeView } from "./trade-view.js";

/** A price and the probability that it is the one that counts. */
export interface PriceChance {
  readonly price: Rational;
  readonly probability: Rational;
}

/**
 * Trade at a price drawn beforehand and independently of all reports, whenever the buyer's value is at least the price
 * and the price at least the seller's cost; the buyer pays what the seller gets. Dominant-strategy IC, ex post
 * individually rational and balanced (LN 6), and only as efficient as the prices are. Payments are expectations over
 * the draw. Throws InputError unless the instance is trade with private values and the probabilities sum to 1.
 */
export function postedPrices(
  environment: Environment,
  chances: readonly PriceChance[],
  name = "posted-price",
): Mechanism {
  const view = privateTrade(name, environment);
  const total = Rational.sum(chances.map(({ probability }) => probability));
  if (!total.equals(Rational.ONE) || chances.some(({ probability }) => probability.sign < 0)) {
    throw new InputError("probabilities", `numbers that sum to ${total}`, "numbers >= 0 with the sum 1");
  }
  const accepted = lazyTable((profile) => chances.filter(({ price }) => trades(view, price, profile)));
  const lottery = (profile: number): Lottery => {
    const probability = Rational.sum(accepted(profile).map((chance) => chance.probability));
    if (probability.isZero) return certain(view.noTrade);
    if (probability.equals(Rational.ONE)) return certain(view.trade);
    return [
      { outcome: view.noTrade, probability: Rational.ONE.subtract(probability) },
      { outcome: view.trade, probability },
    ];
  };
  return lazyMechanism(environment, lottery, (agent, profile) => {
    const paid = Rational.sum(accepted(profile).map(({ price, probability }) => price.multiply(probability)));
    return agent === view.buyer ? paid : paid.negate();
  });
}

/**
 * The price with the largest expected gains from trade, the lowest of them if there are several. Some value of the
 * buyer or cost of the seller is best: at prices in between fewer pairs trade. Throws InputError as `postedPrices`.
 */
export function bestPostedPrice(environment: Environment, name = "posted-price"): Rational {
  const view = privateTrade(name, environment);
  const everywhere = Array.from({ length: environment.profiles.count }, (_, s) => s);
  const values = everywhere.map((s) => view.value(s));
  const costs = everywhere.map((s) => view.cost(s));
  const gains = everywhere.map((s) =>
    environment.prior.probability(s).multiply(values[s].subtract(costs[s])),
  );
  const gainsAt = (price: Rational) => {
    const total = new RationalSum();
    for (const s of everywhere) {
      if (values[s].compare(price) >= 0 && costs[s].compare(price) <= 0) total.add(gains[s]);
    }
    return total.value;
  };
  return distinct([...values, ...costs])
    .map((price) => ({ price, gains: gainsAt(price) }))
    .reduce((best, next) => (next.gains.compare(best.gains) > 0 ? next : best)).price;
}

function trades(view: TradeView, price: Rational, profile: number): boolean {
  return view.value(profile).compare(price) >= 0 && view.cost(profile).compare(price) <= 0;
}

function privateTrade(name: string, environment: Environment): TradeView {
  const view = tradeView(name, environment);
  requirePrivateValues(name, environment);
  return view;
}

/** Each value once, from the smallest. */
function distinct(values: readonly Rational[]): Rational[] {
  const byText = new Map(values.map((value) => [value.toString(), value]));
  return [...byText.values()].sort((a, b) => a.compare(b));
}

export const postedPriceConstruction: Construction = {
  name: "posted-price",
  summary: "Trade at a fixed price, whenever both agree.",
  about: "Trade at a price fixed beforehand, whenever both agree.",
  source: "Hagerty and Rogerson 1987",
  example: "bilateral-trade-uniform-10",
  versions: ["exact"],
  options: { price: "the price (default: the one with the largest expected gains from trade)" },
  build: ({ environment }, { options }) => {
    const price = optionNumbers(options, "price", 1)?.[0] ?? bestPostedPrice(environment);
    return postedPrices(environment, [{ price, probability: Rational.ONE }]);
  },
};

export const postedPriceLotteryConstruction: Construction = {
  name: "posted-price-lottery",
  summary: "Trade at a price drawn from a lottery.",
  about: "Trade at a price drawn beforehand from a fixed lottery, whenever both agree.",
  source: "Hagerty and Rogerson 1987",
  example: "bilateral-trade-uniform-10",
  versions: ["exact"],
  options: {
    prices: "the prices, separated by commas (default: the median types of buyer and seller)",
    probabilities: "their probabilities (default: equal)",
  },
  build: ({ environment }, { options }) => {
    const name = "posted-price-lottery";
    const prices = optionNumbers(options, "prices") ?? medianPrices(environment, name);
    const probabilities =
      optionNumbers(options, "probabilities", prices.length) ??
      prices.map(() => Rational.of(1, prices.length));
    return postedPrices(
      environment,
      prices.map((price, k) => ({ price, probability: probabilities[k] })),
      name,
    );
  },
};

/** The value of the buyer's middle type and the cost of the seller's. */
function medianPrices(environment: Environment, name: string): Rational[] {
  const view = privateTrade(name, environment);
  const middle = environment.profiles.profileOf(environment.profiles.sizes.map((m) => Math.floor(m / 2)));
  return [view.value(middle), view.cost(middle)];
}
