import { bilateralTrade } from "./bilateral-trade.js";
import type { Family } from "./family.js";
import { partnership } from "./partnership.js";
import { publicGood } from "./public-good.js";
import { singleGoodAuction } from "./single-good-auction.js";

export { bilateralTrade, partnership, publicGood, singleGoodAuction };

/** Every family, by the name that instance files use. */
export const families: readonly Family[] = [bilateralTrade, partnership, publicGood, singleGoodAuction];
