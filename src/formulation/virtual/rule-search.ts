import type { Multipliers, Price } from "../../certificate/multipliers.js";
import { expectedMoney } from "../../certificate/price-blocks.js";
import { Rational } from "../../number/rational.js";
import type { Solver } from "../../solver/solver.js";
import type { PricedRule } from "../../space/rule.js";
import { flowPrices, type PaymentFlow } from "../payment-design.js";
import type { Limits, Resolution } from "../resolution.js";
import type { ExpectedRule, RuleDesign, RuleDesigns } from "../rule-design.js";
import type { Size } from "../size.js";
import { ironed } from "./ironing.js";
import { type MixtureGoal, RuleMaster, signature } from "./rule-master.js";
import { bestMixture } from "./rule-mixture.js";
import { bestRule, lagrangian, type Prices } from "./virtual-values.js";

export type SearchResult = Pick<Resolution, "mechanism" | "multipliers" | "shortfall" | "solver"> & {
  readonly size?: Size;
};

/** A design, prices that bound what any brings beyond its cost, and why the bound was not attained. */
interface MostSurplus extends Pick<SearchResult, "solver" | "size" | "shortfall"> {
  readonly design: RuleDesign;
  readonly flow: PaymentFlow;
  /** The flow before it was ironed. */
  readonly along: PaymentFlow;
}

/** A rule with its best payments, what they bring beyond cost, and its gains. */
interface Valued {
  readonly design: RuleDesign;
  readonly surplus: Rational;
  readonly gains: Rational;
}

/** So many rules are tried one after the other before mixtures are. */
const MOST_RULES_ALONE = 8;
/** So many prices of money are tried before all prices are left to the solver. */
const MOST_PRICES_OF_MONEY = 60;

/**
 * The best rule where it is left to the design (theory, section 12). What proves one rule's payments largest is a flow of prices, at which the best
 * rule is read off profile by profile, or orbit by orbit; if that rule's own payments attain the bound, none brings more. Gains that
 * have to be paid for are searched along the price of money in the same way. Mixtures of rules are searched only where this
 * does not lead to the bound, and there is a solver.
 */
export class RuleSearch {
  private readonly among: PricedRule["among"];
  private readonly rules: ExpectedRule[] = [];
  private readonly end: number;

  constructor(
    private readonly designs: RuleDesigns,
    private readonly solver: Solver | undefined,
    private readonly limits: Limits,
  ) {
    this.among = designs.problem.question.allocation === "free" ? "all" : "efficient";
    this.end = performance.now() + 1000 * (limits.timeLimit ?? Number.POSITIVE_INFINITY);
  }

  /** Undefined where no payments implement an efficient rule, as may be where its cost depends on types. */
  async best(): Promise<SearchResult | undefined> {
    const { designs } = this;
    const { allocation, objective } = designs.problem.question;
    // At profiles that nobody expects as well: some payments implement it whatever else is asked.
    const efficient = this.enter(designs.expected({ kind: "efficient", ties: "first" }));
    if (efficient.isUnpriced) return this.answer(efficient);
    if (!efficient.flow) return undefined;
    const { design, flow, along, ...rest } = await this.mostSurplus(efficient);
    // An efficient rule falls short; if another does not, gains are to be traded against money.
    const isTraded = allocation === "free" && objective === "max-gains" && design.best !== undefined;
    return isTraded ? this.mostGains(design, along) : { ...this.answer(design, flow), ...rest };
  }

  private enter(rule: ExpectedRule): RuleDesign {
    this.rules.push(rule);
    return this.designs.design(rule);
  }

  /** The best rule at prices that are ironed, and the bound that it shows: attained where the prices are on what binds. */
  private bestAt(prices: Prices): { flow: PaymentFlow; rule: ExpectedRule; bound: Rational } {
    const { space } = this.designs;
    const smooth = ironed(space, prices);
    const rule = this.designs.expected(bestRule(space, this.among, smooth));
    return { flow: smooth.flow, rule, bound: lagrangian(space, smooth, rule) };
  }

  private get isOver(): boolean {
    return this.limits.signal?.aborted === true || performance.now() > this.end;
  }

  /** What the design's own multipliers prove, or a flow in place of its own. */
  private answer(design: RuleDesign, flow?: PaymentFlow): SearchResult {
    const mechanism = this.designs.mechanism(design);
    const { multipliers } = design;
    if (!flow || design.isUnpriced) return { mechanism, multipliers };
    const money = multipliers.prices.filter((block) => block.kind !== "paths" && block.on === "budget");
    return { mechanism, multipliers: { ...multipliers, prices: [...flowPrices(flow), ...money] } };
  }

  /** The most that payments can bring beyond cost, or, where no more is asked, payments that cover the cost. */
  private async mostSurplus(efficient: RuleDesign): Promise<MostSurplus> {
    const { designs } = this;
    let best = efficient;
    let bounding = efficient;
    let least: { readonly bound: Rational; readonly flow: PaymentFlow } | undefined;
    while (this.rules.length < MOST_RULES_ALONE && !this.isOver) {
      const { flow: along, surplus } = implemented(bounding);
      const { flow, rule, bound } = this.bestAt(surplusPrices(along));
      if (bound.equals(implemented(best).surplus)) return { design: best, flow, along };
      if (!least || bound.compare(least.bound) < 0) least = { bound, flow };
      if (bound.equals(surplus) || this.rules.some((known) => signature(known) === signature(rule))) break;
      const design = this.enter(rule);
      if (design.surplus?.equals(bound) || design.isUnpriced) return { design, flow, along };
      if (!design.surplus) break;
      if (design.surplus.compare(implemented(best).surplus) > 0) best = design;
      bounding = design;
    }
    const { mixture, parts, ...how } = await this.mixed("surplus");
    const { flow: along } = implemented(best);
    if (!mixture) return { design: best, flow: least?.flow ?? along, along, ...how };
    return { design: designs.design(designs.mixture(parts)), flow: mixture.prices.flow, along, ...how };
  }

