import { expect, test } from "vitest";
import { bilateralTrade, design } from "../../src/index.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { answerFileText, readAnswerFile } from "../../src/proof/answer/answer-file.js";
import { readAnswerInWords } from "../../src/proof/answer/answer-reader.js";
import { explanationText } from "../../src/report/explanation-text.js";

const { environment } = bilateralTrade({ buyer: { points: 7 }, seller: { points: 7 } });

function* chunks(text: string): Iterable<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let k = 0; k < bytes.length; k += 100) yield bytes.subarray(k, k + 100);
}

test.each([[{}], [{ ic: "dominant", ir: "ex-post", balance: "no-deficit" }], [{ ir: "ex-post" }]] as const)(
  "an answer read in chunks, and no more of it than is shown, is explained as the whole: %j",
  async (question) => {
    const answer = await design({ environment }, question);
    const text = [...answerFileText(answer, { name: "trade", digest: "abc" })].join("");
    const whole = readAnswerFile(parseExactJson(text, ""));
    expect(whole.multipliers!.participation.length + whole.multipliers!.incentive.length).toBeGreaterThan(8);
    for (const most of [2, 5, 1000]) {
      const read = readAnswerInWords(chunks(text), most + 1);
      expect(read.multipliers!.participation.length).toBeLessThanOrEqual(most + 1);
      expect(explanationText(read, { most })).toBe(explanationText(whole, { most }));
    }
  },
);

test("an entry that is none is refused by its place", () => {
  const bad = (entry: string) =>
    `{"multipliers": {"participation": [{"agent": "a", "weight": "1"}, ${entry}]}}`;
  expect(() => readAnswerInWords(chunks(bad('{"agent": "a", "weight": "one"}')))).toThrow(
    'multipliers.participation[1].weight: "one"; expected a number, or a string such as "1/3"',
  );
});
