import { InputError } from "../fault/input-error.js";
import { exactDocument } from "../json/exact-document.js";

/**
 * Reads JSON without losing a digit: whole numbers that doubles hold become numbers, all others stay the text that
 * was written, so that `0.1` is one tenth. Throws InputError, with `what` as its path, when the text is not JSON.
 */
export function parseExactJson(text: string, what: string): unknown {
  const half = /\p{Cs}/u.exec(text);
  if (half)
    throw new InputError(what, `half of a surrogate pair after ${half.index} characters`, "well-formed text");
  try {
    return exactDocument([new TextEncoder().encode(text)]);
  } catch (fault) {
    throw fault instanceof InputError ? fault.at(what) : fault;
  }
}
