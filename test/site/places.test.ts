import { expect, test } from "vitest";
import { isAmong, placesIn } from "../../site/pages/places.js";

test("a source names its places one by one, in lists and in ranges", () => {
  expect([...placesIn("Ke 2009, (8), Theorems 5 and 6, Proposition 6")]).toEqual([
    "formula 8",
    "theorem 5",
    "theorem 6",
    "proposition 6",
  ]);
  expect([...placesIn("Börgers and Norman 2005, Propositions 1 to 4")]).toEqual(
    [1, 2, 3, 4].map((k) => `proposition ${k}`),
  );
  expect([...placesIn("Theorem 5, Lemmas 4 and 5, Corollary 1, Appendix A7")]).toEqual([
    "theorem 5",
    "lemma 4",
    "lemma 5",
    "corollary 1",
    "appendix A7",
  ]);
});

test("a section has what lies in its parts, and not the other way round", () => {
  expect(isAmong("section 4.4", placesIn("Section 4 (linear values: 4.4)"))).toBe(true);
  expect(isAmong("section 40", placesIn("Section 4"))).toBe(false);
  expect(isAmong("section 4", placesIn("Section 4.4"))).toBe(false);
  expect(isAmong("theorem 41", placesIn("Theorem 4"))).toBe(false);
});
