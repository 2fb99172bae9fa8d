import type { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";

/** What the entries of a table depend on. The outcome, where there is one, is the fastest index. */
export type TableShape = "constant" | "outcome" | "type" | "type-outcome" | "profile" | "profile-outcome";

/** Money by type, profile and outcome, as far as it depends on them. */
export class Table {
  readonly typeStride: number;
  readonly profileStride: number;
  readonly outcomeStride: number;

  constructor(
    readonly shape: TableShape,
    readonly entries: RationalVector,
    readonly outcomeCount: number,
  ) {
    const byOutcome = shape.endsWith("outcome");
    this.outcomeStride = byOutcome ? 1 : 0;
    this.typeStride = shape.startsWith("type") ? (byOutcome ? outcomeCount : 1) : 0;
    this.profileStride = shape.startsWith("profile") ? (byOutcome ? outcomeCount : 1) : 0;
  }

  /** How many entries a table of a shape has. */
  static length(shape: TableShape, types: number, profiles: number, outcomes: number): number {
    const rows = shape.startsWith("profile") ? profiles : shape.startsWith("type") ? types : 1;
    return rows * (shape.endsWith("outcome") ? outcomes : 1);
  }

  get dependsOnProfile(): boolean {
    return this.profileStride > 0;
  }

  index(type: number, profile: number, outcome: number): number {
    return type * this.typeStride + profile * this.profileStride + outcome * this.outcomeStride;
  }

  at(type: number, profile: number, outcome: number): Rational {
    return this.entries.at(this.index(type, profile, outcome));
  }

  /** The numerator over `entries.denominator`. */
  numerator(type: number, profile: number, outcome: number): number | bigint {
    return this.entries.numerators[this.index(type, profile, outcome)];
  }

  /** The numerators as doubles, to be looked up without asking what they are. Throws where they are no machine integers. */
  machineTable(): MachineTable {
    const { typeStride, profileStride, outcomeStride } = this;
    const { numerators } = this.entries;
    if (!(numerators instanceof Float64Array)) throw new Error("the table is not of machine integers");
    return { numerators, typeStride, profileStride, outcomeStride };
  }

  /** The same money over a multiple of the present denominator. */
  over(denominator: bigint): Table {
    if (denominator === this.entries.denominator) return this;
    return new Table(this.shape, this.entries.over(denominator), this.outcomeCount);
  }
}

/** A table whose numerators are doubles. */
export interface MachineTable {
  readonly numerators: Float64Array;
  readonly typeStride: number;
  readonly profileStride: number;
  readonly outcomeStride: number;
}

/** An entry of such a table. */
export function machineEntry(
  { numerators, typeStride, profileStride, outcomeStride }: MachineTable,
  type: number,
  profile: number,
  outcome: number,
): number {
  return numerators[type * typeStride + profile * profileStride + outcome * outcomeStride];
}
