import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Environment } from "./environment.js";
import type { AllocationRule } from "./lottery.js";

/**
 * A SHA-256 of what an environment means: labels, prior, values, costs, outside options and the given rule, as exact
 * fractions. Two files that describe the same environment have the same digest; names and descriptions do not count.
 */
export function environmentDigest(environment: Environment, givenRule?: AllocationRule): string {
  const hash = sha256.create();
  const say = (...parts: readonly string[]) => hash.update(utf8ToBytes(`${JSON.stringify(parts)}\n`));
  const sayVector = (vector: RationalVector) => say(...vector.toRationals().map(String));
  const { specification } = environment;
  for (const agent of specification.agents) {
    say("agent", agent.name, ...agent.types);
    say(agent.values.shape);
    sayVector(agent.values.entries);
    if (agent.outsideOption) {
      say("outside option", agent.outsideOption.shape);
      sayVector(agent.outsideOption.entries);
    }
  }
  say("outcomes", ...specification.outcomes);
  say("prior", specification.prior.kind);
  if (specification.prior.kind === "joint") sayVector(specification.prior.table);
  else for (const marginal of specification.prior.marginals) sayVector(marginal);
  if (specification.cost) {
    say("cost", specification.cost.shape);
    sayVector(specification.cost.entries);
  }
  if (givenRule) {
    for (let s = 0; s < environment.profiles.count; s++) {
      const entries = [...givenRule(s)].sort((a, b) => a.outcome - b.outcome);
      say(...entries.flatMap(({ outcome, probability }) => [`${outcome}`, `${probability}`]));
    }
  }
  return bytesToHex(hash.digest());
}
