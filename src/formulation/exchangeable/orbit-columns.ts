import { type Lottery, uniformLottery } from "../../environment/lottery.js";
import { Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import { allowsSubsidy } from "../../question/question.js";
import { type Exchangeability, exchangeability } from "../../space/exchangeability.js";
import { type Orbit, orbits, outcomeClasses } from "../../space/orbits.js";
import { interimPayments } from "../../step/interim-payments.js";

/** An orbit with its place in the program. */
export interface PlacedOrbit extends Orbit {
  readonly fixed: Lottery | undefined;
  /** Where there is a choice: outcomes in classes that share their probability equally. */
  readonly classes: readonly (readonly number[])[];
  readonly firstProbability: number;
  readonly firstPayment: number;
  readonly subsidy: number;
}

/**
 * The columns of the program for exchangeable agents: interim payments `T(a)`, then by orbit of profiles the probabilities of
 * classes of outcomes, payments by own type and subsidies, as far as the question needs them, then the largest subsidy.
 */
export class OrbitColumns {
  readonly exchange: Exchangeability;
  readonly orbits: PlacedOrbit[] = [];
  readonly byProfile = new Map<number, PlacedOrbit>();
  readonly count: number;
  /** Interim payments are all that matters. */
  readonly interimOnly: boolean;
  /** Outside money that is the same at every profile, or the largest. */
  readonly money: number | undefined;
  readonly freeColumns: Uint8Array;

  constructor(private readonly problem: Problem) {
    const { environment, question, allowed } = problem;
    this.exchange = exchangeability(environment)!;
    this.interimOnly = interimPayments.obstacle(problem) === undefined;
    const subsidised = allowsSubsidy(question);
    const constantMoney = this.interimOnly || question.budget === "ex-ante";
    const free: number[] = [];
    let next = environment.profiles.sizes[0];
    for (let k = 0; k < next; k++) free.push(k);
    for (const orbit of orbits(environment)) {
      const prescribed = allowed.fixed(orbit.profile);
      const all = prescribed ? [] : outcomeClasses(orbit, allowed.outcomes(orbit.profile), this.exchange);
      // Where exchanging agents turns all allowed outcomes into each other, symmetry leaves no choice.
      const fixed = prescribed ?? (all.length === 1 ? uniformLottery(all[0]) : undefined);
      const classes = fixed ? [] : all;
      const firstProbability = next;
      next += classes.length;
      const firstPayment = next;
      if (!this.interimOnly) {
        for (let k = 0; k < orbit.present.length; k++) free.push(next++);
      }
      const subsidy = next;
      if (subsidised && !constantMoney) next++;
      const placed = { ...orbit, fixed, classes, firstProbability, firstPayment, subsidy };
      this.orbits.push(placed);
      this.byProfile.set(orbit.profile, placed);
    }
    const hasMoney = subsidised && (constantMoney || question.objective === "min-worst-subsidy");
    this.money = hasMoney ? next++ : undefined;
    this.count = next;
    this.freeColumns = new Uint8Array(next);
    for (const column of free) this.freeColumns[column] = 1;
  }

  /** Whether subsidies differ by profile. */
  get subsidyByOrbit(): boolean {
    return (
      allowsSubsidy(this.problem.question) && !this.interimOnly && this.problem.question.budget === "ex-post"
    );
  }

  interimPayment(type: number): number {
    return type;
  }

  /** Column of what an agent of the type pays in an orbit; the same in all of them where interim payments are all that matters. */
  payment(orbit: PlacedOrbit, type: number): number {
    if (this.interimOnly) return this.interimPayment(type);
    return orbit.firstPayment + orbit.present.findIndex((one) => one.type === type);
  }

  /** Column of the outside money in an orbit, where there is any. */
  subsidy(orbit: PlacedOrbit): number | undefined {
    return this.subsidyByOrbit ? orbit.subsidy : this.money;
  }

  lottery(orbit: PlacedOrbit, primal: RationalVector): Lottery {
    if (orbit.fixed) return orbit.fixed;
    return orbit.classes.flatMap((outcomes, k) => {
      const total = primal.at(orbit.firstProbability + k);
      if (total.isZero) return [];
      const probability = total.divide(Rational.of(outcomes.length));
      return outcomes.map((outcome) => ({ outcome, probability }));
    });
  }
}
