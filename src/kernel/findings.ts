import { short } from "../number/integer.js";
import type { Rational } from "../number/rational.js";
import type { Finding } from "./finding.js";
import { SlackTally } from "./slack-tally.js";

/** One slack that stands for so many requirements. */
export function singleSlack(slack: Rational, count: number, label: () => string): Finding {
  const tally = new SlackTally(slack.denominator, label);
  tally.add(short(slack.numerator), 1, count);
  return tally.finding;
}

/** The findings of several agents as one. */
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
