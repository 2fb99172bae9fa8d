import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { lcm } from "../number/rational.js";
import { Rules } from "../space/choices.js";
import type { Rule, Shares } from "../space/rule.js";
import { Space } from "../space/space.js";

interface Share {
  readonly outcome: number;
  readonly share: number;
}

/** A rule looked up at every profile. */
export interface ChosenByProfile {
  /** The outcome that is chosen for sure, or TIED. */
  readonly sure: Int32Array;
  /** The lotteries at all other profiles, in whole numbers over `shares`; rounded where those are not safe integers. */
  readonly mixed: ReadonlyMap<number, readonly Share[]>;
  readonly shares: bigint;
  /** Profiles with more than one efficient outcome; none where they are not looked for. */
  readonly tied: readonly number[];
}

export function chosenByProfile(
  environment: Environment,
  rule: Rule,
  given: AllocationRule | undefined,
  withTies: boolean,
): ChosenByProfile {
  const space = Space.of(environment);
  const rules = new Rules(space, given);
  const { efficient } = rules;
  const choices = rules.choices(rule);
  const sure = new Int32Array(environment.profiles.count);
  const open = new Map<number, Shares>();
  const tied: number[] = [];
  let shares = 1n;
  space.rows((row) => {
    choices.fill(row);
    sure.set(choices.sure, row.first);
    for (const b of choices.open) {
      const lottery = choices.lottery(b);
      open.set(row.first + b, lottery);
      shares = lcm(shares, lottery.denominator);
    }
    if (!withTies) return;
    efficient.fill(row);
    for (const b of efficient.open) tied.push(row.first + b);
  });
  const mixed = new Map(
    Array.from(open, ([s, own]) => {
      const factor = Number(shares / own.denominator);
      return [s, own.outcomes.map((outcome, k) => ({ outcome, share: factor * Number(own.shares[k]) }))];
    }),
  );
  return { sure, mixed, shares, tied };
}
