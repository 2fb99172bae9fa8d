import { Rational } from "../number/rational.js";

/** What was found of a requirement, exactly. */
export interface Finding {
  readonly holds: boolean;
  /** How much the worst-off of its inequalities misses by; zero when it holds. */
  readonly violation: Rational;
  /** The inequality with the smallest slack, in labels. */
  readonly worst: string | undefined;
  /** How many inequalities it consists of, and how many of them bind (slack exactly zero). */
  readonly requirements: number;
  readonly binding: number;
}

/** One inequality, evaluated: a slack that is not negative means that it holds, zero that it binds. Of an equation, minus its size. */
export interface Slack {
  readonly slack: Rational;
  /** Names the inequality by labels: `IC of buyer 0.35 against reporting 0.45`. */
  readonly label: () => string;
}

/** Walks through every slack and keeps the first of the smallest. */
export function audit(slacks: Iterable<Slack>): Finding {
  let worst: Slack | undefined;
  let requirements = 0;
  let binding = 0;
  for (const slack of slacks) {
    requirements++;
    if (slack.slack.isZero) binding++;
    if (!worst || slack.slack.compare(worst.slack) < 0) worst = slack;
  }
  const holds = !worst || worst.slack.sign >= 0;
  return {
    holds,
    violation: holds ? Rational.ZERO : worst!.slack.negate(),
    worst: worst?.label(),
    requirements,
    binding,
  };
}
