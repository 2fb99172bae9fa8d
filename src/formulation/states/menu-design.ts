import { OutcomeThresholds } from "../../engine/outcome-thresholds.js";
import { StructuredMechanism } from "../../mechanism/structured-mechanism.js";
import { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import { fitsInSums } from "./chosen-outcomes.js";
import { largestMenu } from "./largest-menu.js";
import { MenuDeficits } from "./menu-deficits.js";
import { leastMoney, type ProfileDesign } from "./profile-design.js";

/** Whether a problem's designs are menus by threshold, whatever its efficient rule without lotteries. */
export function hasMenus({ environment, question }: Problem): boolean {
  const { ic, budget, balance, allocation } = question;
  if (ic === "none" || allocation !== "efficient") return false;
  if (budget === "ex-post" && balance === "exact") return false;
  const { outcomes, hasPrivateValues, costs, outsideOptions, prior } = environment;
  if (outcomes.length !== 2 || !hasPrivateValues || costs.dependsOnProfile) return false;
  if (outsideOptions.some((table) => table.dependsOnProfile)) return false;
  return prior.kind === "independent" && fitsInSums(environment, 1);
}

/**
 * The generalised VCG payments of CE 3.3 for two outcomes: an agent's payment depends on the others only by the threshold that they
 * make in the order of its types, so that there is one pair of prices for each threshold, and a profile takes an addition.
 */
export function designByMenus(problem: Problem, ties: "first" | "last"): ProfileDesign {
  const { environment, givenRule } = problem;
  const thresholds = OutcomeThresholds.in(environment, ties);
  if (!thresholds) throw new Error("menus were asked for where there are none: this is a bug");
  const menus = environment.agents.map((_, agent) => largestMenu(environment, thresholds, agent));
  const deficits = new MenuDeficits(
    environment,
    thresholds,
    menus.map(({ prices }) => prices),
  );
  return leastMoney(
    problem,
    (money, lowered = Rational.ZERO) =>
      new StructuredMechanism(
        environment,
        {
          alike: false,
          rule: { kind: "efficient", ties },
          payments: menus.map(({ prices }) => ({
            kind: "menu",
            prices: new RationalVector(prices, environment.moneyDenominator).plus(lowered.negate()),
          })),
          money,
        },
        givenRule,
      ),
    menus.map(({ keepers }) => ({ kind: "menu", ties, keepers })),
    { expected: () => deficits.expectation(), short: () => deficits.shortage() },
  );
}
