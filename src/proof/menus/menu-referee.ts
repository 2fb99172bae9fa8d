import type { Finding, PropertyName } from "../../mechanism/audit.js";
import type { Mechanism } from "../../mechanism/mechanism.js";
import { MenuMechanism } from "../../mechanism/menu-mechanism.js";
import { lcm, Rational } from "../../number/rational.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import { type RequirementFinding, requiredProperties } from "../../problem/requirements.js";
import type { Multipliers } from "../multipliers.js";
import { allowedOutcomesOf, lotteriesOfSureOutcomes } from "../states/sure-rule.js";
import { menuBound } from "./menu-bound.js";
import { MenuMultipliers } from "./menu-multipliers.js";
import { type MenuPass, menuGains, menuPass } from "./menu-pass.js";
import { menuIncentives, menuParticipation } from "./menu-requirements.js";
import { type MenuSurvey, menuSurvey } from "./menu-survey.js";

/** Menus' money over one unit, in machine integers. */
interface MenuMoney {
  readonly unit: bigint;
  /** Of values, costs and outside options. */
  readonly scale: number;
  readonly menus: readonly Float64Array[];
  /** The outside money that is the same everywhere; absent where it is what is missing. */
  readonly constant: number | undefined;
  readonly survey: MenuSurvey;
}

/**
 * The referee of menus, with requirements at every profile and an efficient rule over two outcomes: the same as the audit, by
 * the cuts that the others make, which it finds by itself. The budget alone needs a look at every profile.
 */
export class MenuReferee {
  private constructor(
    private readonly problem: Problem,
    private readonly pass: MenuPass,
    private readonly money: MenuMoney | undefined,
  ) {}

  /** Undefined where mechanism or question are of another kind. */
  static of(problem: Problem, mechanism: Mechanism | undefined): MenuReferee | undefined {
    const { environment, question } = problem;
    const { ic, ir, budget, balance, allocation } = question;
    if (allocation !== "efficient" || ir !== "ex-post" || (ic !== "ex-post" && ic !== "dominant"))
      return undefined;
    if (budget === "ex-post" && balance === "exact") return undefined;
    const menus = mechanism instanceof MenuMechanism ? mechanism : undefined;
    if (mechanism && menus?.environment !== environment) return undefined;
    const asked = question.ties === "optimise" ? undefined : question.ties;
    const ties = menus?.ties ?? asked ?? "first";
    if (ties === "uniform" || (asked && asked !== ties)) return undefined;
    const pass = menuPass(environment, ties);
    if (!pass) return undefined;
    if (!menus) return new MenuReferee(problem, pass, undefined);
    const money = moneyOf(pass, menus);
    return money && new MenuReferee(problem, pass, money);
  }

  findings(): RequirementFinding[] {
    if (!this.money) return [];
    const { environment, question } = this.problem;
    return [
      allowedOutcomesOf(environment),
      ...requiredProperties(question).map((requirement) => ({
        requirement,
        ...this.property(requirement),
      })),
    ];
  }

  /** What the question measures the mechanism by. */
  objective(): Rational {
    const { question, environment } = this.problem;
    const { survey, unit, constant } = this.money!;
    if (question.objective === "max-gains")
      return Rational.of(menuGains(this.pass), this.pass.whole * environment.moneyDenominator);
    if (question.objective === "max-surplus") return this.expected(-survey.expected);
    if (question.objective === "feasibility" || !allowsSubsidy(question)) return Rational.ZERO;
    if (question.objective === "min-subsidy") return this.expectedMoney();
    return Rational.of(Math.max(0, constant ?? survey.most.short), unit);
  }

  /** What the multipliers prove; undefined for multipliers of another kind. Throws ProofFault. */
  bound(multipliers: Multipliers): Rational | undefined {
    if (!(multipliers instanceof MenuMultipliers)) return undefined;
    const { ties } = multipliers.cuts;
    if (ties === this.pass.ties) return menuBound(this.problem, this.pass, multipliers);
    // Without a mechanism, how ties are broken is the multipliers' choice where it is the design's.
    if (this.money || this.problem.question.ties !== "optimise") return undefined;
    const pass = menuPass(this.problem.environment, ties);
    return pass && menuBound(this.problem, pass, multipliers);
  }

