import { bilateralTrade } from "./bilateral-trade.js";
import type { Family } from "./family.js";

export { bilateralTrade };

/** Every family, by the name that instance files use. */
export const families: readonly Family[] = [bilateralTrade];
