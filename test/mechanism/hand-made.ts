import { certain, type Lottery } from "../../src/environment/lottery.js";
import { type Mechanism, tableMechanism } from "../../src/mechanism/mechanism.js";
import { vector } from "../environment/hand-made.js";

/** The friends see the film unless both are low. */
export const outUnlessBothLow: readonly Lottery[] = [certain(0), certain(1), certain(1), certain(1)];

type Money = string | number;

/** That rule with payments of ann and bob at low-low, low-high, high-low, high-high. */
export function priced(
  ann: readonly Money[],
  bob: readonly Money[],
  subsidies?: readonly Money[],
): Mechanism {
  return tableMechanism({
    lotteries: outUnlessBothLow,
    payments: [vector(...ann), vector(...bob)],
    subsidies: subsidies && vector(...subsidies),
  });
}
