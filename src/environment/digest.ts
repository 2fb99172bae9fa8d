import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Environment } from "./environment.js";
import type { AllocationRule } from "./lottery.js";

/**
 * A SHA-256 of what an environment means: labels, prior, values, costs, outside options and the given rule, as exact
 * fractions. Two files that describe the same environment in tables of the same shape have the same digest: names and descriptions do
 * not count, nor whether amounts that are all 0 are told.
 */
export function environmentDigest(environment: Environment, givenRule?: AllocationRule): string {
  const hash = sha256.create();
  const write = (text: string) => hash.update(utf8ToBytes(text));
  const say = (...parts: readonly string[]) => write(`${JSON.stringify(parts)}\n`);
  // Piece by piece: a table has more entries than a call may have arguments.
  const sayVector = (vector: RationalVector) => {
    for (let k = 0; k < vector.length; k++) write(`${k > 0 ? "," : "["}"${vector.at(k)}"`);
    write(vector.length > 0 ? "]\n" : "[]\n");
  };
  const { specification } = environment;
  for (const agent of specification.agents) {
    say("agent", agent.name, ...agent.types);
    say(agent.values.shape);
    sayVector(agent.values.entries);
    if (agent.outsideOption && !isNothing(agent.outsideOption.entries)) {
      say("outside option", agent.outsideOption.shape);
      sayVector(agent.outsideOption.entries);
    }
  }
  say("outcomes", ...specification.outcomes);
  say("prior", specification.prior.kind);
  if (specification.prior.kind === "joint") sayVector(specification.prior.table);
  else for (const marginal of specification.prior.marginals) sayVector(marginal);
  if (specification.cost && !isNothing(specification.cost.entries)) {
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

function isNothing({ numerators }: RationalVector): boolean {
  for (const numerator of numerators) if (BigInt(numerator) !== 0n) return false;
  return true;
}
