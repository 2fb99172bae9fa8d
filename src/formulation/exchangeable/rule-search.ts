import type { Multipliers, Price } from "../../certificate/multipliers.js";
import { expectedMoney } from "../../certificate/price-blocks.js";
import { Rational } from "../../number/rational.js";
import type { Solver } from "../../solver/solver.js";
import type { PricedRule } from "../../space/rule.js";
import { flowPrices, type PaymentFlow } from "../payment-design.js";
import type { Limits, Resolution } from "../resolution.js";
import type { ExpectedRule, RuleDesign, RuleDesigns } from "../rule-design.js";
import type { Size } from "../size.js";
import { type MixtureGoal, RuleMaster, signature } from "./rule-master.js";
import { bestMixture } from "./rule-mixture.js";
import { bestRule, lagrangian, type Prices } from "./virtual-values.js";

export type SearchResult = Pick<Resolution, "mechanism" | "multipliers" | "shortfall" | "solver"> & {
  readonly size?: Size;
};

/** A design, a flow of prices that bounds what any brings beyond its cost, and why the bound was not attained. */
interface MostSurplus extends Pick<SearchResult, "solver" | "size" | "shortfall"> {
  readonly design: RuleDesign;
  readonly flow: PaymentFlow;
}

/** So many rules are tried one after the other before mixtures are. */
const MOST_RULES_ALONE = 8;
/** So many prices of money are tried before all prices are left to the solver. */
const MOST_PRICES_OF_MONEY = 60;

/**
 * The best rule where it is left to the design. What proves one rule's payments largest is a flow of prices, at which the best
 * rule is read off orbit by orbit; if that rule's own payments attain the bound, none brings more. Gains that have to be paid
 * for are searched along the price of money in the same way. Mixtures of rules are searched only where this does not lead
 * to the bound.
 */
export class RuleSearch {
  private readonly among: PricedRule["among"];
  private readonly rules: ExpectedRule[] = [];
  private readonly end: number;

  constructor(
    private readonly designs: RuleDesigns,
    private readonly solver: Solver,
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
    const { design, flow, ...rest } = await this.mostSurplus(efficient);
    // An efficient rule falls short; if another does not, gains are to be traded against money.
    const isTraded = allocation === "free" && objective === "max-gains" && design.best !== undefined;
    return isTraded ? this.mostGains(design, flow) : { ...this.answer(design, flow), ...rest };
  }

  private enter(rule: ExpectedRule): RuleDesign {
    this.rules.push(rule);
    return this.designs.design(rule);
  }

  private bestAt(prices: Prices): ExpectedRule {
    return this.designs.expected(bestRule(this.designs.space, this.among, prices));
  }

  /** An upper bound of payments beyond cost, for a rule; the bound is attained where the flow runs along its binding arcs. */
  private surplusBound(flow: PaymentFlow, rule: ExpectedRule): Rational {
    return lagrangian(this.designs.space, surplusPrices(flow), rule);
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
    while (this.rules.length < MOST_RULES_ALONE && !this.isOver) {
      const { flow, surplus } = implemented(bounding);
      const next = this.bestAt(surplusPrices(flow));
      const bound = this.surplusBound(flow, next);
      if (bound.equals(implemented(best).surplus)) return { design: best, flow };
      if (bound.equals(surplus) || this.rules.some((rule) => signature(rule) === signature(next))) break;
      const design = this.enter(next);
      if (design.surplus?.equals(bound) || design.isUnpriced) return { design, flow };
      if (!design.surplus) break;
      if (design.surplus.compare(implemented(best).surplus) > 0) best = design;
      bounding = design;
    }
    const { mixture, parts, ...how } = await this.mixed("surplus");
    if (!mixture) return { design: best, flow: implemented(bounding).flow, ...how };
    return { design: designs.design(designs.mixture(parts)), flow: mixture.prices.flow, ...how };
  }

  /**
   * The most gains whose payments cover the cost, given a design that covers it and a flow that bounds surplus. At each price
   * of money the flow gives the best rule; the price at which one that falls short and one that does not are equally good
   * is found in finitely many steps. A mixture of the two that the flow says covers the cost just so is best if it does.
   */
  private async mostGains(covering: RuleDesign, flow: PaymentFlow): Promise<SearchResult> {
    const { designs, rules } = this;
    const at = (of: ExpectedRule) => {
      return { of, gains: lagrangian(designs.space, GAINS, of), surplus: this.surplusBound(flow, of) };
    };
    let short = at(rules[0]);
    let ample = rules.map(at).reduce((a, b) => (b.surplus.compare(a.surplus) > 0 ? b : a));
    let money = Rational.ZERO;
    for (let k = 0; k < MOST_PRICES_OF_MONEY && short.surplus.sign < 0 && !this.isOver; k++) {
      money = short.gains.subtract(ample.gains).divide(ample.surplus.subtract(short.surplus));
      const next = at(this.bestAt({ flow: scaled(flow, money), money, gains: Rational.ONE }));
      const worth = ({ gains, surplus }: typeof next) => gains.add(money.multiply(surplus));
      if (worth(next).equals(worth(short))) {
        const share = ample.surplus.divide(ample.surplus.subtract(short.surplus));
        const parts = [
          { weight: share, of: short.of },
          { weight: Rational.ONE.subtract(share), of: ample.of },
        ];
        const design = designs.design(designs.mixture(parts));
        if (design.best) return { ...this.answer(design), multipliers: traded(flow, money) };
        break;
      }
      rules.push(next.of);
      if (next.surplus.sign < 0) short = next;
      else ample = next;
    }
    const { mixture, parts, ...how } = await this.mixed("gains");
    if (!mixture) return { ...this.answer(covering), multipliers: traded(flow, money), ...how };
    const design = designs.design(designs.mixture(parts));
    const { flow: priced, money: price } = mixture.prices;
    return { ...this.answer(design), multipliers: traded(priced, Rational.ONE, price), ...how };
  }

  private async mixed(goal: MixtureGoal) {
    const { designs, solver, limits, rules, among } = this;
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

/** The multipliers of gains that money buys: `times` the flow, and the price of money. */
function traded(flow: PaymentFlow, times: Rational, money = times): Multipliers {
  return {
    purpose: "bound",
    alike: true,
    prices: [...flowPrices(scaled(flow, times)), ...expectedMoney(money)],
  };
}

function scaled({ incentive, participation }: PaymentFlow, times: Rational): PaymentFlow {
  const each = (price: Price) => ({ ...price, weight: price.weight.multiply(times) });
  return { incentive: incentive.map(each), participation: participation.map(each) };
}

function implemented({ flow, surplus }: RuleDesign): { flow: PaymentFlow; surplus: Rational } {
  if (!flow || !surplus) throw new Error("nothing implements a rule that some payments should implement");
  return { flow, surplus };
}
