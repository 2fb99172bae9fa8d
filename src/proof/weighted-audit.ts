import type { Finding } from "../mechanism/audit.js";
import { Rational } from "../number/rational.js";

/** Collects slacks, each of which stands for a number of requirements that are alike. */
export class WeightedAudit {
  private least: Rational | undefined;
  private label: () => string = () => "";
  private requirements = 0;
  private binding = 0;

  add(slack: Rational, times: number, label: () => string): void {
    this.requirements += times;
    if (slack.isZero) this.binding += times;
    if (this.least && slack.compare(this.least) >= 0) return;
    this.least = slack;
    this.label = label;
  }

  finding(): Finding {
    const { least, requirements, binding } = this;
    const holds = !least || least.sign >= 0;
    return {
      holds,
      violation: holds ? Rational.ZERO : least!.negate(),
      worst: least && this.label(),
      requirements,
      binding,
    };
  }
}
