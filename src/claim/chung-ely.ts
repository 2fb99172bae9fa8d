import { monotonicity, pseudoEfficiency } from "./chung-ely-characterisation.js";
import { beliefFree } from "./chung-ely-concepts.js";
import type { Paper } from "./claim.js";

export const chungEly: Paper = {
  key: "CE",
  source: "Chung and Ely 2006",
  claims: [beliefFree, pseudoEfficiency, monotonicity],
};
