import type { AllocationRule } from "../environment/lottery.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { unfolded } from "../mechanism/unfolded.js";
import { equal, type Integer, isZero, minus, plus, short, times } from "../number/integer.js";
import { lcm, Rational } from "../number/rational.js";
import { type IntegerVector, packIntegers, plusMultiple, RationalVector } from "../number/rational-vector.js";
import type { Question } from "../question/question.js";
import { concerns, type Requirement } from "../question/requirement.js";
import { Rules } from "../space/choices.js";
import { type Group, Space } from "../space/space.js";
import { hasSymmetricPrices } from "../space/symmetric-prices.js";
import { AllocationCheck, lawful } from "./allocation.js";
import type { Finding } from "./finding.js";
import { singleSlack, together } from "./findings.js";
import { type Expectation, InterimSums, meanOf } from "./interim.js";
import { type InterimTable, interimRows } from "./interim-table.js";
import { againstAnyReports, alongLines, inExpectation } from "./lines.js";
import { OutsideMoneySums } from "./outside-money.js";
import { ProfileSlacks } from "./profile-slacks.js";
import { Quantities } from "./quantities.js";
import { Record } from "./record.js";
import { Refuted } from "./refuted.js";
import { Samples } from "./samples.js";
import { separableFinding, separableSlacks } from "./separable.js";
import { SlackTally } from "./slack-tally.js";

/** What is to be found out about a mechanism. */
export interface Audited {
  readonly requirements: readonly Requirement[];
  readonly question: Pick<Question, "allocation" | "ties">;
  /** The rule that stands in the instance; the mechanism's where absent. */
  readonly given?: AllocationRule | undefined;
  /** What agents and the designer expect is wanted besides. */
  readonly expectations: boolean;
}

/**
 * A mechanism against requirements, each from its definition, with one look at every profile or orbit. What is asked in expectation
 * follows from what each type expects; what is asked at every profile is looked at there, or, where it is a sum of what single
 * types determine, at the types.
 */
export class Audit {
  readonly allocation: AllocationCheck;
  private readonly space: Space;
  private readonly mechanism: StructuredMechanism;
  private readonly expected: readonly Expectation[] | undefined;
  private readonly record: Record | undefined;
  private readonly atProfiles: ReadonlyMap<Requirement, ProfileSlacks>;
  readonly money: OutsideMoneySums;

  /** Throws Refuted where alike agents are not treated alike, RangeError for agents who are not alike. */
  constructor(audited: StructuredMechanism, { requirements, question, given, expectations }: Audited) {
    const exchange = audited.alike ? new Space(audited.environment, true).exchange : undefined;
    if (exchange && !hasSymmetricPrices(audited.environment, audited.rule, exchange))
      throw new Refuted("the rule's prices do not treat alike agents alike");
    // Profiles that are compared with each other must all be there.
    const isWhole = requirements.some(
      ({ against, when, agents }) => agents ?? (against && when === "ex post"),
    );
    const mechanism = isWhole ? unfolded(audited) : audited;
    this.mechanism = mechanism;
    this.space = new Space(mechanism.environment, mechanism.alike);
    const { space } = this;
    const rules = new Rules(space, given ?? mechanism.given);
    const margins = requirements.map(({ margin }) => margin.denominator);
    const quantities = new Quantities(space, mechanism, rules, margins);
    this.allocation = new AllocationCheck(space, lawful(rules, question));
    this.money = new OutsideMoneySums(space, quantities, mechanism);
    const atProfiles = requirements.filter(
      (one) => one.when === "ex post" && !one.against && !separableSlacks(one, mechanism),
    );
    this.atProfiles = new Map(atProfiles.map((one) => [one, new ProfileSlacks(space, quantities, one)]));
    this.record = requirements.some((one) => this.comparesProfiles(one))
      ? new Record(space, quantities)
      : undefined;
    const expects = requirements.some((one) => one.when !== "ex post" && !this.comparesProfiles(one));
    const interim = expects || expectations ? new InterimSums(space, quantities, mechanism) : undefined;
    const samples = new Samples(space, quantities, mechanism);
    space.rows((row) => {
      quantities.fill(row);
      samples.add(row);
      this.allocation.add(row, quantities.choices);
      interim?.add(row);
      for (const slacks of this.atProfiles.values()) slacks.add(row);
      this.money.add(row);
      this.record?.add(row);
    });
    this.record?.finish();
    this.expected = interim?.expectations();
  }

