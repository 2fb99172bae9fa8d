import type { Paper } from "./claim.js";
import { asymmetricClaims } from "./ke-asymmetric.js";
import { auctionClaims } from "./ke-auction.js";
import { fixedEndowmentClaims } from "./ke-fixed.js";
import { manyAgentClaims } from "./ke-many-agents.js";
import { preliminaryClaims } from "./ke-preliminaries.js";
import { privateGoodClaims } from "./ke-private.js";
import { outsideOptionClaims, publicGoodClaims } from "./ke-public.js";
import { regretClaims } from "./ke-regret.js";
import { tradeClaims } from "./ke-trade.js";

export const ke: Paper = {
  key: "KE",
  source: "Ke 2009",
  claims: [
    ...preliminaryClaims,
    ...privateGoodClaims,
    ...regretClaims,
    ...asymmetricClaims,
    ...publicGoodClaims,
    ...fixedEndowmentClaims,
    ...manyAgentClaims,
    ...auctionClaims,
    ...outsideOptionClaims,
    ...tradeClaims,
  ],
};
