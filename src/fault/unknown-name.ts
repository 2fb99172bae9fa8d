import leven from "leven";
import { InputError, shown } from "./input-error.js";

/** Most names that a message lists. */
const MOST_LISTED = 30;
/** Most names that are asked about. */
const MOST_SUGGESTED = 3;
/** Longer names are not compared, nor more than so many: no slip of the pen is looked for there. */
const LONGEST_NAME = 100;
const MOST_COMPARED = 10_000;
/** Fewest letters by which a part tells a name. */
const SHORTEST_PART = 3;

/**
 * The fault of a name that is none of those there are: `the unknown family "bilateral"`, with what would be accepted, and the
 * name that was probably meant. `path` is as in `InputError`.
 */
export function unknownName(
  path: string,
  kind: string,
  name: string,
  known: readonly string[],
  accepted = `one of ${listed(known)}`,
): InputError {
  return new InputError(path, `the unknown ${kind} ${shown(name)}`, accepted, {
    suggestions: namesLike(name, known),
  });
}

/** Names in a row, cut where nobody would read on. */
export function listed(names: readonly string[], most = MOST_LISTED): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")}, … (${names.length.toLocaleString("en-US")} in all)`;
}

/**
 * The names that someone who wrote `name` probably meant: those that the fewest changed letters make of it, a third of all at
 * most, not counting case and hyphens, and letters out of order as one; else those that contain it or lie in it. At most three.
 */
export function namesLike(name: string, known: readonly string[]): readonly string[] {
  if (name.length > LONGEST_NAME) return [];
  const written = bare(name);
  if (written === "") return [];
  const candidates = [...new Set(known.slice(0, MOST_COMPARED))]
    .filter((candidate) => candidate.length <= LONGEST_NAME)
    .map((candidate) => ({ candidate, text: bare(candidate) }));
  const near = candidates
    .map(({ candidate, text }) => ({
      candidate,
      distance: distanceOf(written, text),
      most: Math.ceil(Math.max(written.length, text.length) / 3),
    }))
    .filter(({ candidate, distance, most }) => candidate !== name && distance <= most);
  const least = Math.min(...near.map(({ distance }) => distance));
  const nearest = near.filter(({ distance }) => distance === least).map(({ candidate }) => candidate);
  const around = candidates
    .filter(({ text }) => Math.min(text.length, written.length) >= SHORTEST_PART)
    .filter(({ text }) => text.includes(written) || written.includes(text))
    .map(({ candidate }) => candidate);
  return (nearest.length > 0 ? nearest : around).slice(0, MOST_SUGGESTED);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}

function distanceOf(written: string, text: string): number {
  const distance = leven(written, text);
  return distance > 1 && inOrder(written) === inOrder(text) ? 1 : distance;
}

function inOrder(text: string): string {
  return [...text].sort().join("");
}
