import { OutcomeCuts } from "../../environment/outcome-cuts.js";
import { MenuMechanism } from "../../mechanism/menu-mechanism.js";
import { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import { MenuMultipliers, type MoneyPrice } from "../../proof/menus/menu-multipliers.js";
import { fitsInSums } from "./chosen-outcomes.js";
import { largestMenu } from "./largest-menu.js";
import { MenuDeficits } from "./menu-deficits.js";
import { menusBestAtTies } from "./menu-ties.js";
import type { StateDesign } from "./state-design.js";

/** Whether a problem's designs are menus by cut, whatever its efficient rule without lotteries. */
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
 * The generalised VCG payments of CE 3.3 for two outcomes: an agent's payment depends on the others only by the cut that they
 * make in the order of its types, so that there is one pair of prices for each cut, and a profile takes an addition.
 */
export function designByMenus(problem: Problem, ties: "first" | "last"): StateDesign {
  const { environment, question } = problem;
  const cuts = OutcomeCuts.of(environment, ties);
  if (!cuts) throw new Error("menus were asked for where there are none: this is a bug");
  const menus = environment.agents.map((_, agent) => largestMenu(environment, cuts, agent));
  const deficits = new MenuDeficits(
    environment,
    cuts,
    menus.map(({ prices }) => prices),
  );
  const vectors = menus.map(({ prices }) => new RationalVector(prices, environment.moneyDenominator));
  const mechanism = (money: MenuMechanism["money"], lowered = Rational.ZERO) =>
    new MenuMechanism(
      environment,
      ties,
      lowered.isZero ? vectors : vectors.map((own) => own.plus(lowered.negate())),
      money,
    );
  const dominant = question.ic === "dominant";
  const priced = (money: MoneyPrice, surplus = false, purpose: "bound" | "infeasibility" = "bound") => {
    const bindings = menus.map((menu) => menu.bindings);
    const multipliers = new MenuMultipliers(environment, cuts, purpose, dominant, bindings, money, surplus);
    return {
      multipliers,
      bestAtTies: question.ties !== "optimise" || menusBestAtTies(environment, multipliers),
    };
  };
  const free: MoneyPrice = { kind: "none" };
  const most = question.objective === "max-surplus";

  if (question.budget === "none") return { mechanism: mechanism(Rational.ZERO), ...priced(free, most) };
  if (question.budget === "ex-ante") {
    const missing = deficits.expectation();
    const everywhere: MoneyPrice = { kind: "expectation", price: 1 };
    if (missing.sign > 0) {
      if (!allowsSubsidy(question)) return priced(everywhere, false, "infeasibility");
      return { mechanism: mechanism(missing), ...priced(everywhere) };
    }
    if (question.balance === "no-deficit")
      return { mechanism: mechanism(Rational.ZERO), ...priced(free, most) };
    const share = missing.negate().divide(Rational.of(environment.agentCount));
    // What is paid in expectation is then the cost, which is no choice where ties are settled.
    const given: MoneyPrice = most ? { kind: "expectation", price: -1 } : free;
    return { mechanism: mechanism(Rational.ZERO, share), ...priced(given, most) };
  }
  const { missing, worst } = deficits.shortage();
  if (worst === undefined) return { mechanism: mechanism(Rational.ZERO), ...priced(free, most) };
  const alone: MoneyPrice = { kind: "at one profile", profile: worst };
  if (!allowsSubsidy(question)) return priced(alone, false, "infeasibility");
  if (question.objective === "min-worst-subsidy")
    return { mechanism: mechanism("what is missing"), ...priced(alone) };
  return { mechanism: mechanism("what is missing"), ...priced({ kind: "where missing", missing }) };
}
