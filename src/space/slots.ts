import type { Environment } from "../environment/environment.js";
import { type Row, Space } from "./space.js";

/**
 * The types that occur in orbits, each counted as often as orbits have it: slot by slot in the order of the orbits, and of the types
 * in one of them. Follows a pass over the rows.
 */
export class Slots {
  private before = 0;
  private row: Row | undefined;
  private first = 0;
  /** How many types occur among all agents but the last, and by agent how many of them are smaller than its own. */
  private distinct = 0;
  private readonly smaller: number[] = [];

  fill(row: Row): void {
    const { types, from, to, start } = row;
    if (start === 0) this.before = 0;
    this.row = row;
    this.first = this.before;
    this.distinct = 0;
    for (let j = 0; j < types.length; j++) {
      if (j === 0 || types[j] !== types[j - 1]) this.distinct++;
      this.smaller[j] = this.distinct - 1;
    }
    // The first orbit of the row repeats the type of the agent before the last.
    const cells = to - from;
    this.before += cells * (this.distinct + 1) - (this.repeats ? 1 : 0);
  }

  private get repeats(): boolean {
    const { types, from } = this.row!;
    return types.length > 0 && types[types.length - 1] === from;
  }

  /** Where the slots of an orbit begin. */
  start(b: number): number {
    const cells = b - this.row!.from;
    return this.first + cells * (this.distinct + 1) - (cells > 0 && this.repeats ? 1 : 0);
  }

  /** The slot of the agent's type. */
  at(agent: number, b: number): number {
    const { types, from } = this.row!;
    if (agent < types.length) return this.start(b) + this.smaller[agent];
    return this.start(b) + this.distinct - (b === from && this.repeats ? 1 : 0);
  }
}

/** By orbit, in their order: how many slots there are before it. The last entry is their number. */
export function slotStarts(environment: Environment): Float64Array {
  const space = new Space(environment, true);
  const slots = new Slots();
  const starts = new Float64Array(space.count + 1);
  let end = 0;
  space.rows((row) => {
    slots.fill(row);
    for (let b = row.from; b < row.to; b++) {
      starts[row.start + b - row.from] = slots.start(b);
      end = slots.at(environment.agentCount - 1, b) + 1;
    }
  });
  starts[space.count] = end;
  return starts;
}
