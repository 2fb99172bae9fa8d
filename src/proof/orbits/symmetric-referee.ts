import { exchangeability } from "../../environment/orbits/exchangeability.js";
import type { Mechanism } from "../../mechanism/mechanism.js";
import { MutualInsurance } from "../../mechanism/mutual-insurance.js";
import type { Rational } from "../../number/rational.js";
import type { Problem } from "../../problem/problem.js";
import { type RequirementFinding, requiredProperties } from "../../problem/requirements.js";
import type { Multipliers } from "../multipliers.js";
import { CheckedInsurance } from "./checked-insurance.js";
import { SymmetricAgents } from "./symmetric-agents.js";
import { symmetricBound } from "./symmetric-bound.js";
import { SymmetricPass } from "./symmetric-pass.js";

/**
 * The referee of exchangeable agents (theory, section 7). It finds the symmetry in the data by itself; a requirement then
 * holds for all agents and profiles if it does for one of each kind, and expectations are sums over multisets of types
 * with multinomial weights. For private values, independent types and requirements in expectation or on the budget; for
 * mechanisms that are known by a symmetric rule, interim payments and mutual insurance, of which it believes nothing but that
 * definition.
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
    if (ic === "ex-post" || ic === "dominant" || ir === "ex-post" || allocation === "given") return undefined;
    if (mechanism && !(mechanism instanceof MutualInsurance && mechanism.environment === environment)) {
      return undefined;
    }
    const exchange = exchangeability(environment);
    if (!exchange) return undefined;
    const byOrder = allocation === "efficient" && (ties === "first" || ties === "last");
    if (byOrder && !exchange.outcomesStay) return undefined;
    const agents = new SymmetricAgents(environment);
    if (!mechanism) return new SymmetricReferee(problem, agents, undefined);
    if (mechanism.exchange !== exchange || (budget === "ex-post" && !mechanism.predictedCosts))
      return undefined;
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
    return symmetricBound(this.problem, this.agents, multipliers);
  }
}