  finding(requirement: Requirement): Finding {
    if (requirement.against) return this.incentives(requirement);
    switch (requirement.when) {
      case "ex ante":
        return requirement.of === "designer" ? this.expectedBudget(requirement) : this.exAnte(requirement);
      case "interim":
        return this.byType(requirement);
      case "ex post": {
        const slacks = separableSlacks(requirement, this.mechanism);
        if (slacks) return separableFinding(requirement, this.mechanism, slacks);
        return this.atProfiles.get(requirement)!.finding;
      }
    }
  }

  /** By group. */
  get expectations(): readonly Expectation[] {
    if (!this.expected) throw new Error("expectations were not asked for: this is a bug");
    return this.expected;
  }

  /** The same by agent and type. */
  get interim(): InterimTable {
    return interimRows(this.space, this.expectations);
  }

  /** Whether incentives have to be looked at profile by profile. */
  private comparesProfiles({ against, when }: Requirement): boolean {
    return against !== undefined && (when === "ex post" || !this.space.isSeparable);
  }

  /** By type of an agent of the group. */
  private slacksByType({ terms, margin }: Requirement, g: number): RationalVector {
    const { values, payments, outside } = this.expectations[g];
    return RationalVector.combined(
      [values, Rational.of(terms.value ?? 0)],
      [payments, Rational.of(terms.payment ?? 0)],
      [outside, Rational.of(terms.outside ?? 0)],
    ).plus(margin);
  }

  /** Groups of agents whom a requirement is about, with their places. */
  private concerned(requirement: Requirement): [g: number, group: Group][] {
    return [...this.space.groups.entries()].filter(([, { first }]) => concerns(requirement, first));
  }

  private byType(requirement: Requirement): Finding {
    const { environment } = this.space;
    return together(
      this.concerned(requirement).map(([g, { first: agent, agents }]) => {
        const slacks = this.slacksByType(requirement, g);
        const label = (type: number) => requirement.label(environment, { agent, type });
        const tally = new SlackTally(slacks.denominator, label);
        for (let type = 0; type < slacks.length; type++) tally.add(slacks.numerators[type], 1, agents, type);
        return tally.finding;
      }),
    );
  }

  private exAnte(requirement: Requirement): Finding {
    const { environment } = this.space;
    return together(
      this.concerned(requirement).map(([g, { first: agent, agents }]) => {
        const slack = meanOf(this.space, g, this.slacksByType(requirement, g));
        return singleSlack(slack, agents, () => requirement.label(environment, { agent }));
      }),
    );
  }

  private expectedBudget(requirement: Requirement): Finding {
    const { terms, margin, exact } = requirement;
    const left = Rational.sum([
      margin,
      this.expectedRevenue.multiply(Rational.of(terms.payment ?? 0)),
      this.expectedCost.multiply(Rational.of(terms.cost ?? 0)),
      this.expectedSubsidy.multiply(Rational.of(terms.subsidy ?? 0)),
    ]);
    const slack = exact ? left.absolute().negate() : left;
    return singleSlack(slack, 1, () => requirement.label(this.space.environment, {}));
  }

  /** `E sum_i t_i`. */
  get expectedRevenue(): Rational {
    return this.overAgents(({ payments }) => payments);
  }

  /** `E r`. */
  get expectedCost(): Rational {
    return meanOf(this.space, 0, this.expectations[0].costs);
  }

  /** `E[sum_i (v_i - u_i) - r]`. */
  get expectedGains(): Rational {
    return this.overAgents(({ values }) => values)
      .subtract(this.overAgents(({ outside }) => outside))
      .subtract(this.expectedCost);
  }

