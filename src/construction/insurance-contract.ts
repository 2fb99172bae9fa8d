import type { Environment } from "../environment/environment.js";
import { InputError } from "../fault/input-error.js";
import { expectation, interimExpectation } from "../mechanism/interim.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { conditionalOnAllBut, requireConditionalIndependence } from "./conditional-independence.js";
import { lazyTable } from "./lazy-table.js";
import { requireAgents, requireIndependentTypes } from "./preconditions.js";

/** An expenditure that depends on the profile. */
export type Expenditure = (profile: number) => Rational;

/** Agents insure somebody against an expenditure (BN Def. 1). */
export interface InsuranceContract {
  /** Paid to each agent beforehand. */
  readonly premiums: readonly Rational[];
  /** What `agent` then pays at the profile. */
  payment(agent: number, profile: number): Rational;
}

/** Who takes which part of the insurance. Every list of weights sums to 1; negative weights are allowed. */
export interface InsuranceWeights {
  /** `primary[i]` is agent `i`'s share of the primary insurance (alpha). */
  readonly primary: readonly Rational[];
  /** `secondary[i][j]` is agent `j`'s share in insuring agent `i` (beta); zero for `i` itself. */
  readonly secondary: readonly (readonly Rational[])[];
}

/** Agent `i` alone is the primary insurer and `j` alone insures it. Throws InputError unless they are two agents. */
export function insurerAndReinsurer(agentCount: number, i: number, j: number): InsuranceWeights {
  if (i === j) throw new InputError("secondary", "the primary insurer itself", "another agent");
  const only = (agent: number) =>
    Array.from({ length: agentCount }, (_, k) => (k === agent ? Rational.ONE : Rational.ZERO));
  // Whoever carries no primary insurance needs no secondary insurer; any weights will do.
  return {
    primary: only(i),
    secondary: Array.from({ length: agentCount }, (_, k) => only(k === j ? i : j)),
  };
}

/**
 * The contract with general weights for independent types (BN, after Prop. 1): with `x_i(s_i) = E[x | s_i]`,
 * `m_i(s) = alpha_i (E x + x(s) - x_i(s_i)) + sum_{j != i} beta_ji alpha_j (x_j(s_j) - E x)`, against the premium
 * `alpha_i E x`. Full insurance, actuarially fair, no type gains by a false report, and every type's expected profit is
 * exactly zero. Throws InputError for correlated types, a single agent, or weights that do not sum to 1.
 */
export function insuranceContract(
  environment: Environment,
  expenditure: Expenditure,
  weights: InsuranceWeights,
  name = "insured",
): InsuranceContract {
  requireAgents(name, environment, 2);
  requireIndependentTypes(name, environment);
  checkWeights(environment, weights);
  const { primary, secondary } = weights;
  const { profiles } = environment;
  const mean = expectation(environment, expenditure);
  const predicted = environment.agents.map((_, agent) =>
    lazyTable((type) => interimExpectation(environment, agent, type, expenditure)),
  );
  const prediction = (agent: number, profile: number) => predicted[agent](profiles.typeOf(profile, agent));
  return {
    premiums: primary.map((share) => share.multiply(mean)),
    payment: (agent, profile) => {
      const total = new RationalSum();
      if (!primary[agent].isZero) {
        const unpredicted = expenditure(profile).subtract(prediction(agent, profile));
        total.addProduct(primary[agent], mean.add(unpredicted));
      }
      environment.agents.forEach((_, other) => {
        if (other === agent) return;
        const share = secondary[other][agent].multiply(primary[other]);
        if (!share.isZero) total.addProduct(share, prediction(other, profile).subtract(mean));
      });
      return total.value;
    },
  };
}

/**
 * The contract between primary insurer `i` and secondary insurer `j` where their types are independent given everybody
 * else's (BN Prop. 3): `j` pays `E[x | s_i, s_-ij] - E x`, `i` the rest. As before but for `j`'s participation, which
 * may fail for some of its types. The conditional expectation is taken over `j`'s type given the others' without `i`,
 * which is the same by CIND and makes sense after reports that have probability zero together. Throws InputError,
 * naming a profile, where CIND fails.
 */
export function conditionalInsuranceContract(
  environment: Environment,
  expenditure: Expenditure,
  i: number,
  j: number,
  name = "insured",
): InsuranceContract {
  requireAgents(name, environment, 2);
  if (i === j) throw new InputError("secondary", "the primary insurer itself", "another agent");
  requireConditionalIndependence(name, environment, i, j);
  const mean = expectation(environment, expenditure);
  const predicted = conditionalOnAllBut(environment, i, j, expenditure);
  return {
    premiums: environment.agents.map((_, agent) => (agent === i ? mean : Rational.ZERO)),
    payment: (agent, profile) => {
      if (agent === i) return mean.add(expenditure(profile)).subtract(predicted(profile));
      return agent === j ? predicted(profile).subtract(mean) : Rational.ZERO;
    },
  };
}

function checkWeights({ agentCount }: Environment, { primary, secondary }: InsuranceWeights): void {
  const sumsToOne = (weights: readonly Rational[], path: string) => {
    if (weights.length !== agentCount)
      throw new InputError(path, `${weights.length} weights`, `${agentCount}, one for each agent`);
    const total = Rational.sum(weights);
    if (!total.equals(Rational.ONE)) throw new InputError(path, `weights that sum to ${total}`, "a sum of 1");
  };
  sumsToOne(primary, "alpha");
  if (secondary.length !== agentCount) {
    throw new InputError("beta", `${secondary.length} rows`, `${agentCount}, one for each insured agent`);
  }
  secondary.forEach((weights, i) => {
    sumsToOne(weights, `beta[${i}]`);
    if (!weights[i].isZero) {
      throw new InputError(`beta[${i}][${i}]`, `${weights[i]}`, "0: nobody insures itself");
    }
  });
}
