import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { Rational } from "../number/rational.js";
import type { Problem } from "../problem/problem.js";
import { allowsSubsidy } from "../problem/question.js";
import { requirements } from "../problem/requirement.js";
import { type RequirementFinding, requiredProperties } from "../problem/requirements.js";
import { Audit } from "./audit.js";

/** What a mechanism meets of what a question requires, and what the question measures it by. */
export interface JudgedMechanism {
  readonly findings: readonly RequirementFinding[];
  readonly objective: Rational;
}

export function judgedMechanism({ question }: Problem, mechanism: StructuredMechanism): JudgedMechanism {
  const names = requiredProperties(question);
  const linear = names.flatMap((name) => (name in requirements ? [requirements[name as keyof typeof requirements]] : []));
  const expectations = question.objective === "max-surplus" || question.objective === "max-gains";
  const audit = new Audit(mechanism, { requirements: linear, question, expectations });
  return {
    findings: [
      { requirement: "allowed outcomes", ...audit.allocation.allowedOutcomes },
      ...names.map((requirement) => ({
        requirement,
        ...(requirement === "lotteries"
          ? audit.allocation.lotteries
          : audit.finding(requirements[requirement as keyof typeof requirements])),
      })),
    ],
    objective: objectiveOf(audit),
  };
  function objectiveOf(found: Audit): Rational {
    switch (question.objective) {
      case "feasibility":
        return Rational.ZERO;
      case "min-subsidy":
        return allowsSubsidy(question) ? found.expectedSubsidy : Rational.ZERO;
      case "min-worst-subsidy":
        return allowsSubsidy(question) ? found.worstSubsidy : Rational.ZERO;
      case "max-surplus":
        return found.expectedRevenue.subtract(found.expectedCost);
      case "max-gains":
        return found.expectedGains;
    }
  }
}
