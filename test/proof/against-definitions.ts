import { expect } from "vitest";
import type { Mechanism } from "../../src/mechanism/mechanism.js";
import type { Rational } from "../../src/number/rational.js";
import { objectiveOf } from "../../src/problem/objective.js";
import type { Problem } from "../../src/problem/problem.js";
import { auditRequirements, type RequirementFinding } from "../../src/problem/requirements.js";
import type { Multipliers } from "../../src/proof/multipliers.js";
import { lagrangianBound, ProofFault } from "../../src/proof/weak-duality.js";

/** A referee of large problems, which must find what the definitions say one by one. */
export interface TestedReferee {
  findings(): RequirementFinding[];
  objective(): Rational;
  bound(multipliers: Multipliers): Rational | undefined;
}

/** How often each thing happened, so that none of them passes for want of cases. */
export class Tally {
  readonly counts: Record<string, number> = {};

  tell(word: string): void {
    this.counts[word] = (this.counts[word] ?? 0) + 1;
  }

  /** Fails where one of them never happened. */
  expectAll(words: readonly string[]): void {
    for (const word of words) expect(this.counts[word], word).toBeGreaterThan(0);
  }
}

/** A bound as text, or that the multipliers are refused. */
export function boundText(bound: () => Rational | undefined): string {
  try {
    return `${bound()}`;
  } catch (fault) {
    if (fault instanceof ProofFault) return "refused";
    throw fault;
  }
}

/** The referee's findings and objective against the audit's. */
export function compareAudits(
  referee: TestedReferee,
  problem: Problem,
  mechanism: Mechanism,
  label: string,
  tally: Tally,
): void {
  const plain = auditRequirements(problem, mechanism);
  const comparable = ({ requirement, holds, violation, requirements, binding }: RequirementFinding) =>
    `${requirement}: ${holds} ${violation} ${requirements} ${binding}`;
  expect(referee.findings().map(comparable), label).toEqual(plain.map(comparable));
  expect(`${referee.objective()}`, label).toBe(`${objectiveOf(problem, mechanism)}`);
  tally.tell(plain.every(({ holds }) => holds) ? "mechanisms that pass" : "mechanisms that fail");
  for (const { requirement, holds } of plain) if (!holds) tally.tell(`fails ${requirement}`);
}

/** The referee's bound against the Lagrangian's, where it knows the multipliers. */
export function compareBounds(
  referee: TestedReferee,
  problem: Problem,
  multipliers: Multipliers,
  label: string,
  tally: Tally,
): void {
  const seen = boundText(() => referee.bound(multipliers));
  if (seen === "undefined") {
    tally.tell("multipliers of another kind");
    return;
  }
  const plain = boundText(() => lagrangianBound(problem, multipliers));
  expect(seen, label).toBe(plain);
  tally.tell(plain === "refused" ? "multipliers refused" : "multipliers accepted");
}
