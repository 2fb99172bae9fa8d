import type { Paper } from "./claim.js";
import { balanceClaims } from "./lecture-notes-balance.js";
import { fixedPriceClaims } from "./lecture-notes-fixed-prices.js";
import { necessityClaims } from "./lecture-notes-necessity.js";
import { participationClaims } from "./lecture-notes-participation.js";
import { vcgClaims } from "./lecture-notes-vcg.js";

export const lectureNotes: Paper = {
  key: "LN",
  source: "Lecture notes, Part VI",
  claims: [...vcgClaims, ...balanceClaims, ...participationClaims, ...necessityClaims, ...fixedPriceClaims],
};
