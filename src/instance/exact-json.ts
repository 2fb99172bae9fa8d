import { parse } from "lossless-json";
import { InputError } from "../environment/input-error.js";

/**
 * Reads JSON without losing a digit: whole numbers that doubles hold become numbers, all others stay the text that
 * was written, so that `0.1` is one tenth. Throws InputError when the text is not JSON.
 */
export function parseExactJson(text: string, what: string): unknown {
  try {
    return parse(text, undefined, { parseNumber: exactNumber });
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw new InputError(what, `text that is not JSON (${reason})`, "a JSON document");
  }
}

function exactNumber(text: string): number | string {
  const value = Number(text);
  return /^-?\d+$/.test(text) && Number.isSafeInteger(value) ? value : text;
}
