import { gains } from "../environment/efficiency.js";
import { deficit, expectation } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { wholeExpectedGains } from "../mechanism/whole/whole-audit.js";
import { wholeOf } from "../mechanism/whole/whole-of.js";
import { wholeMoney } from "../mechanism/whole/whole-report.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Problem } from "./problem.js";
import { allowsSubsidy, type Question } from "./question.js";

/** Whether the question wants its objective as large as possible, or as small. */
export function isMaximised({ objective }: Question): boolean {
  return objective === "max-surplus" || objective === "max-gains";
}

/** What the question measures a mechanism by, in the sense in which it is asked. Zero for mere feasibility. */
export function objectiveOf(problem: Problem, mechanism: Mechanism): Rational {
  switch (problem.question.objective) {
    case "feasibility":
      return Rational.ZERO;
    case "min-subsidy":
      return allowsSubsidy(problem.question) ? expectedSubsidy(problem, mechanism) : Rational.ZERO;
    case "min-worst-subsidy":
      return allowsSubsidy(problem.question) ? worstSubsidy(problem, mechanism) : Rational.ZERO;
    case "max-surplus":
      return expectedSurplus(problem, mechanism);
    case "max-gains":
      return expectedGains(problem, mechanism);
  }
}

/** `E z`. */
export function expectedSubsidy({ environment }: Problem, mechanism: Mechanism): Rational {
  const whole = wholeOf(environment, mechanism);
  if (whole) return wholeMoney(whole).expectedSubsidy;
  return expectation(environment, (profile) => mechanism.subsidy(profile));
}

/** `max_s z(s)`, over all profiles, those of probability zero included. */
export function worstSubsidy({ environment }: Problem, mechanism: Mechanism): Rational {
  let worst = Rational.ZERO;
  for (let s = 0; s < environment.profiles.count; s++) worst = Rational.maximum(worst, mechanism.subsidy(s));
  return worst;
}

/** `E[-deficit]`: what payments leave beyond the cost. */
export function expectedSurplus({ environment }: Problem, mechanism: Mechanism): Rational {
  const whole = wholeOf(environment, mechanism);
  if (whole) return wholeMoney(whole).expectedSurplus;
  return expectation(environment, (profile) => deficit(environment, mechanism, profile)).negate();
}

/** `E[sum_i (v_i - u_i) - r]`: welfare beyond the outside options. */
export function expectedGains({ environment }: Problem, mechanism: Mechanism): Rational {
  const whole = wholeOf(environment, mechanism);
  if (whole) return wholeExpectedGains(whole);
  return expectation(environment, (profile) => {
    const total = new RationalSum();
    for (const { outcome, probability } of mechanism.lottery(profile)) {
      total.addProduct(probability, gains(environment, outcome, profile));
    }
    return total.value;
  });
}
