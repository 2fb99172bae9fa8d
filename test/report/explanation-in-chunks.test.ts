import { expect, test } from "vitest";
import { answerFileText, readAnswerFile, readAnswerHead } from "../../src/certificate/answer-file.js";
import { bilateralTrade, design } from "../../src/index.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { explanationText } from "../../src/report/explanation-text.js";

const { environment } = bilateralTrade({ buyer: { points: 7 }, seller: { points: 7 } });

function* chunks(text: string): Iterable<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let k = 0; k < bytes.length; k += 100) yield bytes.subarray(k, k + 100);
}

const questions = [
  {},
  { ic: "dominant", ir: "ex-post", balance: "no-deficit" },
  { ir: "ex-post" },
  { budget: "ex-ante", allocation: "free", ic: "dominant" },
] as const;

test.each(questions)("an answer read in chunks is explained as the whole: %j", async (question) => {
  const answer = await design({ environment }, question);
  const text = [...answerFileText(answer, { name: "trade", digest: "abc" })].join("");
  const whole = readAnswerFile(parseExactJson(text, ""));
  const { head, rows } = readAnswerHead(chunks(text));
  for (const most of [2, 5, 1000]) {
    expect(explanationText(head, { most, rows })).toBe(explanationText(whole, { most }));
  }
});
