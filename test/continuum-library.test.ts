import { expect, test } from "vitest";
import {
  bilateralTrade,
  continuousInstanceFromData,
  correlatedPair,
  design,
  designContinuum,
  singleGoodAuction,
  verifyAnswer,
} from "../src/index.js";

const grid = { points: 3 };
const trade = bilateralTrade({ buyer: grid, seller: grid });

test("a model's continuous types are answered, and the answer is verified as any other", async () => {
  const answer = await designContinuum(trade);
  expect([answer.verdict, String(answer.optimum)]).toEqual(["impossible", "1/6"]);
  const file = JSON.parse(JSON.stringify(answer.answerFile));
  for (const subject of [trade, trade.continuous!(), { environment: trade.continuous!() }]) {
    const verification = verifyAnswer(file, subject);
    expect(verification).toMatchObject({
      verified: true,
      judgement: { verdict: "impossible", infeasible: false },
    });
  }
  expect(verifyAnswer(file, trade, { ir: "ex-post" })).toMatchObject({ verified: false });
  expect(verifyAnswer(file, singleGoodAuction({ agents: 2, grid }))).toMatchObject({ verified: false });
});

test("intervals are answered as data has them, at a width that is written as numbers are", async () => {
  const instance = continuousInstanceFromData({
    agents: [
      { name: "ann", types: {}, values: { byOutcome: [0, { slope: 1 }] } },
      { name: "bob", types: { to: 2 }, values: { byOutcome: [0, { slope: 1, constant: "-1/2" }] } },
    ],
    outcomes: ["no bridge", "bridge"],
    cost: { byOutcome: [0, 1] },
  });
  const answer = await designContinuum(instance, {}, { width: "1e-6" });
  expect(answer.verdict).toBe("impossible");
  expect(verifyAnswer(answer.answerFile, instance)).toMatchObject({ verified: true });
});

test("a grid's answer is not one about all types, nor the other way round", async () => {
  const { answerFile } = await design(trade);
  expect(() => verifyAnswer(answerFile, trade.continuous!())).toThrow(
    "format: an answer about a grid; expected an answer about continuous types, as they are",
  );
  const pair = correlatedPair({ grid, correlation: 0 });
  await expect(designContinuum(pair)).rejects.toThrow(
    "a grid that stands for no continuous types that are covered",
  );
});
