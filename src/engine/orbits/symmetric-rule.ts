import type { AllocationRule } from "../../environment/lottery.js";
import { lcm, type Rational } from "../../number/rational.js";
import type { PricedRule, Rule } from "../../space/rule.js";
import { type ClassLottery, mixedClasses, type OrbitPattern, type OutcomeClass } from "./orbit-pattern.js";
import { OrbitScores, welfarePrices } from "./orbit-prices.js";
import { expectations, OrbitSums, type SymmetricOutcomes } from "./orbit-sums.js";
import type { OrbitTable, OrbitView } from "./orbit-table.js";

/** A rule that treats alike agents alike: what it does at profiles with increasing types, and what it is. */
export interface SymmetricRule {
  readonly rule: Rule;
  at(view: OrbitView): ClassLottery;
}

/** The classes of outcomes that a rule may choose from. */
export interface ClassChoice {
  readonly among: PricedRule["among"];
  at(view: OrbitView): readonly OutcomeClass[];
}

export const allClasses: ClassChoice = { among: "all", at: ({ pattern }) => pattern.classes };

/** The efficient ones: agents of impossible types count as well. */
export function efficientClasses(table: OrbitTable): ClassChoice {
  const welfare = new OrbitScores(table, welfarePrices(table), true);
  return { among: "efficient", at: (view) => welfare.allBest(view, view.pattern.classes) };
}

/** Every efficient outcome alike. */
export function uniformRule(table: OrbitTable): SymmetricRule {
  const choice = efficientClasses(table);
  return {
    rule: { kind: "efficient", ties: "uniform" },
    at: (view) => mixedClasses(choice.at(view).map((of) => ({ of, share: BigInt(of.outcomes.length) }))),
  };
}

/** The class of the first efficient outcome, or of the last. */
export function orderedRule(table: OrbitTable, ties: "first" | "last"): SymmetricRule {
  const choice = efficientClasses(table);
  const lastOf = ({ outcomes }: OutcomeClass) => outcomes.reduce((a, b) => Math.max(a, b));
  return {
    rule: { kind: "efficient", ties },
    at: (view) => {
      const classes = choice.at(view);
      if (ties === "first") return classes[0].surely;
      return classes.reduce((last, own) => (lastOf(own) > lastOf(last) ? own : last)).surely;
    },
  };
}

/** Of the choice, the first of the classes that score best. */
export function pricedRule(table: OrbitTable, choice: ClassChoice, scores: OrbitScores): SymmetricRule {
  const { environment, values } = table;
  const { perClass, perCost } = scores.prices;
  const perOutcome = environment.agents.map((_, agent) =>
    table.mass.flatMap((_mass, type) =>
      environment.outcomes.map((_outcome, x) => perClass[type * values.count + values.of(agent, x)]),
    ),
  );
  return {
    rule: { kind: "priced", among: choice.among, perOutcome, perCost },
    at: (view) => scores.best(view, choice.at(view)).surely,
  };
}

/** The rule that stands in the instance, known to treat agents alike. */
export function givenSymmetricRule(lottery: AllocationRule): SymmetricRule {
  return {
    rule: { kind: "given" },
    at: ({ profile, pattern }) => {
      const chosen = lottery(profile).filter(({ probability }) => !probability.isZero);
      const denominator = chosen.reduce(
        (common, { probability }) => lcm(common, probability.denominator),
        1n,
      );
      const shares = new Map<OutcomeClass, bigint>();
      for (const { outcome, probability } of chosen) {
        const of = pattern.classes[pattern.classOf[outcome]];
        const share = probability.numerator * (denominator / probability.denominator);
        shares.set(of, (shares.get(of) ?? 0n) + share);
      }
      return mixedClasses(Array.from(shares, ([of, share]) => ({ of, share })));
    },
  };
}

/** Chooses by one of several rules, with probabilities that sum to 1. */
export function mixedRule(
  parts: readonly { readonly weight: Rational; readonly rule: SymmetricRule }[],
): SymmetricRule {
  if (parts.length === 1) return parts[0].rule;
  const denominator = parts.reduce((common, { weight }) => lcm(common, weight.denominator), 1n);
  const shares = parts.map(({ weight }) => weight.numerator * (denominator / weight.denominator));
  // What the rules choose differs at few profiles, or in few ways: each way is mixed once for every pattern.
  const known = new WeakMap<OrbitPattern, Map<string, ClassLottery>>();
  return {
    rule: { kind: "mixture", parts: parts.map(({ weight, rule }) => ({ weight, rule: rule.rule })) },
    at: (view) => {
      const { pattern } = view;
      const chosen = parts.map(({ rule }) => rule.at(view));
      if (chosen.every((lottery) => lottery === chosen[0])) return chosen[0];
      const ways = known.get(pattern) ?? new Map<string, ClassLottery>();
      known.set(pattern, ways);
      const key = chosen.map(({ parts: [{ of }] }) => pattern.classOf[of.outcomes[0]]).join();
      const found = ways.get(key) ?? mixedLotteries(chosen, shares);
      ways.set(key, found);
      return found;
    },
  };
}

/** Of lotteries that each choose one class for sure. */
function mixedLotteries(chosen: readonly ClassLottery[], shares: readonly bigint[]): ClassLottery {
  const total = new Map<OutcomeClass, bigint>();
  chosen.forEach(({ parts: [{ of }] }, k) => {
    total.set(of, (total.get(of) ?? 0n) + shares[k]);
  });
  return mixedClasses(Array.from(total, ([of, share]) => ({ of, share })));
}

/** What one agent may expect of a rule: one pass over all orbits. */
export function symmetricOutcomes(table: OrbitTable, rule: SymmetricRule): SymmetricOutcomes {
  const sums = new OrbitSums(table);
  for (let orbit = 0; orbit < table.count; orbit++) {
    const view = table.view(orbit);
    sums.add(orbit, view, rule.at(view));
  }
  return expectations(table, sums.totals());
}
