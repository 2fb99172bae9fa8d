import type { Finding } from "../../mechanism/audit.js";
import { Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";

/** Where the least entry is, and how many are zero. */
export function leastOf({ numerators }: RationalVector): {
  readonly least: number;
  readonly binding: number;
} {
  let least = 0;
  let binding = 0;
  for (let k = 0; k < numerators.length; k++) {
    if (numerators[k] < numerators[least]) least = k;
    if (Number(numerators[k]) === 0) binding++;
  }
  return { least, binding };
}

/** A property that consists of slacks, each of them met `times` times over. */
export function finding(slacks: readonly Rational[], label: (least: number) => string, times = 1): Finding {
  let least = 0;
  slacks.forEach((slack, k) => {
    if (slack.compare(slacks[least]) < 0) least = k;
  });
  const holds = slacks[least].sign >= 0;
  return {
    holds,
    violation: holds ? Rational.ZERO : slacks[least].negate(),
    worst: label(least),
    requirements: slacks.length * times,
    binding: slacks.filter((slack) => slack.isZero).length * times,
  };
}

/** The findings of all agents as one. */
export function together(findings: readonly Finding[]): Finding {
  const worst = findings.reduce((a, b) => (b.violation.compare(a.violation) > 0 || !a.worst ? b : a));
  return {
    holds: findings.every(({ holds }) => holds),
    violation: worst.violation,
    worst: worst.worst,
    requirements: findings.reduce((total, { requirements }) => total + requirements, 0),
    binding: findings.reduce((total, { binding }) => total + binding, 0),
  };
}