  private overAgents(of: (expectation: Expectation) => RationalVector): Rational {
    const { space } = this;
    return Rational.sum(
      this.expectations.map((expectation, g) =>
        meanOf(space, g, of(expectation)).multiply(Rational.of(space.groups[g].agents)),
      ),
    );
  }

  /** `E z`, and `max z`, which is zero at least. */
  get expectedSubsidy(): Rational {
    return this.money.expected;
  }

  get worstSubsidy(): Rational {
    return this.money.most;
  }

  private incentives(requirement: Requirement): Finding {
    const { space, record } = this;
    const { environment } = space;
    const { against, when, margin } = requirement;
    if (!this.comparesProfiles(requirement)) {
      return together(this.concerned(requirement).map(([g]) => this.pairs(requirement, g)));
    }
    if (!record) throw new Error("incentives at profiles without a record of them: this is a bug");
    const owed = short((margin.numerator * record.unit) / margin.denominator);
    const tally = new SlackTally(record.unit, (agent, truth, report, reported) => {
      if (when === "interim") return requirement.label(environment, { agent, type: truth, report });
      const type = environment.profiles.typeOf(truth, agent);
      return requirement.label(environment, { agent, type, report, profile: truth, reported });
    });
    for (let agent = 0; agent < environment.agentCount; agent++) {
      if (!concerns(requirement, agent)) continue;
      const isAny =
        against === "misreports whatever others report" && environment.values[agent].dependsOnProfile;
      const look = when === "interim" ? inExpectation : isAny ? againstAnyReports : alongLines;
      look(space, record, agent, owed, tally);
    }
    return tally.finding;
  }

  /** Every type of an agent against every other report, of which it expects the same whatever its type is. */
  private pairs({ margin, label }: Requirement, g: number): Finding {
    const { environment, groups } = this.space;
    const { first: agent, agents, types, classes, value } = groups[g];
    const { chances, payments } = this.expectations[g];
    const product = chances.denominator * environment.moneyDenominator;
    const unit = lcm(lcm(product, payments.denominator), margin.denominator);
    const scale = short(unit / product);
    const added = short(margin.numerator * (unit / margin.denominator));
    const tally = new SlackTally(unit, (type, report) => label(environment, { agent, type, report }));
    const chance = Array.from({ length: classes }, (_, c) =>
      packIntegers(
        Array.from({ length: types }, (_none, report) => chances.numeratorAt(report * classes + c)),
      ),
    );
    const charge = packIntegers(payments.numeratorsOver(unit).map((paid) => -paid));
    const sums = [new Float64Array(types), new Float64Array(types)];
    for (let type = 0; type < types; type++) {
      // What reports cost, and what each class of outcomes adds to that.
      let before = charge;
      for (let c = 0; c < classes; c++) {
        const worth = times(scale, value[type * classes + c]);
        if (!isZero(worth)) before = plusMultiple(before, worth, chance[c], sums[before === sums[0] ? 1 : 0]);
      }
      const truthful = plus(before[type], added);
      const { binding, best } = reports(before, type, truthful);
      tally.count(agents * (types - 1), agents * binding);
      if (types > 1) tally.offer(minus(truthful, before[best]), 1, type, best);
    }
    return tally.finding;
  }
}

/** Which of the other reports brings a type most, and how many bring just as much as is given. */
function reports(
  utility: IntegerVector,
  type: number,
  amount: Integer,
): { readonly best: number; readonly binding: number } {
  let best = type === 0 ? 1 : 0;
  let binding = 0;
  if (utility instanceof Float64Array) {
    for (let report = 0; report < utility.length; report++) {
      if (report === type) continue;
      if (utility[report] === amount) binding++;
      if (utility[report] > utility[best]) best = report;
    }
    return { best, binding };
  }
  for (let report = 0; report < utility.length; report++) {
    if (report === type) continue;
    if (equal(utility[report], amount)) binding++;
    if (utility[report] > utility[best]) best = report;
  }
  return { best, binding };
}
