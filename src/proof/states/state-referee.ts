import { machineEntry } from "../../environment/table.js";
import type { Finding, PropertyName } from "../../mechanism/audit.js";
import { incentiveLabel } from "../../mechanism/incentive-compatibility.js";
import type { Mechanism } from "../../mechanism/mechanism.js";
import { RuledMechanism } from "../../mechanism/ruled-mechanism.js";
import { IntegerSum } from "../../number/integer-sum.js";
import { lcm, Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import { type RequirementFinding, requiredProperties } from "../../problem/requirements.js";
import type { Multipliers } from "../multipliers.js";
import { stateBound } from "./state-bound.js";
import { lineSlacks } from "./state-incentives.js";
import { costAt, gainsOf, gainTable, type StatePass, statePass } from "./state-pass.js";
import { allowedOutcomesOf, lotteriesOfSureOutcomes } from "./sure-rule.js";

/**
 * The referee of large problems with requirements at every profile: the same as the audit, for mechanisms known by an
 * efficient rule without lotteries and tables of payments. It decides the rule by itself and works in machine integers.
 */
export class StateReferee {
  private constructor(
    private readonly problem: Problem,
    readonly pass: StatePass,
    /** All money over this denominator; undefined without a mechanism. */
    private readonly money:
      | {
          readonly denominator: bigint;
          /** Of values, costs and outside options. */
          readonly scale: number;
          readonly payments: readonly Float64Array[];
          readonly subsidies: Float64Array;
        }
      | undefined,
  ) {}

  /** Undefined where mechanism or question are of another kind. */
  static of(problem: Problem, mechanism: Mechanism | undefined): StateReferee | undefined {
    const { environment, question } = problem;
    const { ic, ir, allocation } = question;
    if (allocation !== "efficient" || ir !== "ex-post" || ic === "bayesian") return undefined;
    if (ic === "dominant" && !environment.hasPrivateValues) return undefined;
    const asked = question.ties === "optimise" ? undefined : question.ties;
    const ruled = mechanism instanceof RuledMechanism ? mechanism : undefined;
    if (mechanism && (ruled?.environment !== environment || ruled.rule.kind !== "efficient"))
      return undefined;
    const ties = (ruled?.rule.kind === "efficient" ? ruled.rule.ties : undefined) ?? asked ?? "first";
    if (ties === "uniform" || (asked && asked !== ties)) return undefined;
    const pass = statePass(environment, ties);
    if (!pass) return undefined;
    if (!ruled) return new StateReferee(problem, pass, undefined);
    const money = commonMoney(environment.moneyDenominator, pass, ruled);
    return money && new StateReferee(problem, pass, money);
  }

  findings(): RequirementFinding[] {
    if (!this.money) return [];
    const { environment, question } = this.problem;
    return [
      allowedOutcomesOf(environment),
      ...requiredProperties(question).map((requirement) => ({ requirement, ...this.property(requirement) })),
    ];
  }

  private property(property: PropertyName): Finding {
    const { environment } = this.problem;
    const { profiles } = environment;
    const { subsidies } = this.money!;
    const at = (s: number) => environment.profileLabel(s);
    const exact = (slack: number) => -Math.abs(slack);
    switch (property) {
      case "lotteries":
        return lotteriesOfSureOutcomes(environment);
      case "ex post IC":
      case "dominant-strategy IC":
        return this.incentives();
      case "ex post IR":
        return this.participation();
      case "ex post balance":
        return this.slacks(
          profiles.count,
          (s) => exact(this.surplus(s)),
          (s) => `budget at ${at(s)}`,
        );
      case "ex post no deficit":
        return this.slacks(
          profiles.count,
          (s) => this.surplus(s),
          (s) => `budget at ${at(s)}`,
        );
      case "ex ante balance":
      case "ex ante no deficit": {
        const surplus = this.mean((s) => this.surplus(s));
        const slack = property === "ex ante balance" ? surplus.absolute().negate() : surplus;
        return {
          holds: slack.sign >= 0,
          violation: slack.sign >= 0 ? Rational.ZERO : slack.negate(),
          worst: "budget in expectation",
          requirements: 1,
          binding: slack.isZero ? 1 : 0,
        };
      }
      case "subsidy not negative":
        return this.slacks(
          profiles.count,
          (s) => subsidies[s],
          (s) => `a subsidy that is not negative at ${at(s)}`,
        );
      case "no subsidy":
        return this.slacks(
          profiles.count,
          (s) => exact(subsidies[s]),
          (s) => `no subsidy at ${at(s)}`,
        );
      default:
        throw new Error(`the referee of states was asked about ${property}`);
    }
  }

  /** What the question measures the mechanism by. */
  objective(): Rational {
    const { question } = this.problem;
    const { subsidies, denominator } = this.money!;
    if (question.objective === "max-gains") {
      return Rational.of(gainsOf(this.pass), this.pass.whole * this.pass.environment.moneyDenominator);
    }
    if (question.objective === "max-surplus") return this.mean((s) => this.surplus(s) - subsidies[s]);
    if (question.objective === "feasibility" || !allowsSubsidy(question)) return Rational.ZERO;
    if (question.objective === "min-subsidy") return this.mean((s) => subsidies[s]);
    let worst = 0;
    for (const subsidy of subsidies) worst = Math.max(worst, subsidy);
    return Rational.of(worst, denominator);
  }

  /** What the multipliers prove; undefined for multipliers of another kind. Throws ProofFault. */
  bound(multipliers: Multipliers): Rational | undefined {
    return stateBound(this.problem, this.pass, multipliers);
  }

  /** Payments and outside money minus the cost. */
  private surplus(s: number): number {
    const { payments, subsidies, scale } = this.money!;
    let surplus = subsidies[s] - scale * costAt(this.pass, this.pass.chosen[s], s);
    for (const own of payments) surplus += own[s];
    return surplus;
  }

  private mean(of: (s: number) => number): Rational {
    const { probability, whole } = this.pass;
    const total = new IntegerSum();
    for (let s = 0; s < probability.length; s++) total.addProduct(probability[s], of(s));
    return Rational.of(total.value, whole * this.money!.denominator);
  }

  /** Value less outside option and payment, of every agent at every profile. */
  private participation(): Finding {
    const { environment, chosen } = this.pass;
    const { profiles, agents } = environment;
    const { payments, scale } = this.money!;
    let least = 0;
    let smallest = Number.POSITIVE_INFINITY;
    let binding = 0;
    for (let agent = 0; agent < agents.length; agent++) {
      const own = payments[agent];
      const gains = gainTable(this.pass, agent);
      const [size, stride] = [profiles.sizes[agent], profiles.strides[agent]];
      for (let s = 0; s < profiles.count; ) {
        for (let type = 0; type < size; type++) {
          for (const end = s + stride; s < end; s++) {
            const slack = scale * machineEntry(gains, type, s, chosen[s]) - own[s];
            if (slack === 0) binding++;
            if (!(slack < smallest)) continue;
            smallest = slack;
            least = agent * profiles.count + s;
          }
        }
      }
    }
    const who = agents[Math.floor(least / profiles.count)].name;
    const where = environment.profileLabel(least % profiles.count);
    return {
      holds: smallest >= 0,
      violation: smallest >= 0 ? Rational.ZERO : Rational.of(-smallest, this.money!.denominator),
      worst: `participation of ${who} at ${where}`,
      requirements: agents.length * profiles.count,
      binding,
    };
  }

  private slacks(count: number, slack: (k: number) => number, label: (k: number) => string): Finding {
    let least = 0;
    let smallest = slack(0);
    let binding = 0;
    for (let k = 0; k < count; k++) {
      const own = slack(k);
      if (own < smallest) {
        smallest = own;
        least = k;
      }
      if (own === 0) binding++;
    }
    return {
      holds: smallest >= 0,
      violation: smallest >= 0 ? Rational.ZERO : Rational.of(-smallest, this.money!.denominator),
      worst: label(least),
      requirements: count,
      binding,
    };
  }

  private incentives(): Finding {
    const { environment } = this.problem;
    const { profiles } = environment;
    const { payments, scale, denominator } = this.money!;
    const found = lineSlacks(this.pass, payments, scale);
    const { least, binding } = found;
    const requirements = profiles.sizes.reduce((total, size) => total + profiles.count * (size - 1), 0);
    const { slack, agent, truth, report } = least ?? { slack: 0, agent: 0, truth: 0, report: 0 };
    const type = profiles.typeOf(truth, agent);
    return {
      holds: slack >= 0,
      violation: slack >= 0 ? Rational.ZERO : Rational.of(-slack, denominator),
      worst: least && incentiveLabel(environment, agent, type, report, truth, truth),
      requirements,
      binding,
    };
  }
}

/** Payments and subsidies as whole numbers over one denominator; undefined where sums of four might not be exact. */
function commonMoney(moneyDenominator: bigint, pass: StatePass, { payments, subsidies }: RuledMechanism) {
  let denominator = moneyDenominator;
  for (const vector of [...payments, ...(subsidies ? [subsidies] : [])]) {
    denominator = lcm(denominator, vector.denominator);
  }
  let largest = 0;
  let whole = true;
  const scaled = (vector: RationalVector): Float64Array => {
    const factor = Number(denominator / vector.denominator);
    const { numerators } = vector;
    if (!(numerators instanceof Float64Array)) {
      whole = false;
      return new Float64Array(0);
    }
    let most = 0;
    for (let s = 0; s < numerators.length; s++) most = Math.max(most, Math.abs(numerators[s]));
    largest = Math.max(largest, most * factor);
    return factor === 1 ? numerators : numerators.map((numerator) => numerator * factor);
  };
  const scale = Number(denominator / moneyDenominator);
  const tables = payments.map(scaled);
  const outside = subsidies ? scaled(subsidies) : new Float64Array(pass.chosen.length);
  const limit = (payments.length + 4) * 4 * (largest + scale * pass.largest);
  if (!whole || !(limit <= Number.MAX_SAFE_INTEGER)) return undefined;
  return { denominator, scale, payments: tables, subsidies: outside };
}
