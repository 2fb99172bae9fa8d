import { type Integer, isZero, plus, times, zeros } from "../number/integer.js";
import { type Scores, TIED } from "../space/scores.js";
import type { Row, Space } from "../space/space.js";

/**
 * What scores make of all that is chosen for sure, each times its profile's weight, where no type has probability zero. How often
 * an outcome meets a type of the last agent is added up first, and multiplied at the end.
 */
export class SettledWelfare {
  /** By outcome, in the row. */
  private readonly mass: Integer[];
  /** By type of the last agent and outcome: the others' weights. */
  private readonly met: Integer[];
  private shared: Integer = 0;

  constructor(
    private readonly space: Space,
    private readonly scores: Scores,
  ) {
    const { outcomes, agentCount, profiles } = space.environment;
    this.mass = zeros(outcomes.length);
    this.met = zeros(outcomes.length * profiles.sizes[agentCount - 1]);
  }

  /** The scores are those of the row. */
  add({ from, to, spread, alone, lead }: Row, sure: Int32Array): void {
    const { mass, met, scores } = this;
    const width = mass.length;
    mass.fill(0);
    for (let b = from; b < to; b++) {
      const x = sure[b];
      if (x === TIED) continue;
      mass[x] = plus(mass[x], spread[b]);
      met[b * width + x] = plus(met[b * width + x], alone[b]);
    }
    let total: Integer = 0;
    for (let x = 0; x < width; x++) {
      if (!isZero(mass[x])) total = plus(total, times(mass[x], scores.shared(x)));
    }
    this.shared = plus(this.shared, times(lead, total));
  }

  get value(): Integer {
    const { met, mass, space, scores } = this;
    const { weight } = space.groups[space.groupOf[space.environment.agentCount - 1]];
    return met.reduce<Integer>((total, others, k) => {
      const b = Math.floor(k / mass.length);
      return plus(total, times(times(others, weight[b]), scores.last(b, k % mass.length)));
    }, this.shared);
  }
}
