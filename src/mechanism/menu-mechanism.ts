import type { Environment } from "../environment/environment.js";
import { certain, type Lottery } from "../environment/lottery.js";
import { OutcomeCuts } from "../environment/outcome-cuts.js";
import { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Mechanism } from "./mechanism.js";

/**
 * An efficient rule over two outcomes in which each agent faces a menu, a price for each outcome, that depends on what the others
 * report (the taxation principle): with incentives at every profile no mechanism is of another kind. The others count only by
 * the cut that they make in the order of the agent's types (`OutcomeCuts`), so that the menus are as many as its types and
 * one more. Nothing of the size of the profile space is stored.
 */
export class MenuMechanism implements Mechanism {
  readonly rule: { readonly kind: "efficient"; readonly ties: "first" | "last" };
  private readonly cuts: OutcomeCuts;

  /** Throws where the environment is not of this kind. */
  constructor(
    readonly environment: Environment,
    readonly ties: "first" | "last",
    /** For each agent: `prices.at(2 * cut + outcome)`. Prices of outcomes that no type gets there do not matter. */
    readonly menus: readonly RationalVector[],
    /** Outside money: what is missing at each profile, or the same amount at all of them. */
    readonly money: "what is missing" | Rational,
  ) {
    const cuts = OutcomeCuts.of(environment, ties);
    if (!cuts) throw new Error("menus by cut need two outcomes and private values");
    this.cuts = cuts;
    this.rule = { kind: "efficient", ties };
  }

  lottery(profile: number): Lottery {
    return certain(this.cuts.outcome(profile));
  }

  payment(agent: number, profile: number): Rational {
    return this.menus[agent].at(2 * this.cuts.cut(agent, profile) + this.cuts.outcome(profile));
  }

  subsidy(profile: number): Rational {
    if (this.money instanceof Rational) return this.money;
    const cost = this.environment.cost(this.cuts.outcome(profile), profile);
    const payments = Rational.sum(this.menus.map((_, agent) => this.payment(agent, profile)));
    return Rational.maximum(cost.subtract(payments), Rational.ZERO);
  }
}
