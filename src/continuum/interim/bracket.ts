import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import type { Bracket } from "../method.js";
import type { LeastConstant } from "./certificate.js";
import type { ExpectedSurplus } from "./expected-surplus.js";
import { leastLeft, type MoneyRange, moneyBeyond, moneyOfConstants } from "./profile-money.js";
import { isGrovesAtProfiles, participationOf } from "./scope.js";
import { expectationOf } from "./type-law.js";

interface Interval {
  readonly lower: Rational;
  readonly upper: Rational;
}

/**
 * The optimum, from the expected surplus and the constants that participation asks for. The theorems are those that the head of
 * the judge states; `money` is their `sigma`.
 */
export function bracketOf(
  environment: ContinuousEnvironment,
  question: Question,
  surplus: ExpectedSurplus,
  participation: readonly LeastConstant[],
): Bracket {
  const { budget, balance, objective } = question;
  const gains = less(surplus, outsideOptions(environment));
  const money = moneyNeeded(environment, question, surplus, participation);
  if (objective === "max-surplus" || objective === "max-gains") {
    const isSettled = objective === "max-surplus" && budget !== "none" && balance === "exact";
    const { lower, upper } = isSettled ? NOTHING : objective === "max-gains" ? gains : negative(money!);
    if (budget === "none" || !money || money.upper.sign <= 0) return { lower, upper };
    return money.lower.sign > 0 ? { contradiction: money.lower } : { upper };
  }
  if (budget === "none") return NOTHING;
  const least = money ? notNegative(money) : NOTHING;
  return isGrovesAtProfiles(environment, question)
    ? atProfiles(environment, question, surplus, money)
    : least;
}

/** The least expected outside money where it may be negative, which is money that is left over; undefined: as much as one likes. */
function moneyNeeded(
  environment: ContinuousEnvironment,
  question: Question,
  { lower, upper }: ExpectedSurplus,
  participation: readonly LeastConstant[],
): Interval | undefined {
  const { agents } = environment;
  switch (participationOf(environment, question)) {
    case "none":
      return undefined;
    case "ex-ante":
      return negative(less({ lower, upper }, outsideOptions(environment)));
    case "interim": {
      const others = Rational.of(agents.length - 1);
      return {
        lower: Rational.sum([others.multiply(lower), ...participation.map((least) => least.lower)]),
        upper: Rational.sum([others.multiply(upper), ...participation.map((least) => least.upper)]),
      };
    }
    case "ex-post": {
      const [m1, m2] = leastLeft(environment);
      const left = expectationOf(m1, agents[1]).add(expectationOf(m2, agents[0]));
      return less({ lower, upper }, left);
    }
  }
}

/** Groves mechanisms whose money adds up at every profile: the one that leaves least, and if its money is negative somewhere, less for all. */
function atProfiles(
  environment: ContinuousEnvironment,
  question: Question,
  surplus: ExpectedSurplus,
  money: Interval | undefined,
): Bracket {
  const others = Rational.of(environment.agents.length - 1);
  const exPost = participationOf(environment, question) === "ex-post";
  const range: MoneyRange = exPost
    ? moneyBeyond(environment, leastLeft(environment))
    : moneyOfConstants(environment);
  // What constants add to the money at every profile, before it must not be negative.
  const added = exPost ? NOTHING : money && less(money, others.multiply(surplus.lower));
  const lower = money ? Rational.maximum(money.lower, Rational.ZERO) : Rational.ZERO;
  if (question.balance === "no-deficit" && (!added || isAtMostZero(range, added))) return NOTHING;
  if (!range.lower) return { lower };
  const alone = others.multiply(surplus.upper).subtract(range.lower);
  if (!money || !added) return { lower, upper: alone };
  const shortfall = exPost ? Rational.maximum(Rational.ZERO, range.lower.negate()) : undefined;
  return { lower, upper: shortfall ? money.upper.add(shortfall) : Rational.maximum(money.upper, alone) };
}

function isAtMostZero({ upper }: MoneyRange, added: Interval): boolean {
  return upper !== undefined && upper.add(added.upper).sign <= 0;
}

function outsideOptions({ agents }: ContinuousEnvironment): Rational {
  return Rational.sum(agents.map((agent) => expectationOf(agent.outsideOption, agent)));
}

function less({ lower, upper }: Interval, amount: Rational): Interval {
  return { lower: lower.subtract(amount), upper: upper.subtract(amount) };
}

function negative({ lower, upper }: Interval): Interval {
  return { lower: upper.negate(), upper: lower.negate() };
}

function notNegative({ lower, upper }: Interval): Interval {
  return { lower: Rational.maximum(lower, Rational.ZERO), upper: Rational.maximum(upper, Rational.ZERO) };
}

const NOTHING: Interval = { lower: Rational.ZERO, upper: Rational.ZERO };
