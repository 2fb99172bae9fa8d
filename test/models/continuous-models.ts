import type { Model } from "../../models/family.js";
import {
  bilateralTrade,
  fixedEndowment,
  partnership,
  privateGoodProduction,
  publicGood,
  publicProjects,
  singleGoodAuction,
  squareRootGood,
  twoResidents,
} from "../../models/index.js";

export const tent = {
  density: [
    { from: 0, to: "1/2", coefficients: [0, 4] },
    { from: "1/2", to: 1, coefficients: [4, -4] },
  ],
};
const withAtom = {
  density: [{ from: 0, to: 1, coefficients: ["3/4"] }],
  atoms: [
    { at: 0, probability: "1/8" },
    { at: "1/3", probability: "1/8" },
  ],
};
const square = { points: 4, distribution: { power: 2 }, from: "1/2", to: 3 };
const wide = { points: 3, distribution: tent, from: 1, to: 4 };
const pair = { grids: [square, wide] };

/** Models whose grids stand for continuous types, by what is special about them. */
export const models: readonly (readonly [string, Model])[] = [
  ["bilateral-trade by cost", bilateralTrade({ buyer: square, seller: wide })],
  ["bilateral-trade by value", bilateralTrade({ buyer: wide, seller: square, convention: "value" })],
  [
    "bilateral-trade with atoms",
    bilateralTrade({ buyer: { points: 5, distribution: withAtom }, seller: square }),
  ],
  ["partnership", partnership({ ...pair, shares: ["1/10", "9/10"] })],
  ["public-good", publicGood({ grids: [square, wide, square], cost: 5 })],
  ["public-projects", publicProjects({ ...pair, outsideOptions: [2, "1/3"] })],
  ["single-good-auction", singleGoodAuction({ ...pair, sellerValue: 1 })],
  ["private-good-production by owner", privateGoodProduction({ ...pair, gamma: 3 })],
  ["private-good-production by designer", privateGoodProduction({ ...pair, production: "by-designer" })],
  ["two-residents", twoResidents({ ...pair, c: 2, autarky: "none" })],
  ["fixed-endowment", fixedEndowment({ ...pair, endowments: ["1/4", "3/4"] })],
  ["fixed-endowment that nobody owns", fixedEndowment({ grids: [square, wide, square] })],
  ["square-root-good", squareRootGood({ ...pair, endowments: ["9/25", "16/25"] })],
];
