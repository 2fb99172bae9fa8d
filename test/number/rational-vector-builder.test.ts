import { expect, test } from "vitest";
import { toRational } from "../../src/number/rational-text.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { RationalVectorBuilder } from "../../src/number/rational-vector-builder.js";
import { RandomSource } from "../generator/random-source.js";

function built(texts: readonly string[], byText: (k: number) => boolean): RationalVector {
  const builder = new RationalVectorBuilder(2);
  texts.forEach((text, k) => {
    if (byText(k)) expect(builder.pushText(text), text).toBe(true);
    else builder.push(toRational(text));
  });
  expect(builder.length).toBe(texts.length);
  return builder.build();
}

test("numbers collected one by one are those that were given, in doubles as far as these are exact (seeds 1 to 300)", () => {
  const tally = { doubles: 0, bigints: 0 };
  for (let seed = 1; seed <= 300; seed++) {
    const random = new RandomSource(seed);
    const denominators = random.onceIn(2) ? ["1", "2", "40"] : ["1", "3", "7", "1000003", "999999999999989"];
    const texts = Array.from({ length: random.integer(0, 12) }, () => {
      const sign = random.onceIn(2) ? "-" : "";
      if (random.onceIn(20)) return `${sign}${random.integer(1, 9)}e${random.integer(-30, 30)}`;
      if (random.onceIn(10)) return `${sign}0.${random.integer(0, 999)}`;
      return `${sign}${random.integer(0, 5000)}/${random.pick(denominators)}`;
    });
    const vector = built(texts, (k) => (seed + k) % 3 !== 0);
    const expected = RationalVector.from(texts.map(toRational));
    expect(vector.toRationals().map(String), `seed ${seed}`).toEqual(expected.toRationals().map(String));
    const small = vector.numerators instanceof Float64Array;
    if (expected.numerators instanceof Float64Array && vector.denominator === expected.denominator)
      expect(small, `seed ${seed}`).toBe(true);
    tally[small ? "doubles" : "bigints"]++;
  }
  console.log(`vectors collected, seeds 1 to 300: ${JSON.stringify(tally)}`);
  expect(Math.min(tally.doubles, tally.bigints)).toBeGreaterThan(10);
});

test("no minus zero, no lost digit beyond 2^53, and no text that is no number", () => {
  const vector = built(["-0", "9007199254740993", "1/3", "-9007199254740991/1"], () => true);
  expect(vector.toRationals().map(String)).toEqual(["0", "9007199254740993", "1/3", "-9007199254740991"]);
  expect(Object.is(built(["-0/5"], () => true).numerators[0], 0)).toBe(true);
  const builder = new RationalVectorBuilder();
  for (const text of ["", "-", "1/0", "1/", "/2", "1/-2", "0x10", "NaN", "1 ", "--1"]) {
    expect(builder.pushText(text), text).toBe(false);
  }
  expect(builder.length).toBe(0);
});

test("a denominator beyond all doubles makes no zero another number", () => {
  const texts = ["0", "1", "0", `1/${"7".repeat(400)}`, "0"];
  expect(
    built(["0", "0", texts[3], "0"], () => true)
      .toRationals()
      .map(String),
  ).toEqual(["0", "0", texts[3], "0"]);
  expect(
    built(texts, () => true)
      .toRationals()
      .map(String),
  ).toEqual(texts);
});
