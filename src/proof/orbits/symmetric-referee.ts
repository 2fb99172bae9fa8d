import { exchangeability } from "../../environment/orbits/exchangeability.js";
import type { Mechanism } from "../../mechanism/mechanism.js";
import { MutualInsurance } from "../../mechanism/mutual-insurance.js";
import { SymmetricSteadyGains } from "../../mechanism/symmetric-steady-gains.js";
import type { Rational } from "../../number/rational.js";
import { inExpectation } from "../../problem/in-expectation.js";
import type { Problem } from "../../problem/problem.js";
import { type RequirementFinding, requiredProperties } from "../../problem/requirements.js";
import { SpreadMultipliers } from "../interim/spread-multipliers.js";
import type { Multipliers } from "../multipliers.js";
import { CheckedInsurance } from "./checked-insurance.js";
import { SymmetricAgents } from "./symmetric-agents.js";
import { symmetricBound } from "./symmetric-bound.js";
import { SymmetricPass } from "./symmetric-pass.js";

/**
 * The referee of exchangeable agents (theory, section 7). It finds the symmetry in the data by itself; a requirement then
 * holds for all agents and profiles if it does for one of each kind, and expectations are sums over multisets of types
 * with multinomial weights. For private values, independent types and requirements in expectation or on the budget; for
 * mechanisms that are known by a symmetric rule and by interim payments with mutual insurance, or by gains that are the same at
 * every profile, of which it believes nothing but that definition.
 */
export class SymmetricReferee {
  private constructor(
    private readonly problem: Problem,
    private readonly agents: SymmetricAgents,
    private readonly checked: CheckedInsurance | undefined,
  ) {}

  /** Undefined where mechanism, environment or question are of another kind. Without a mechanism it knows bounds alone. */
  static of(problem: Problem, mechanism: Mechanism | undefined): SymmetricReferee | undefined {
    const { environment, question } = problem;
    const { ic, ir, allocation, ties, budget } = question;
    if (environment.prior.kind !== "independent" || !environment.hasPrivateValues) return undefined;
    if (ic === "ex-post" || ic === "dominant" || allocation === "given") return undefined;
    if (ir === "ex-post" && budget === "ex-post") return undefined;
    const steady = mechanism instanceof SymmetricSteadyGains;
    if (mechanism && !(steady || mechanism instanceof MutualInsurance)) return undefined;
    if (mechanism && (mechanism.environment !== environment || (ir === "ex-post" && !steady)))
      return undefined;
    const exchange = exchangeability(environment);
    if (!exchange) return undefined;
    const byOrder = allocation === "efficient" && (ties === "first" || ties === "last");
    if (byOrder && !exchange.outcomesStay) return undefined;
    const agents = new SymmetricAgents(environment);
    if (!mechanism) return new SymmetricReferee(problem, agents, undefined);
    if (mechanism.exchange !== exchange) return undefined;
    if (budget === "ex-post" && (steady || !mechanism.predictedCosts)) return undefined;
    const pass = new SymmetricPass(problem, agents, mechanism);
    if (!pass.isSymmetric) return undefined;
    return new SymmetricReferee(problem, agents, new CheckedInsurance(problem, agents, mechanism, pass));
  }

  findings(): RequirementFinding[] {
    const { checked } = this;
    if (!checked) return [];
    const names = ["allowed outcomes" as const, ...requiredProperties(this.problem.question)];
    return names.map((requirement) => ({ requirement, ...checked.finding(requirement) }));
  }

  objective(): Rational {
    return this.checked!.objective();
  }

  /** What the multipliers prove; undefined where they do not treat agents alike. Throws ProofFault. */
  bound(multipliers: Multipliers): Rational | undefined {
    const { problem, agents } = this;
    if (problem.question.ir !== "ex-post") return symmetricBound(problem, agents, multipliers);
    if (!(multipliers instanceof SpreadMultipliers)) return undefined;
    return symmetricBound(inExpectation(problem), agents, multipliers.interim);
  }
}
