import type { Environment } from "../environment/environment.js";
import { InputError } from "../fault/input-error.js";
import { deficit } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { expectedSurplus } from "./balanced.js";
import type { Choice, Construction, Ground } from "./construction.js";
import {
  conditionalInsuranceContract,
  type Expenditure,
  type InsuranceContract,
  insuranceContract,
  insurerAndReinsurer,
} from "./insurance-contract.js";
import { irVcg, withConstants } from "./ir-vcg.js";
import { lazyMechanism, lazyTable } from "./lazy-table.js";
import { optionAgent, optionMatrix, optionNumbers } from "./option-text.js";
import { requireAgents } from "./preconditions.js";

/** The mechanism with its expected surplus (or deficit) shared equally: balanced in expectation, incentives kept. */
export function exAnteBalanced(environment: Environment, mechanism: Mechanism): Mechanism {
  const share = expectedSurplus(environment, mechanism).divide(Rational.of(environment.agentCount));
  return withConstants(
    mechanism,
    environment.agents.map(() => share),
  );
}

/**
 * BN Propositions 2 and 4: agents insure the mechanism against its ex post deficit, so that it balances at every
 * profile, with the same allocation. Interim payments of everybody whose expected profit from the contract is zero are
 * unchanged: all agents under independence, all but the secondary insurer under CIND. Dominant-strategy IC survives for
 * everybody but primary insurers. Throws InputError unless the mechanism balances in expectation.
 */
export function exPostBalanced(
  environment: Environment,
  mechanism: Mechanism,
  contractFor: (expenditure: Expenditure) => InsuranceContract,
): Mechanism {
  const surplus = expectedSurplus(environment, mechanism);
  if (!surplus.isZero) {
    throw new InputError("", `a mechanism with the expected surplus ${surplus}`, "ex ante balance");
  }
  const contract = contractFor(lazyTable((profile) => deficit(environment, mechanism, profile)));
  return lazyMechanism(
    environment,
    (profile) => mechanism.lottery(profile),
    (agent, profile) =>
      mechanism
        .payment(agent, profile)
        .subtract(contract.premiums[agent])
        .add(contract.payment(agent, profile)),
  );
}

/**
 * IR-VCG, its expected surplus shared equally, its ex post deficit insured by the agents. By default the first agent is
 * the primary and the second the secondary insurer; truth stays a dominant strategy for everybody but the first
 * (Cremer and Riordan). Under a joint prior the contract is that of BN Prop. 3. BN's remark that VCG does this for
 * costs `sum_i r_i(a, s_i)` as well is not right: truth need not be dominant once a report moves the cost, so a cost by
 * outcome alone is required.
 */
function build(ground: Ground, { options }: Choice) {
  const { environment } = ground;
  requireAgents("insured", environment, 2);
  const alpha = optionNumbers(options, "alpha", environment.agentCount);
  const i = optionAgent(options, "primary", environment, 0);
  const j = optionAgent(options, "secondary", environment, i === 0 ? 1 : 0);
  const base = exAnteBalanced(environment, irVcg(ground, "insured"));
  if (!alpha) {
    return exPostBalanced(environment, base, (expenditure) =>
      environment.prior.kind === "independent"
        ? insuranceContract(environment, expenditure, insurerAndReinsurer(environment.agentCount, i, j))
        : conditionalInsuranceContract(environment, expenditure, i, j),
    );
  }
  const secondary =
    optionMatrix(options, "beta", environment.agentCount) ?? equalSecondary(environment.agentCount);
  return exPostBalanced(environment, base, (expenditure) =>
    insuranceContract(environment, expenditure, { primary: alpha, secondary }),
  );
}

function equalSecondary(agentCount: number): Rational[][] {
  const share = Rational.of(1, agentCount - 1);
  return Array.from({ length: agentCount }, (_, i) =>
    Array.from({ length: agentCount }, (_, j) => (i === j ? Rational.ZERO : share)),
  );
}

export const insuredConstruction: Construction = {
  name: "insured",
  summary: "IR-VCG, balanced by an insurance contract.",
  about: "IR-VCG with its surplus shared, balanced at every profile by the agents' insurance contract.",
  source: "Börgers and Norman 2005, Propositions 1 to 4",
  example: "partnership-equal-12",
  versions: ["exact"],
  options: {
    primary: "name of the primary insurer (default: the first agent)",
    secondary: "name of the secondary insurer (default: the first of the other agents)",
    alpha: "weights of primary insurance, one for each agent, summing to 1, instead of primary and secondary",
    beta: "with alpha: for each insured agent a row of the others' weights, rows separated by semicolons (default: equal)",
  },
  build,
};
