import { type Integer, minus, plus, zeros } from "../number/integer.js";
import type { Row, Space } from "./space.js";
import { type SureRow, TIED } from "./sure-row.js";

/** How often outcomes that are chosen for sure meet the types of the last agent: sums over rows, of the others' weights. */
export class SureOutcomes {
  /** By outcome, in the last row that was added: what `spread` sums to where it is chosen. */
  readonly mass: Integer[];
  private readonly length: number;
  /** `met[b * width + x]`; of the difference to the type before where `before` is known. */
  private readonly met: Integer[];
  /** Where others' weights are the same all along a row: what `spread`, which is then the same in all rows, sums to before a type. */
  private readonly before: Integer[] | undefined;

  constructor({ environment, alike }: Space) {
    const { outcomes, agentCount, profiles, prior } = environment;
    this.length = profiles.sizes[agentCount - 1];
    this.mass = zeros(outcomes.length);
    this.met = zeros(outcomes.length * (this.length + 1));
    this.before = alike || prior.kind === "joint" ? undefined : [];
  }

  add(row: Row, chosen: SureRow): void {
    this.mass.fill(0);
    if (this.before) this.addRuns(row, chosen, this.before);
    else this.addEach(row, chosen);
  }

  private addEach({ from, to, spread, alone }: Row, { sure }: SureRow): void {
    const { mass, met } = this;
    const width = mass.length;
    for (let b = from; b < to; b++) {
      const x = sure[b];
      if (x === TIED) continue;
      mass[x] = plus(mass[x], spread[b]);
      met[b * width + x] = plus(met[b * width + x], alone[b]);
    }
  }

  /** Where one outcome is chosen from one type to another, only the ends are looked at. */
  private addRuns({ from, to, spread, lead }: Row, { sure, ends }: SureRow, before: Integer[]): void {
    const { mass, met } = this;
    const width = mass.length;
    if (before.length === 0) {
      before.push(0);
      for (let b = 0; b < to; b++) before.push(plus(before[b], spread[b]));
    }
    let start = from;
    for (const end of ends) {
      const x = sure[start];
      if (x !== TIED) {
        mass[x] = plus(mass[x], minus(before[end], before[start]));
        met[start * width + x] = plus(met[start * width + x], lead);
        met[end * width + x] = minus(met[end * width + x], lead);
      }
      start = end;
    }
  }

  /** Of every type of the last agent and every outcome. */
  each(visit: (b: number, x: number, weight: Integer) => void): void {
    const { met, before, length } = this;
    const width = this.mass.length;
    for (let x = 0; x < width; x++) {
      let so: Integer = 0;
      for (let b = 0; b < length; b++) {
        so = before ? plus(so, met[b * width + x]) : met[b * width + x];
        if (so !== 0) visit(b, x, so);
      }
    }
  }
}
