import type { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import type { Plan } from "./plan.js";
import type { Result } from "./result.js";
import { Tally } from "./tally.js";

/** Numbers that come one after the other: the least, the greatest and the mean of them. */
export class Spread {
  least: Rational | undefined;
  greatest: Rational | undefined;
  count = 0;
  private sum = 0;

  add(value: Rational): void {
    this.count++;
    this.sum += value.toNumber();
    if (!this.least || value.compare(this.least) < 0) this.least = value;
    if (!this.greatest || value.compare(this.greatest) > 0) this.greatest = value;
  }

  /** In doubles; undefined of nothing. */
  get mean(): number | undefined {
    return this.count > 0 ? this.sum / this.count : undefined;
  }
}

/** What became of one mechanism of the literature at the points of a group. */
export interface MechanismSummary {
  applies: number;
  qualifies: number;
  settles: number;
  readonly subsidyNeeded: Spread;
}

/** The points of one question at one combination of what varies: all its draws. */
export class Group {
  readonly tally = new Tally();
  readonly optimum = new Spread();
  readonly mechanisms = new Map<string, MechanismSummary>();
  /** The last of its results: the only one where nothing is drawn. */
  result: Result | undefined;

  add(result: Result): void {
    this.tally.add(result);
    this.result = result;
    if ("failure" in result) return;
    if (result.optimum) this.optimum.add(toRational(result.optimum.exact));
    for (const { name, qualifies, settles, subsidyNeeded } of result.mechanisms ?? []) {
      const summary = this.mechanisms.get(name) ?? {
        applies: 0,
        qualifies: 0,
        settles: 0,
        subsidyNeeded: new Spread(),
      };
      this.mechanisms.set(name, summary);
      summary.applies++;
      if (qualifies) summary.qualifies++;
      if (settles) summary.settles++;
      if (subsidyNeeded) summary.subsidyNeeded.add(toRational(subsidyNeeded.exact));
    }
  }
}

/** The results of a sweep, taken one by one, by what varies and by question. */
export class Summary {
  readonly tally = new Tally();
  private readonly groups = new Map<number, Group>();

  constructor(readonly plan: Plan) {}

  add(result: Result): void {
    this.tally.add(result);
    const place = this.plan.placeOf(result.point);
    let group = this.groups.get(place);
    if (!group) {
      group = new Group();
      this.groups.set(place, group);
    }
    group.add(result);
  }

  /** What there is, in the order of the specification. */
  rows(): SummaryRow[] {
    const { combinations, questions } = this.plan;
    const rows: SummaryRow[] = [];
    for (let combination = 0; combination < combinations; combination++) {
      questions.forEach((question, k) => {
        const group = this.groups.get(combination * questions.length + k);
        if (group) rows.push({ values: this.plan.labels(combination).map(labelText), question, group });
      });
    }
    return rows;
  }
}

/** A group with what it is about. */
export interface SummaryRow {
  /** What varies, axis by axis. */
  readonly values: readonly string[];
  readonly question: string;
  readonly group: Group;
}

/** A value as tables call it. */
export function labelText(label: unknown): string {
  return typeof label === "string" ? label : JSON.stringify(label);
}
