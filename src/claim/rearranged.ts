import { exAnteBalanced } from "../construction/insured.js";
import type { Environment } from "../environment/environment.js";
import { randomPayments, randomRule } from "../generator/random-environment.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { everyProfile, interimDifference, lacking } from "./properties.js";

/** Any mechanism, its expected surplus shared equally. */
export function randomBalanced(environment: Environment, seed: number): Mechanism {
  const payments = randomPayments(environment, seed);
  const lottery = randomRule(environment, seed);
  const payment = (agent: number, s: number) => payments[agent].at(s);
  return exAnteBalanced(environment, { lottery, payment, subsidy: () => Rational.ZERO });
}

/** What Propositions 2 and 4 say of the new mechanism beside the old one, in words where it fails. `same` have unchanged interim payments. */
export function notRearranged(
  environment: Environment,
  before: Mechanism,
  after: Mechanism,
  [i, j]: readonly [number, number],
  same: readonly number[],
): string | undefined {
  const { agents, profiles } = environment;
  const change = (k: number, s: number) => after.payment(k, s).subtract(before.payment(k, s));
  for (const s of everyProfile(environment)) {
    const at = environment.profileLabel(s);
    if (JSON.stringify(after.lottery(s)) !== JSON.stringify(before.lottery(s)))
      return `in which the allocation at ${at} is another`;
    if (!change(j, s).equals(change(j, profiles.replace(s, j, 0))))
      return `in which what changes for ${agents[j].name} at ${at} depends on its own type`;
    const third = agents.findIndex((_, k) => k !== i && k !== j && !change(k, s).isZero);
    if (third >= 0) return `in which ${agents[third].name} pays another amount at ${at}`;
  }
  for (const k of same) {
    const difference = interimDifference(
      environment,
      k,
      (s) => after.payment(k, s),
      (s) => before.payment(k, s),
    );
    if (difference !== undefined) return `in which ${difference} to pay`;
  }
  return lacking(environment, after, ["ex post balance", "no subsidy"]);
}
