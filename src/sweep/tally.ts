import { countText, plural } from "../number/count-text.js";
import type { Result } from "./result.js";

/** How many points there are of each kind. */
export class Tally {
  readonly counts = { possible: 0, impossible: 0, undecided: 0, failed: 0 };

  add(result: Result): void {
    this.counts["failure" in result ? "failed" : result.verdict]++;
  }

  /** Of how many points there is an answer. */
  get answered(): number {
    const { possible, impossible, undecided } = this.counts;
    return possible + impossible + undecided;
  }

  get total(): number {
    return this.answered + this.counts.failed;
  }

  /** `500 points: 320 possible, 180 impossible` */
  toString(): string {
    const kinds = Object.entries(this.counts).filter(([, count]) => count > 0);
    const words = kinds.map(([kind, count]) => `${countText(count)} ${kind}`).join(", ");
    return `${plural(this.total, "point")}${words === "" ? "" : `: ${words}`}`;
  }
}
