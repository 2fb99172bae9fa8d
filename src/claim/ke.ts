import type { Paper } from "./claim.js";
import { asymmetricClaims } from "./ke-asymmetric.js";
import { auctionClaims } from "./ke-auction.js";
import { combinationClaims } from "./ke-combinations.js";
import { endowmentClaims } from "./ke-endowments.js";
import { fixedEndowmentClaims } from "./ke-fixed.js";
import { lemmaClaims } from "./ke-lemmas.js";
import { manyAgentClaims } from "./ke-many-agents.js";
import { outsideOptionClaims } from "./ke-outside.js";
import { privateGoodClaims } from "./ke-private.js";
import { publicGoodClaims } from "./ke-public.js";
import { regretClaims } from "./ke-regret.js";
import { surplusClaims } from "./ke-surplus.js";
import { tradeClaims } from "./ke-trade.js";

export const ke: Paper = {
  key: "KE",
  source: "Ke 2009",
  claims: [
    ...surplusClaims,
    ...combinationClaims,
    ...lemmaClaims,
    ...privateGoodClaims,
    ...regretClaims,
    ...asymmetricClaims,
    ...publicGoodClaims,
    ...fixedEndowmentClaims,
    ...manyAgentClaims,
    ...auctionClaims,
    ...outsideOptionClaims,
    ...tradeClaims,
    ...endowmentClaims,
  ],
};
