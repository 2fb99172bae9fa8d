import type { Paper } from "./claim.js";
import { asymmetricClaims } from "./ke-asymmetric.js";
import { fixedEndowmentClaims } from "./ke-fixed.js";
import { privateGoodClaims } from "./ke-private.js";
import { publicGoodClaims } from "./ke-public.js";
import { regretClaims } from "./ke-regret.js";
import { tradeClaims } from "./ke-trade.js";

export const ke: Paper = {
  key: "KE",
  source: "Ke 2009",
  claims: [
    ...privateGoodClaims,
    ...regretClaims,
    ...asymmetricClaims,
    ...publicGoodClaims,
    ...fixedEndowmentClaims,
    ...tradeClaims,
  ],
};
