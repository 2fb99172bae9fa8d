import type { Paper } from "./claim.js";
import { asymmetricClaims } from "./ke-asymmetric.js";
import { privateGoodClaims } from "./ke-private.js";
import { regretClaims } from "./ke-regret.js";

export const ke: Paper = {
  key: "KE",
  source: "Ke 2009",
  claims: [...privateGoodClaims, ...regretClaims, ...asymmetricClaims],
};
