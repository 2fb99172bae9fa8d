import stringWidth from "string-width";

/** Characters that take one place each, with nothing to be asked about them: those of nearly all tables. */
const PLAIN = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff≈…─·■]*$/;

/** How many columns of a terminal a text takes. */
export function textWidth(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}
