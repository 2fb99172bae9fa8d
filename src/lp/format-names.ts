import { inertLine } from "../fault/inert-text.js";

/** Longer names are cut: CPLEX reads 255 characters. */
const LONGEST_NAME = 200;

/** Words that LP readers take for sections, senses or infinity, in any case. */
const RESERVED =
  /^(min|max|minimi[sz]e|maximi[sz]e|minimum|maximum|subject|such|st|s_t|bounds?|free|inf|infinity|end|gen|general|generals|int|integer|integers|bin|binary|binaries|semi|semis|sec|sos|sos1|sos2|cost)$/i;

/**
 * Names that LP and MPS files allow, one for each index: what is not a letter or digit becomes `_`, and a name
 * that would be read as a number or a keyword gets the prefix. Unique, and the same on every run.
 */
export function formatNames(count: number, nameOf: (index: number) => string, prefix: string): string[] {
  const used = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    let name = nameOf(index)
      .replace(/[^A-Za-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .slice(0, LONGEST_NAME);
    // A leading "e" may be read as an exponent.
    if (!/^[A-DF-Za-df-z]/.test(name) || RESERVED.test(name)) name = `${prefix}_${name}`;
    if (used.has(name)) name = `${name}_${index}`;
    while (used.has(name)) name += "_";
    used.add(name);
    return name;
  });
}

/** A name as it may stand in a comment: on one line. */
export function commentText(text: string): string {
  return inertLine(text);
}
