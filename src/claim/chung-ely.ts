import { interimEquivalence } from "./chung-ely-bayesian.js";
import { monotonicity, pseudoEfficiency } from "./chung-ely-characterisation.js";
import { beliefFree } from "./chung-ely-concepts.js";
import { linearValues, tradeDeficit } from "./chung-ely-deficit.js";
import { generalisedVcgClaim, payoffEquivalence } from "./chung-ely-payments.js";
import { contingentPromises } from "./chung-ely-promises.js";
import { efficientProvision, provisionBudget } from "./chung-ely-provision.js";
import { thresholdRules } from "./chung-ely-thresholds.js";
import { leastDeficit, tradingGameClaim } from "./chung-ely-trade.js";
import type { Paper } from "./claim.js";

export const chungEly: Paper = {
  key: "CE",
  source: "Chung and Ely 2006",
  claims: [
    beliefFree,
    pseudoEfficiency,
    monotonicity,
    payoffEquivalence,
    generalisedVcgClaim,
    interimEquivalence,
    tradeDeficit,
    leastDeficit,
    tradingGameClaim,
    linearValues,
    efficientProvision,
    provisionBudget,
    thresholdRules,
    contingentPromises,
  ],
};