  private property(property: PropertyName): Finding {
    const { menus, scale, unit, constant, survey } = this.money!;
    const { most, least, positive, zero, equal } = survey;
    switch (property) {
      case "lotteries":
        return lotteriesOfSureOutcomes(this.problem.environment);
      case "ex post IC":
      case "dominant-strategy IC":
        return menuIncentives(this.pass, menus, scale, unit);
      case "ex post IR":
        return menuParticipation(this.pass, menus, scale, unit);
      case "ex post no deficit": {
        const slack = constant === undefined ? Math.max(0, -most.short) : constant - most.short;
        const binding = constant === undefined ? positive + zero : equal;
        return this.finding(slack, `budget at ${this.label(most.profile)}`, binding);
      }
      case "ex ante balance":
      case "ex ante no deficit": {
        const surplus = this.expectedMoney().add(this.expected(-survey.expected));
        const slack = property === "ex ante balance" ? surplus.absolute().negate() : surplus;
        return {
          holds: slack.sign >= 0,
          violation: slack.sign >= 0 ? Rational.ZERO : slack.negate(),
          worst: "budget in expectation",
          requirements: 1,
          binding: slack.isZero ? 1 : 0,
        };
      }
      case "subsidy not negative": {
        const slack = constant ?? Math.max(0, least.short);
        const worst = `a subsidy that is not negative at ${this.label(constant === undefined ? least.profile : 0)}`;
        return this.finding(slack, worst, this.withoutMoney());
      }
      case "no subsidy": {
        const slack = -Math.abs(constant ?? Math.max(0, most.short));
        const worst = `no subsidy at ${this.label(constant === undefined ? most.profile : 0)}`;
        return this.finding(slack, worst, this.withoutMoney());
      }
      default:
        throw new Error(`the referee of menus was asked about ${property}`);
    }
  }

  /** A requirement at every profile. */
  private finding(slack: number, worst: string, binding: number): Finding {
    const violation = slack < 0 ? Rational.of(-slack, this.money!.unit) : Rational.ZERO;
    const requirements = this.problem.environment.profiles.count;
    return { holds: slack >= 0, violation, worst, requirements, binding };
  }

  /** Profiles that get no outside money. */
  private withoutMoney(): number {
    const { constant, survey } = this.money!;
    const { count } = this.problem.environment.profiles;
    if (constant === undefined) return count - survey.positive;
    return constant === 0 ? count : 0;
  }

  private expectedMoney(): Rational {
    const { constant, survey, unit } = this.money!;
    return constant === undefined ? this.expected(survey.expectedShortage) : Rational.of(constant, unit);
  }

  private expected(total: bigint): Rational {
    return Rational.of(total, this.pass.whole * this.money!.unit);
  }

  private label(profile: number): string {
    return this.problem.environment.profileLabel(profile);
  }
}

/** Undefined where sums might not be exact. */
function moneyOf(pass: MenuPass, { environment, menus, money }: MenuMechanism): MenuMoney | undefined {
  let unit = environment.moneyDenominator;
  for (const { denominator } of menus) unit = lcm(unit, denominator);
  if (money instanceof Rational) unit = lcm(unit, money.denominator);
  const scale = Number(unit / environment.moneyDenominator);
  let largest = scale * pass.largest;
  const scaled: Float64Array[] = [];
  for (const [agent, { numerators, denominator }] of menus.entries()) {
    if (numerators.length !== 2 * pass.agents[agent].sorted.length + 2) return undefined;
    if (!(numerators instanceof Float64Array)) return undefined;
    const factor = Number(unit / denominator);
    let most = 0;
    for (const price of numerators) most = Math.max(most, Math.abs(price) * factor);
    largest += most;
    scaled.push(factor === 1 ? numerators : numerators.map((price) => price * factor));
  }
  const constant =
    money instanceof Rational ? Number(money.numerator * (unit / money.denominator)) : undefined;
  largest += Math.abs(constant ?? 0);
  const last = environment.prior.marginals[environment.agentCount - 1];
  if (!(8 * Number(last.denominator) * largest <= Number.MAX_SAFE_INTEGER)) return undefined;
  return { unit, scale, menus: scaled, constant, survey: menuSurvey(pass, scaled, scale, constant ?? 0) };
}
