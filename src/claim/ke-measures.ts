import type { Ground } from "../construction/construction.js";
import { surplusOf } from "../construction/payoff-mechanism.js";
import { continuousReport } from "../continuum/construction/findings.js";
import { ConstructionGround } from "../continuum/construction/ground.js";
import { continuousConstructions } from "../continuum/construction/registry.js";
import type { Environment } from "../environment/environment.js";
import { propertyReport } from "../measure/property-report.js";
import { expectation, interimExpectation, interimUtilities } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import type { Example } from "./example.js";
import type { Printed } from "./printed.js";

/** `E Delta = sum_i E[S(lowest, s_-i)] - (n-1) E S`: what VCG leaves over, as Lemma 1 has it. */
export function expectedVcgSurplus(ground: Ground): Rational {
  const { environment } = ground;
  const surplus = surplusOf(ground);
  const lowest = environment.agents.map((_, agent) => interimExpectation(environment, agent, 0, surplus));
  const others = Rational.of(environment.agentCount - 1);
  return Rational.sum(lowest).subtract(expectation(environment, surplus).multiply(others));
}

/** What each agent's lowest type expects. */
export function lowestPayoffs(environment: Environment, mechanism: Mechanism): readonly Rational[] {
  return environment.agents.map((_, agent) => interimUtilities(environment, mechanism, agent)[0]);
}

/** Where the payoff of a higher type is lower, whatever the others' types are, in words. */
export function fallingPayoff(environment: Environment, mechanism: Mechanism): string | undefined {
  const finding = propertyReport(environment, mechanism).findings["ex post payoff monotonicity"];
  if (!finding.checked) throw new Error(finding.reason);
  return finding.holds ? undefined : `in which ${finding.worst} fails by ${finding.violation}`;
}

/** A construction at every type: what it leaves to an agent at a profile, and what was found of it. */
export function atEveryType(name: string, { instance }: Example) {
  const ground = new ConstructionGround(instance.continuous!());
  const mechanism = continuousConstructions.find((construction) => construction.name === name)!.build(ground);
  return {
    report: () => continuousReport(ground, mechanism),
    /** Of a Groves scheme, `E[payoff_i] - E S`; none of others. */
    constants: mechanism.incentives.kind === "groves" ? mechanism.incentives.constants : [],
    meanSurplus: () => ground.meanSurplus,
    interimSurplus: (agent: number, type: string | number | Rational) =>
      ground.interimSurplus(agent).at(toRational(type)),
    payoff: (agent: number, ...types: readonly (string | number | Rational)[]) =>
      mechanism.payoffs[agent].at(types.map(toRational))!,
  };
}

/** A number that is printed as a formula, to nine digits. */
export function formula(text: string, value: number): Printed {
  const [lower, upper] = [value - 1e-9, value + 1e-9].map(Rational.fromDouble);
  return { text, lower, upper };
}
