import { parse } from "lossless-json";
import { InputError } from "../environment/input-error.js";

/** More levels than any table has; what reads a file calls itself for each. */
const DEEPEST = 500;

/**
 * Reads JSON without losing a digit: whole numbers that doubles hold become numbers, all others stay the text that
 * was written, so that `0.1` is one tenth. Throws InputError when the text is not JSON.
 */
export function parseExactJson(text: string, what: string): unknown {
  if (depthOf(text) > DEEPEST) {
    throw new InputError(
      what,
      "lists or objects that lie too deep within each other",
      `at most ${DEEPEST} levels`,
    );
  }
  try {
    return parse(text, undefined, { parseNumber: exactNumber });
  } catch (fault) {
    throw new InputError(what, `text that is not JSON (${reason(fault, text)})`, "a JSON document");
  }
}

/** The parser's own words, with a line and a column where it counts characters. */
function reason(fault: unknown, text: string): string {
  const words = fault instanceof Error ? fault.message : String(fault);
  return words.replace(/(at )?position (\d+)/, (_, at = "", position: string) => {
    const before = text.slice(0, Number(position)).split("\n");
    return `${at}line ${before.length}, column ${before[before.length - 1].length + 1}`;
  });
}

function exactNumber(text: string): number | string {
  const value = Number(text);
  return /^-?\d+$/.test(text) && Number.isSafeInteger(value) ? value : text;
}

/** How many brackets are open at most at the same time. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, ++depth);
    else if (token === "]" || token === "}") depth--;
  }
  return deepest;
}