  /**
   * The most gains whose payments cover the cost, given a design that covers it and a flow that bounds surplus. At each price
   * of money the flow, ironed for it, gives the best rule; the price at which one that falls short and one that does not are
   * equally good is found in finitely many steps. If the bound at that price is what both are worth, a mixture of the two
   * that covers the cost just so is best.
   */
  private async mostGains(covering: RuleDesign, flow: PaymentFlow): Promise<SearchResult> {
    const { designs, rules } = this;
    let [short, ...others] = rules.flatMap((rule) => this.valued(designs.design(rule)) ?? []);
    let ample = others.reduce((a, b) => (b.surplus.compare(a.surplus) > 0 ? b : a), short);
    let [least, multipliers]: [Rational | undefined, Multipliers] = [
      undefined,
      this.traded(GAINS.flow, Rational.ZERO),
    ];
    for (let k = 0; k < MOST_PRICES_OF_MONEY && ample.surplus.sign >= 0 && !this.isOver; k++) {
      const money = short.gains.subtract(ample.gains).divide(ample.surplus.subtract(short.surplus));
      const found = this.bestAt({ flow: scaled(flow, money), money, gains: Rational.ONE });
      if (!least || found.bound.compare(least) < 0)
        [least, multipliers] = [found.bound, this.traded(found.flow, money)];
      const worth = ({ gains, surplus }: Valued) => gains.add(money.multiply(surplus));
      if (found.bound.equals(worth(short)))
        return { ...this.answer(this.justCovering(short, ample)), multipliers };
      const next = this.valued(this.enter(found.rule));
      if (!next || worth(next).compare(worth(short)) <= 0) break;
      if (next.surplus.sign < 0) short = next;
      else ample = next;
    }
    const { mixture, parts, ...how } = await this.mixed("gains");
    if (!mixture) {
      const design = ample.surplus.sign < 0 ? covering : this.justCovering(short, ample);
      return { ...this.answer(design), multipliers, ...how };
    }
    const { flow: priced, money: price } = mixture.prices;
    const design = designs.design(designs.mixture(parts));
    return { ...this.answer(design), multipliers: this.traded(priced, price), ...how };
  }

  /** The mixture of two rules whose payments cover its cost just so. */
  private justCovering(short: Valued, ample: Valued): RuleDesign {
    const share = ample.surplus.divide(ample.surplus.subtract(short.surplus));
    const parts = [
      { weight: share, of: short.design },
      { weight: Rational.ONE.subtract(share), of: ample.design },
    ];
    return this.designs.design(this.designs.mixture(parts));
  }

  /** What a rule brings; undefined where no payments implement it. */
  private valued(design: RuleDesign): Valued | undefined {
    const { surplus } = design;
    return surplus && { design, surplus, gains: lagrangian(this.designs.space, GAINS, design) };
  }

  /** The multipliers of gains that money buys. */
  private traded(flow: PaymentFlow, money: Rational): Multipliers {
    const { alike } = this.designs.space;
    return { purpose: "bound", alike, prices: [...flowPrices(flow), ...expectedMoney(money)] };
  }

  private async mixed(goal: MixtureGoal) {
    const { designs, solver, limits, rules, among } = this;
    if (!solver) return { mixture: undefined, shortfall: "no single price of money leads to the best rule" };
    const left = limits.timeLimit && Math.max(0.001, (this.end - performance.now()) / 1000);
    const limited = { ...limits, timeLimit: left };
    const master = new RuleMaster(designs, goal, solver, limited);
    for (const rule of rules) master.add(master.rowOf(rule));
    const { mixture, isBest, report } = await bestMixture(designs, among, master, limited);
    rules.push(...master.rules.slice(rules.length));
    return {
      mixture,
      parts: master.rules.map((of, k) => ({ of, weight: mixture?.weights[k] ?? Rational.ZERO })),
      solver: report,
      size: master.size,
      shortfall: isBest ? undefined : "the best mixture of rules was not found",
    };
  }
}

const GAINS: Prices = {
  flow: { incentive: [], participation: [] },
  money: Rational.ZERO,
  gains: Rational.ONE,
};

function surplusPrices(flow: PaymentFlow): Prices {
  return { flow, money: Rational.ONE, gains: Rational.ZERO };
}

function scaled({ incentive, participation }: PaymentFlow, times: Rational): PaymentFlow {
  const each = (price: Price) => ({ ...price, weight: price.weight.multiply(times) });
  return { incentive: incentive.map(each), participation: participation.map(each) };
}

function implemented({ flow, surplus }: RuleDesign): { flow: PaymentFlow; surplus: Rational } {
  if (!flow || !surplus) throw new Error("nothing implements a rule that some payments should implement");
  return { flow, surplus };
}
