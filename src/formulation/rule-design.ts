import { interimOutcomes } from "../engine/interim-outcomes.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import type { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../question/problem.js";
import type { ExpectedOutcome } from "../space/expected-outcomes.js";
import { lotteries } from "../space/lotteries.js";
import type { Rule } from "../space/rule.js";
import type { Space } from "../space/space.js";
import { type InterimAnswer, interimPayments } from "../step/interim-payments.js";
import { monotoneRule } from "../step/monotone-rule.js";
import type { Step, Taken } from "../step/step.js";
import { InterimValues } from "./interim-values.js";
import { designPayments, type PaymentDesign } from "./payment-design.js";

/** The step to a problem in which interim payments are all that matters. */
export function stepToInterim({ question }: Problem): Step<InterimAnswer, StructuredMechanism | undefined> {
  return question.ic === "ex-post" || question.ic === "dominant" ? monotoneRule : interimPayments;
}

/** A rule, and what it means to agents before they know each other's types; by group of alike agents. */
export interface ExpectedRule {
  readonly rule: Rule;
  readonly outcomes: readonly ExpectedOutcome[];
  readonly values: readonly InterimValues[];
  /** The expected cost. */
  readonly cost: Rational;
}

/** A rule with its best payments. */
export interface RuleDesign extends ExpectedRule, PaymentDesign {}

/** The best mechanisms with given rules where only interim payments matter, of profiles or of orbits. */
export class RuleDesigns {
  /** In expectation. */
  readonly problem: Problem;
  private readonly taken: Taken<InterimAnswer, StructuredMechanism | undefined>;

  constructor(
    problem: Problem,
    readonly space: Space,
  ) {
    this.taken = stepToInterim(problem).apply(problem);
    this.problem = this.taken.to;
  }

  expected(rule: Rule): ExpectedRule {
    return this.expecting(rule, interimOutcomes(this.space, rule, this.problem.givenRule));
  }

  /** A rule of which types expect these outcomes. */
  expecting(rule: Rule, outcomes: readonly ExpectedOutcome[]): ExpectedRule {
    const { space, problem } = this;
    const { environment, givenRule } = problem;
    const lottery = lotteries(environment, rule, givenRule, false);
    const values = space.groups.map((group, g) => InterimValues.of(space, group, outcomes[g], lottery));
    return { rule, outcomes, values, cost: environment.prior.marginals[0].dot(outcomes[0].costs) };
  }

  /** One of several rules, by chance; some of the chances may be zero. */
  mixture(parts: readonly { readonly weight: Rational; readonly of: ExpectedRule }[]): ExpectedRule {
    const positive = parts.filter(({ weight }) => !weight.isZero);
    if (positive.length === 1) return positive[0].of;
    const mixed = (of: (expected: ExpectedRule) => RationalVector) =>
      RationalVector.combined(...positive.map((part) => [of(part.of), part.weight] as const));
    return this.expecting(
      { kind: "mixture", parts: positive.map(({ weight, of }) => ({ weight, rule: of.rule })) },
      this.space.groups.map((_, g) => ({
        chances: mixed(({ outcomes }) => outcomes[g].chances),
        costs: mixed(({ outcomes }) => outcomes[g].costs),
      })),
    );
  }

  design(expected: ExpectedRule): RuleDesign {
    return { ...expected, ...designPayments(this.problem, this.space, expected.values, expected.cost) };
  }

  /** Undefined where no payments meet the requirements, or the step to them does not come back. */
  mechanism({ rule, outcomes, values, best }: RuleDesign): StructuredMechanism | undefined {
    if (!best) return undefined;
    return this.taken.back({
      ...best,
      alike: this.space.alike,
      rule,
      costs: () => outcomes[0].costs,
      gains: () => best.payments.map((own, g) => values[g].gainsBeyond(own)),
    });
  }
}
