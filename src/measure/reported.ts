import type { Finding } from "../kernel/finding.js";
import type { Rational } from "../number/rational.js";
import type { requirements } from "../question/requirement.js";

/** A property that was checked, or the reason why it was not. */
export type ReportedFinding =
  | ({ readonly checked: true } & Finding)
  | { readonly checked: false; readonly reason: string };

/** Every property that is reported of a mechanism, by name. */
export type ReportedProperty =
  | "lotteries"
  | "ex post efficiency"
  | keyof typeof requirements
  | "ex post payoff monotonicity";

/** The probability of a profile at which nobody loses, the largest loss and whose it is; or why there is none. */
export type ReportedProbability =
  | {
      readonly checked: true;
      readonly probability: Rational;
      readonly largestLoss: Rational;
      readonly worst: string | undefined;
    }
  | { readonly checked: false; readonly reason: string };

/** What becomes of the money, profile by profile, before any outside money. */
export interface MoneyAtProfiles {
  /** `E[sum_i t_i - r]`. */
  readonly expectedSurplus: Rational;
  /** `E max(0, r - sum_i t_i)`: what outsiders pay if they cover every deficit and take no surplus. */
  readonly expectedDeficit: Rational;
  /** The largest deficit at any profile, negative if there is always a surplus, and where it occurs. */
  readonly largestDeficit: { readonly deficit: Rational; readonly at: string };
  /** Whether payments exceed the cost at some profile. */
  readonly hasSurplus: boolean;
}

/** Everything that can be said of one mechanism by itself, exactly. */
export interface PropertyReport extends MoneyAtProfiles {
  readonly findings: Readonly<Record<ReportedProperty, ReportedFinding>>;
  /** Probability, under the prior, of a profile at which no agent gains by any misreport; the largest gain is `worst`. */
  readonly exPostIncentives: ReportedProbability;
  /**
   * The same for misreports that change the lottery alone: KE Prop. 3, where a winner cannot underpay without losing
   * the good and a change of report that is not pivotal is dismissed.
   */
  readonly pivotalIncentives: ReportedProbability;
  /** Probability of a profile at which no agent regrets having taken part; the largest regret is `worst`. */
  readonly exPostParticipation: ReportedProbability;
  /** `E z`, the mechanism's own outside money. */
  readonly expectedSubsidy: Rational;
  /** `E[sum_i (v_i - u_i) - r]`: welfare beyond the outside options. */
  readonly expectedGains: Rational;
}
