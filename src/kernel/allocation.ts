import { equal, type Integer, isZero, minus, negate, plus, short, times } from "../number/integer.js";
import type { Question } from "../question/question.js";
import type { Candidates } from "../space/candidates.js";
import type { Choices, Rules } from "../space/choices.js";
import { equalShares, type Shares } from "../space/rule.js";
import type { Row, Space } from "../space/space.js";
import { TIED } from "../space/sure-row.js";
import type { Finding } from "./finding.js";
import { Refuted } from "./refuted.js";
import { SlackTally } from "./slack-tally.js";

/** What a question allows at every profile: any lottery over candidates, or what a rule prescribes. */
export type Lawful =
  | { readonly kind: "among"; readonly candidates: Candidates }
  | { readonly kind: "prescribed"; readonly choices: Choices };

export function lawful(rules: Rules, { allocation, ties }: Pick<Question, "allocation" | "ties">): Lawful {
  if (allocation === "free") return { kind: "among", candidates: rules.all };
  if (allocation === "given") return { kind: "prescribed", choices: rules.choices({ kind: "given" }) };
  if (ties === "optimise") return { kind: "among", candidates: rules.efficient };
  return { kind: "prescribed", choices: rules.choices({ kind: "efficient", ties }) };
}

/** Whether lotteries are lotteries over what is allowed, and treat agents of equal types alike where agents are alike. */
export class AllocationCheck {
  private readonly lotterySlacks: SlackTally;
  private readonly allowedSlacks: SlackTally;

  constructor(
    private readonly space: Space,
    private readonly allowed: Lawful,
  ) {
    const { environment } = space;
    const at = (profile: number) => environment.profileLabel(profile);
    this.allowedSlacks = new SlackTally(1n, (profile) => `an allowed outcome at ${at(profile)}`);
    this.lotterySlacks = new SlackTally(1n, (profile, entry) =>
      entry === 0
        ? `probabilities that sum to 1 at ${at(profile)}`
        : `a probability of ${environment.outcomes[entry - 1]} at ${at(profile)}`,
    );
  }

  /** Throws Refuted where agents of equal types are not treated alike. */
  add(row: Row, choices: Choices): void {
    const { allowed, space } = this;
    const isSymmetric = space.exchange !== undefined && !space.exchange.outcomesStay;
    const own = allowed.kind === "among" ? allowed.candidates : allowed.choices;
    own.fill(row);
    const only = own.sure;
    let proper = row.size;
    for (let b = row.from, run = 0, ownRun = 0; b < row.to; b++) {
      const x = choices.sure[b];
      if (!isSymmetric && x !== TIED && x === only[b]) {
        // So it is up to where one of both changes.
        while (choices.ends[run] <= b) run++;
        while (own.ends[ownRun] <= b) ownRun++;
        b = Math.min(choices.ends[run], own.ends[ownRun]) - 1;
        continue;
      }
      const lottery = x === TIED ? choices.lottery(b) : equalShares([x]);
      if (isSymmetric) this.checkSymmetry(row, b, lottery);
      const isAllowed = x === only[b] || (allowed.kind === "among" && allowed.candidates.all(b).includes(x));
      if (x !== TIED && isAllowed) continue;
      const count = row.sizes[b];
      proper = minus(proper, count);
      this.addLottery(row, b, lottery, Number(count));
    }
    if (!isZero(proper)) this.addProper(row, proper);
  }

  /** So many profiles of the row at which one outcome is chosen for sure, and allowed. */
  private addProper({ first, from }: Row, profiles: Integer): void {
    const count = Number(profiles);
    this.allowedSlacks.add(0, 1, count, first + from);
    this.lotterySlacks.add(0, 1, count, first + from);
    this.lotterySlacks.count(count, 0);
  }

  private addLottery(row: Row, b: number, shares: Shares, count: number): void {
    const profile = row.first + b;
    const over = short(shares.denominator);
    const total = shares.shares.reduce<Integer>(plus, 0);
    this.lotterySlacks.add(negate(size(minus(total, over))), over, count, profile);
    shares.shares.forEach((share, k) => {
      this.lotterySlacks.add(share, over, count, profile, shares.outcomes[k] + 1);
    });
    const { away, over: unit } = this.distance(b, shares);
    this.allowedSlacks.add(negate(away), unit, count, profile);
  }

  /** Probability that a lottery puts where it may not, or by which it differs from the prescribed one. */
  private distance(b: number, lottery: Shares): { away: Integer; over: Integer } {
    const { allowed } = this;
    const chances = new Map<number, Integer>();
    lottery.outcomes.forEach((x, k) => {
      chances.set(x, plus(chances.get(x) ?? 0, lottery.shares[k]));
    });
    const over = short(lottery.denominator);
    if (allowed.kind === "among") {
      const outcomes = allowed.candidates.all(b);
      let away: Integer = 0;
      // Of what does not belong here every entry counts by itself.
      lottery.outcomes.forEach((x, k) => {
        if (!outcomes.includes(x)) away = plus(away, size(lottery.shares[k]));
      });
      return { away, over };
    }
    const { choices } = allowed;
    const fixed = choices.sure[b] === TIED ? choices.lottery(b) : equalShares([choices.sure[b]]);
    const prescribed = new Map(fixed.outcomes.map((x, k) => [x, fixed.shares[k]]));
    const unit = short(fixed.denominator);
    let away: Integer = 0;
    for (const x of new Set([...chances.keys(), ...prescribed.keys()])) {
      const difference = minus(times(chances.get(x) ?? 0, unit), times(prescribed.get(x) ?? 0, over));
      away = plus(away, size(difference));
    }
    return { away, over: times(over, unit) };
  }

  /** Exchanging agents of equal types must leave the lottery as it is. */
  private checkSymmetry({ types, first }: Row, b: number, { outcomes, shares }: Shares): void {
    const { exchange, environment } = this.space;
    const typeOf = (i: number) => (i === types.length ? b : types[i]);
    for (let i = 0; i < types.length; i++) {
      if (typeOf(i) !== typeOf(i + 1)) continue;
      const swap = exchange!.swaps[i];
      const isSame = outcomes.every((x, k) => {
        const other = outcomes.indexOf(swap[x]);
        return other >= 0 && equal(shares[other], shares[k]);
      });
      if (!isSame)
        throw new Refuted(
          `agents of equal types are not treated alike at ${environment.profileLabel(first + b)}`,
        );
    }
  }

  get lotteries(): Finding {
    return this.lotterySlacks.finding;
  }

  get allowedOutcomes(): Finding {
    return this.allowedSlacks.finding;
  }
}

function size(a: Integer): Integer {
  return a < 0 ? negate(a) : a;
}
