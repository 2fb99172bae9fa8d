const NUMBER = "[A-Z]?\\d+(?:\\.\\d+)*";
const NAMED = new RegExp(
  `(Section|Theorem|Proposition|Lemma|Example|Definition|Table|Corollar(?:y|ie)|Appendix)s? (${NUMBER}(?:(?:, | and | to )${NUMBER})*)`,
  "g",
);

/**
 * The places of a text that a sentence names: `theorem 5` and `theorem 6` of "Theorems 5 and 6", `formula 9` of "(9)",
 * `proposition 1` to `proposition 4` of "Propositions 1 to 4". What stands in brackets in words is left out.
 */
export function placesIn(sentence: string): ReadonlySet<string> {
  const places = new Set<string>();
  for (const [, number] of sentence.matchAll(/\((\d+)\)/g)) places.add(`formula ${number}`);
  const outside = sentence.replace(/ ?\([^)]*\)/g, "");
  for (const [, kind, numbers] of outside.matchAll(NAMED)) {
    const word = kind.toLowerCase().replace("corollarie", "corollary");
    for (const number of numbersIn(numbers)) places.add(`${word} ${number}`);
  }
  return places;
}

function numbersIn(text: string): string[] {
  return text.split(/, | and /).flatMap((part) => {
    const [first, last] = part.split(" to ");
    if (last === undefined) return [first];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, k) => String(Number(first) + k));
  });
}

/** Whether a place is one of these, or lies in a section that is. */
export function isAmong(place: string, wider: ReadonlySet<string>): boolean {
  if (wider.has(place)) return true;
  return [...wider].some((one) => one.startsWith("section ") && place.startsWith(`${one}.`));
}
