import { describe, expect, test } from "vitest";
import { claimOf } from "../../src/continuum/claim.js";
import type { Bracket } from "../../src/continuum/method.js";
import { Rational } from "../../src/number/rational.js";
import { choices, defaultQuestion, isMaximised, type Question } from "../../src/question/question.js";
import { continuumVerdict } from "../../src/report/continuum-verdict.js";
import { bracketText, endText, widthText } from "../../src/report/outward-text.js";

const r = (numerator: number | bigint, denominator: number | bigint = 1) =>
  Rational.of(numerator, denominator);
const long = {
  lower: r(2520630406676163n, 28147497671065600n),
  upper: r(2547070406676163n, 28147497671065600n),
};

/** Every kind of bracket that a method may prove. */
const brackets: readonly Bracket[] = [
  {},
  { lower: r(0) },
  { lower: r(1, 6) },
  { upper: r(1, 4) },
  { lower: r(0), upper: r(0) },
  { lower: r(1, 6), upper: r(1, 6) },
  { lower: r(0), upper: r(1, 1000) },
  long,
  { contradiction: r(1, 6) },
];

function* questions(): Iterable<Question> {
  for (const objective of choices.objective)
    for (const budget of choices.budget) yield { ...defaultQuestion, objective, budget };
}

const cases = [...questions()].flatMap((question) =>
  brackets
    // A contradiction is of mechanisms without outside money, and of money or gains that are to be large.
    .filter(({ contradiction }) => !contradiction || isMaximised(question))
    // Of what is minimised nothing below 0 is said.
    .filter(({ lower }) => isMaximised(question) || lower !== undefined)
    .map((bracket) => ({ question, claim: claimOf(question, bracket) })),
);

const said = ({ question, claim }: (typeof cases)[number]) => {
  const { word, sentence } = continuumVerdict(question, claim);
  return `${word}: ${sentence}`;
};

describe("what is said of continuous types", () => {
  test("is each of these sentences, and no other", async () => {
    const sentences = [...new Set(cases.map(said))].sort();
    await expect(`${sentences.join("\n")}\n`).toMatchFileSnapshot("continuum-sentences.txt");
  });

  test("that a mechanism exists is said only where one is proved to", () => {
    for (const one of cases.filter((one) => /such (a )?mechanisms? exists?/.test(said(one)))) {
      const { lower, upper } = one.claim;
      expect(isMaximised(one.question) ? lower : upper, said(one)).toBeDefined();
    }
  });

  test("that none exists without outside money is said only where it would take some", () => {
    const none = cases.filter((one) => /^IMPOSSIBLE/.test(said(one)));
    expect(none.length).toBeGreaterThan(5);
    for (const { claim } of none) expect((claim.contradiction ?? claim.lower)!.sign).toBe(1);
  });

  test("is never narrower than what is proved", () => {
    const numbers = (text: string) =>
      [...text.matchAll(/\d+\.\d+/g)].map(([number]) =>
        Rational.of(BigInt(number.replace(".", "")), 10n ** BigInt(number.split(".")[1].length)),
      );
    const [low, high] = numbers(bracketText(long));
    expect(low.compare(long.lower)).toBeLessThanOrEqual(0);
    expect(high.compare(long.upper)).toBeGreaterThanOrEqual(0);
    expect(high.subtract(low).toNumber()).toBeLessThan(1.1 * long.upper.subtract(long.lower).toNumber());
  });
});

describe("an end of a bracket", () => {
  test("is rounded away from the other one, below zero as well", () => {
    const ends = {
      lower: r(-(10n ** 24n) - 1n, 3n * 10n ** 24n),
      upper: r(10n ** 24n + 1n, 3n * 10n ** 24n),
    };
    expect([endText(ends, "lower"), endText(ends, "upper")]).toEqual(["-0.333334", "0.333334"]);
    const inner = { lower: ends.upper, upper: r(1, 2) };
    expect(bracketText(inner)).toBe("between 0.333333 and 1/2 = 0.5");
  });

  test("has the digits that the width needs", () => {
    const at = 10n ** 30n / 3n;
    const ends = { lower: r(at, 10n ** 30n), upper: r(at + 10n ** 18n, 10n ** 30n) };
    expect(bracketText(ends)).toBe("between 0.33333333333333 and 0.33333333333434");
    expect(widthText(ends.lower, ends.upper)).toBe("0.000000000001");
  });
});
