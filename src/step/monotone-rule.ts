import type { Environment } from "../environment/environment.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import { constantMoney } from "../mechanism/forms.js";
import type { Payment } from "../mechanism/payments.js";
import { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { RationalVector } from "../number/rational-vector.js";
import { asked } from "../question/problem.js";
import { lotteries } from "../space/lotteries.js";
import { oneDimension } from "../space/one-dimension.js";
import { Space } from "../space/space.js";
import type { InterimAnswer } from "./interim-payments.js";
import type { Step } from "./step.js";

/** Payments at more profiles than this are not listed. */
const MOST_PROFILES = 200_000;

/**
 * Incentives at every profile are no more than incentives in expectation (theory, section 13) where types are independent, values
 * private and types differ by one number, if the rule that is best in expectation brings a type more the larger that number is at *every*
 * profile. Whether it does is looked up on the way back, and so is participation where it is asked at every profile. A
 * budget is not asked at every profile.
 */
export const monotoneRule: Step<InterimAnswer, StructuredMechanism | undefined> = {
  name: "a rule that is monotone at every profile",
  theorem: "Mookherjee and Reichelstein 1992",
  obstacle: ({ environment, question }) => {
    if (question.ic !== "ex-post" && question.ic !== "dominant")
      return "incentives are not asked at every profile";
    if (question.budget === "ex-post") return "incentives and budget are asked at every profile";
    if (environment.prior.kind !== "independent") return "the types are correlated";
    if (!environment.hasPrivateValues) return "values are interdependent";
    if (environment.profiles.count > MOST_PROFILES) return "payments at so many profiles are not listed";
    return orders(environment) ? undefined : "types differ by more than one number";
  },
  apply: (problem) => {
    const { environment, givenRule: given, question } = problem;
    return {
      to: asked(problem, { ic: "bayesian", ir: question.ir === "ex-post" ? "interim" : question.ir }),
      back: ({ rule, payments, subsidy, gains }) => {
        const chosen = lotteries(environment, rule, given, false);
        const utilities = gains();
        const tables = orders(environment)!.map((order, agent) =>
          paidByProfile(environment, chosen, {
            agent,
            order,
            paid: payments[agent],
            gained: utilities[agent],
            takesPart: question.ir === "ex-post",
          }),
        );
        if (!tables.every((amounts) => amounts !== undefined)) return undefined;
        const byProfile = tables.map((amounts): Payment => ({ kind: "table", amounts }));
        const parts = { alike: false, rule, payments: byProfile, money: constantMoney(subsidy) };
        return new StructuredMechanism(environment, parts, given);
      },
    };
  },
};

/** By agent, its types in the order of the number by which they differ; undefined where they do not, or two have the same. */
function orders(environment: Environment): number[][] | undefined {
  const found = Space.of(environment).groups.map((group) => {
    const theta = oneDimension(group)?.theta;
    if (!theta || new Set(theta).size < theta.length) return undefined;
    return theta.map((_, type) => type).sort((a, b) => (theta[a] < theta[b] ? -1 : 1));
  });
  return found.every((order) => order !== undefined) ? found : undefined;
}

interface Own {
  readonly agent: number;
  readonly order: readonly number[];
  /** Interim payments, and what types gain beyond their outside options. */
  readonly paid: RationalVector;
  readonly gained: RationalVector;
  /** At every profile. */
  readonly takesPart: boolean;
}

/**
 * Payments at every profile whose expectations are the interim payments; undefined where the rule is not monotone, or some type
 * does not take part that should. The type that gains least in expectation pays what leaves it that gain at every profile. From
 * type to type payments rise by something between what the step is worth to the lower and to the higher one: between the two in the
 * same proportion at every profile as in expectation.
 */
function paidByProfile(
  environment: Environment,
  rule: AllocationRule,
  { agent, order, paid, gained, takesPart }: Own,
): RationalVector | undefined {
  const { profiles, prior } = environment;
  const others = Array.from({ length: profiles.othersCount(agent) }, (_, o) => profiles.withOthers(agent, o));
  const places = order.map((type) => others.map((from) => profiles.replace(from, agent, type)));
  const beliefs = others.map((from) => prior.belief(agent, from));
  const expected = (values: readonly Rational[]) => {
    const sum = new RationalSum();
    for (const [o, value] of values.entries()) sum.addProduct(beliefs[o], value);
    return sum.value;
  };
  const worth = (lottery: Lottery, profile: number) => {
    const sum = new RationalSum();
    for (const { outcome, probability } of lottery)
      sum.addProduct(probability, environment.value(agent, outcome, profile));
    return sum.value;
  };
  const chosen = places.map((row) => row.map(rule));
  const beyond = (k: number, o: number) => {
    const profile = places[k][o];
    return worth(chosen[k][o], profile).subtract(environment.outsideOption(agent, profile));
  };
  /** By how much payments rise from the type before. */
  const rises = (k: number): Rational[] | undefined => {
    const step = (type: number) =>
      others.map((_, o) => {
        const profile = places[type][o];
        return worth(chosen[k][o], profile).subtract(worth(chosen[k - 1][o], profile));
      });
    const [low, high] = [step(k - 1), step(k)];
    if (low.some((own, o) => own.compare(high[o]) > 0)) return undefined;
    const [least, most] = [expected(low), expected(high)];
    const rise = paid
      .at(order[k])
      .subtract(paid.at(order[k - 1]))
      .subtract(least);
    const share = rise.isZero ? Rational.ZERO : rise.divide(most.subtract(least));
    return low.map((own, o) => own.add(share.multiply(high[o].subtract(own))));
  };
  const all: Rational[][] = [[]];
  for (let k = 1; k < order.length; k++) {
    const own = rises(k);
    if (!own) return undefined;
    all.push(own);
  }
  const amounts = new Array<Rational>(profiles.count);
  const least = order.reduce(
    (so, type, k) => (gained.at(type).compare(gained.at(order[so])) < 0 ? k : so),
    0,
  );
  for (const [o, profile] of places[least].entries()) {
    amounts[profile] = beyond(least, o).subtract(gained.at(order[least]));
    for (let k = least + 1; k < order.length; k++)
      amounts[places[k][o]] = amounts[places[k - 1][o]].add(all[k][o]);
    for (let k = least; k > 0; k--) amounts[places[k - 1][o]] = amounts[places[k][o]].subtract(all[k][o]);
  }
  const isWilling = (k: number, o: number) => amounts[places[k][o]].compare(beyond(k, o)) <= 0;
  if (takesPart && !order.every((_, k) => others.every((_, o) => isWilling(k, o)))) return undefined;
  return RationalVector.from(amounts);
}
