import { Rational } from "../../number/rational.js";
import type { LeastValue } from "./least-value.js";

/** What was found of a property, for continuous types. */
export type ContinuousFinding =
  /** It is proved, by what. */
  | { readonly holds: true; readonly by: string }
  /** It fails, as far as is said here: where, by how much there, and how much it fails at most anywhere. */
  | { readonly holds: false; readonly by?: string; readonly witness?: Witness; readonly atMost?: Rational }
  /** Neither is proved; the violation is at most so large, where that is known. */
  | { readonly holds: undefined; readonly reason: string; readonly atMost?: Rational };

/** Where a property fails, and by how much. */
export interface Witness {
  /** The type of each agent, or of one where only its own matters. */
  readonly types: readonly { readonly agent: string; readonly type: Rational }[];
  /** Who is concerned, and what it would report, where it is about a misreport. */
  readonly agent?: string;
  readonly report?: Rational;
  readonly violation: Rational;
}

/** The properties, as comparisons on grids name them. */
export const continuousProperties = [
  "ex post efficiency",
  "Bayesian IC",
  "ex post IC",
  "ex ante IR",
  "interim IR",
  "ex post IR",
  "ex ante balance",
  "ex post balance",
  "ex ante no deficit",
  "ex post no deficit",
] as const;

/** A property by its name, among those that are asked of constructions for continuous types. */
export type ContinuousProperty = (typeof continuousProperties)[number];

/** What is proved or refuted of a construction for continuous types, and its money. */
export interface ContinuousReport {
  readonly findings: Readonly<Record<ContinuousProperty, ContinuousFinding>>;
  /** `E[cost - payments]`; undefined where it is not known. */
  readonly expectedDeficit: Rational | undefined;
  /** The largest deficit at any profile lies between these. */
  readonly largestDeficit: { readonly atLeast: Rational; readonly atMost?: Rational | undefined } | undefined;
  /** For each agent `E[payoff | t_i] - E[S | t_i]`, where that is constant. */
  readonly constants: readonly Rational[] | undefined;
}

/** A finding that fails with the largest violation, else one that is not decided, else one that holds. */
export function worst(findings: readonly ContinuousFinding[]): ContinuousFinding {
  const failing = findings.filter((finding) => finding.holds === false);
  const size = (finding: ContinuousFinding) =>
    (finding.holds === false && finding.witness?.violation) || Rational.ZERO;
  if (failing.length > 0) {
    const largest = failing.reduce((a, b) => (size(b).compare(size(a)) > 0 ? b : a));
    const bounds = findings.map((finding) => (finding.holds === true ? Rational.ZERO : finding.atMost));
    if (largest.holds !== false || bounds.includes(undefined)) return largest;
    return { ...largest, atMost: (bounds as Rational[]).reduce(Rational.maximum) };
  }
  return findings.find(({ holds }) => holds === undefined) ?? findings[0];
}

/** What the least slack of a property says of it. */
export function ofLeastSlack(
  agents: readonly string[],
  least: LeastValue | undefined,
  concerned?: string,
): ContinuousFinding {
  if (!least) return { holds: undefined, reason: "profiles fall into too many pieces" };
  if (least.isZero) return { holds: true, by: "an identity of polynomials" };
  const { above, witness } = least;
  const atMost = above && { atMost: above.negate() };
  if (witness) {
    const types = witness.types.map((type, i) => ({ agent: agents[i], type }));
    const violation = witness.value.negate();
    return {
      holds: false,
      witness: { types, ...(concerned !== undefined && { agent: concerned }), violation },
      ...atMost,
    };
  }
  if (above && above.sign >= 0) return { holds: true, by: "enclosure" };
  return { holds: undefined, reason: "the enclosure contains 0", ...atMost };
}

/** Of a property of expected money. */
export function exAnte(mean: Rational | undefined, holds: (mean: Rational) => boolean): ContinuousFinding {
  if (!mean) return { holds: undefined, reason: "expected payments are not known" };
  if (holds(mean)) return { holds: true, by: "its exact value" };
  return { holds: false, witness: { types: [], violation: mean.absolute() }, atMost: mean.absolute() };
}
