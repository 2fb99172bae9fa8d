import { InputError } from "../src/fault/input-error.js";

/** The most entries of one agent's values: beyond them exact fractions do not fit in a browser's memory. */
const MOST_ENTRIES = 4_000_000;

/** Throws InputError when a table of values would have too many entries. */
export function checkTableSize(rows: number, outcomes: number): void {
  if (!(rows * outcomes <= MOST_ENTRIES)) {
    throw new InputError(
      "",
      `a table of ${rows} x ${outcomes} values for each agent`,
      `at most ${MOST_ENTRIES} entries: fewer types`,
    );
  }
}
