import { type Integer, isZero, plus, times } from "../number/integer.js";
import type { Scores } from "../space/scores.js";
import type { Row, Space } from "../space/space.js";
import { SureOutcomes } from "../space/sure-outcomes.js";
import type { SureRow } from "../space/sure-row.js";

/** What scores make of all that is chosen for sure, each times its profile's weight, where no type has probability zero. */
export class SettledWelfare {
  private readonly chosen: SureOutcomes;
  private shared: Integer = 0;

  constructor(
    private readonly space: Space,
    private readonly scores: Scores,
  ) {
    this.chosen = new SureOutcomes(space);
  }

  /** The scores are those of the row. */
  add(row: Row, sure: SureRow): void {
    const { chosen, scores } = this;
    chosen.add(row, sure);
    let total: Integer = 0;
    chosen.mass.forEach((mass, x) => {
      if (!isZero(mass)) total = plus(total, times(mass, scores.shared(x)));
    });
    this.shared = plus(this.shared, times(row.lead, total));
  }

  get value(): Integer {
    const { space, scores } = this;
    const { weight } = space.groups[space.groupOf[space.environment.agentCount - 1]];
    let total = this.shared;
    this.chosen.each((b, x, others) => {
      total = plus(total, times(times(others, weight[b]), scores.last(b, x)));
    });
    return total;
  }
}
