import type { Choices } from "../space/choices.js";
import type { Row } from "../space/space.js";

/** A simple shape that a rule may have. It is held against the rule at every profile, or orbit, and drops out at the first that differs. */
export interface Form {
  readonly refuted: boolean;
  /** The choices are those of the row, and the types of the last agent those at which they have to be looked at. */
  add(row: Row, choices: Choices, places: readonly number[]): void;
  /** After all rows: whether it wants to see them again, with what it knows now. */
  again?(): boolean;
  /** What the rule does, in words; undefined where it does not have this shape, or that says too little. */
  words(): readonly string[] | undefined;
}
