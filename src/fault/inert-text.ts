/**
 * What does something to whoever shows it, instead of being shown: control characters (of which escape sequences are made), ends of
 * lines and paragraphs, marks that turn the direction of what follows, and halves of surrogate pairs. A line feed and a tab are text.
 */
const ACTIVE = /(?![\t\n])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const EVERY_ACTIVE = new RegExp(ACTIVE, "gu");

/** Whether a text does nothing but appear, wherever it is shown. */
export function isInert(text: string): boolean {
  return !ACTIVE.test(text);
}

/**
 * Text as it may be shown anywhere: what would act is written as JSON escapes it (`\u001b`), so that the text of a JSON document stays
 * the same document. All text that a file, an argument or the system gave passes here before it is shown.
 */
export function inert(text: string): string {
  return ACTIVE.test(text) ? text.replace(EVERY_ACTIVE, escaped) : text;
}

/** The same on one line. */
export function inertLine(text: string): string {
  return inert(text).replace(/[\t\n]/g, (sign) => (sign === "\n" ? "\\n" : "\\t"));
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Characters that are left of what is cut, at its begin and at its end. */
const [BEGIN, END] = [70, 20];

/** A text on one line that does nothing but appear; one of more characters than `longest` is cut in the middle, and what is left out counted. */
export function briefLine(text: string, longest: number): string {
  const line = text.length > longest ? "" : inertLine(text);
  if (text.length <= longest && line.length <= longest) return line;
  // Not within a surrogate pair.
  const begin = text.slice(0, BEGIN).replace(/\p{Cs}$/u, "");
  const end = text.slice(-END).replace(/^\p{Cs}/u, "");
  const left = text.length - begin.length - end.length;
  return `${inertLine(begin)}… (${left.toLocaleString("en-US")} characters more) …${inertLine(end)}`;
}
