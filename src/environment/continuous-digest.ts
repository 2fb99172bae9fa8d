import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { PiecewisePolynomial } from "../number/piecewise-polynomial.js";
import type { ContinuousEnvironment } from "./continuous-environment.js";

/**
 * A SHA-256 of what a continuous environment means: names of agents and outcomes, densities, atoms, outside options, and outcomes or
 * the formula of the surplus, as exact fractions. docs/continuum-answer-format.md has the lines.
 */
export function continuousDigest({ agents, outcomes, surplus, roundedDown }: ContinuousEnvironment): string {
  const hash = sha256.create();
  const say = (...parts: readonly unknown[]) =>
    hash.update(utf8ToBytes(`${JSON.stringify(parts.map(String))}\n`));
  say("types", "continuous");
  for (const agent of agents) {
    say("agent", agent.name);
    for (const piece of piecesOf(agent.density)) say("density", ...piece);
    for (const { type, probability } of agent.atoms) say("atom", type, probability);
    for (const piece of piecesOf(agent.outsideOption)) say("outside option", ...piece);
  }
  for (const { label, slopes, constants, cost } of outcomes ?? [])
    say("outcome", label, ...slopes.flatMap((slope, i) => [slope, constants[i]]), cost);
  if (!outcomes) say("surplus", surplus.formula);
  for (const agent of roundedDown?.agents ?? [])
    for (const piece of piecesOf(agent.outsideOption)) say("outside option at least", ...piece);
  return bytesToHex(hash.digest());
}

/** Ends and coefficients of each piece; neighbours with the same polynomial are one piece. */
function piecesOf(written: PiecewisePolynomial): unknown[][] {
  const { nodes, pieces } = written.joined();
  return pieces.map((piece, k) => [nodes[k], nodes[k + 1], ...piece.coefficients]);
}
