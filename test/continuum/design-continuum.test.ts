import { describe, expect, test } from "vitest";
import { bilateralTrade } from "../../models/index.js";
import { continuumAnswerData, continuumAnswerText } from "../../src/continuum/answer-file.js";
import { type ContinuumAnswer, designContinuumFor } from "../../src/continuum/design-continuum.js";
import { type Bracket, ContinuumStopped } from "../../src/continuum/method.js";
import { verifyContinuumAnswer } from "../../src/continuum/verify.js";
import { continuousDigest } from "../../src/environment/continuous-digest.js";
import { Rational } from "../../src/number/rational.js";
import type { AskedQuestion } from "../../src/question/question.js";
import { statedMethod } from "./stated-method.js";

const environment = bilateralTrade({ buyer: { points: 3 }, seller: { points: 3 } }).continuous!();
const subject = { environment, digest: continuousDigest(environment) };
const r = (numerator: number, denominator = 1) => Rational.of(numerator, denominator);
const sixth = { lower: r(1, 6), upper: r(1, 6) };

const designed = (bracket: Bracket, question: AskedQuestion = {}) =>
  designContinuumFor(environment, question, {}, [statedMethod(bracket)]);
const written = (answer: ContinuumAnswer) => continuumAnswerData(answer, { name: "trade", ...subject });

describe("the verdict about continuous types", () => {
  test.each<[string, AskedQuestion, Bracket, string]>([
    ["a positive lower end of outside money", {}, { lower: r(1, 6) }, "impossible"],
    ["no outside money at all", {}, { lower: r(0), upper: r(0) }, "possible"],
    ["a lower end of 0", {}, { lower: r(0), upper: r(1, 10) }, "undecided"],
    [
      "a positive least amount where none is allowed",
      { objective: "feasibility" },
      { lower: r(1, 9) },
      "impossible",
    ],
    ["gains that a mechanism attains", { objective: "max-gains" }, { lower: r(0), upper: r(1) }, "possible"],
    ["gains that nothing exceeds", { objective: "max-gains" }, { upper: r(1) }, "undecided"],
    ["a contradiction", { objective: "max-gains" }, { contradiction: r(1, 6) }, "impossible"],
  ])("of %s is what a grid's would be", async (_, question, bracket, verdict) => {
    const answer = await designed(bracket, question);
    expect(answer.verdict).toBe(verdict);
    expect(answer.infeasible).toBe(bracket.contradiction !== undefined);
  });

  test("is that of the judge, whatever was found", async () => {
    const boastful = statedMethod(sixth, {
      find: async () => ({ bracket: { lower: r(5) }, certificate: { kind: "stated", ...sixth } }),
    });
    const answer = await designContinuumFor(environment, {}, {}, [boastful]);
    expect(String(answer.optimum)).toBe("1/6");
  });
});

describe("the walk", () => {
  test("takes the first method that covers the question", async () => {
    const first = statedMethod(sixth, { kind: "first", refusal: () => "first: nothing is covered" });
    const answer = await designContinuumFor(environment, {}, {}, [first, statedMethod(sixth)]);
    expect(answer.method).toBe("stated");
  });

  test("tells what every method says where none covers the question, each once", async () => {
    const none = statedMethod(sixth, { refusal: () => "ir interim: not covered" });
    await expect(
      designContinuumFor(environment, {}, {}, [none, none, statedMethod(sixth)].slice(0, 2)),
    ).rejects.toThrow(
      "a question about continuous types that no method covers (ir interim: not covered); expected one that is covered",
    );
  });

  test("refuses parameters and rules of a grid, before any method is asked", async () => {
    const question = (asked: AskedQuestion) => designed(sixth, asked);
    await expect(question({ neverPaid: "all" })).rejects.toThrow(
      /^question\.neverPaid: a requirement that is not covered/,
    );
    await expect(question({ allocation: "given" })).rejects.toThrow(
      /^question\.allocation: given, a rule that is written/,
    );
  });

  test("refuses a mesh that is none", async () => {
    for (const cells of [0, 1.5, 1001, Number.NaN])
      await expect(designContinuumFor(environment, {}, { cells }, [statedMethod(sixth)])).rejects.toThrow(
        /^cells: /,
      );
    await expect(designContinuumFor(environment, {}, { width: r(0) }, [statedMethod(sixth)])).rejects.toThrow(
      "width: 0; expected a positive number",
    );
  });

  test("tells what is known beforehand, and what is proved on the way", async () => {
    const known: string[] = [];
    const onTheWay = statedMethod(sixth, {
      find: async (_environment, _question, { offer }) => {
        offer?.({ kind: "stated", lower: r(1, 8) });
        return { bracket: sixth, certificate: { kind: "stated", ...sixth } };
      },
    });
    await designContinuumFor(environment, {}, { onKnown: ({ lower }) => known.push(String(lower)) }, [
      onTheWay,
    ]);
    expect(known).toEqual(["0", "1/8"]);
  });

  test("ends, where it is stopped before anything is proved, with what is known of all", async () => {
    const stopped = { aborted: true, reason: "time limit reached" };
    const idle = statedMethod(sixth, {
      find: async (_e, _q, { signal }) =>
        Promise.reject(signal?.aborted ? new ContinuumStopped() : new Error()),
    });
    const answer = await designContinuumFor(environment, {}, { signal: stopped }, [idle]);
    expect(answer).toMatchObject({ verdict: "undecided", shortfall: "time limit reached" });
    expect(String(answer.lower)).toBe("0");
    expect(answer.certificate).toBeUndefined();
    expect(verifyContinuumAnswer(written(answer), subject, {}, [idle])).toMatchObject({ verified: true });
  });

  test("says why a bracket is wider than was wanted, and nothing where it is not", async () => {
    const wide = { lower: r(1, 10), upper: r(2, 10) };
    const of = (width: Rational | undefined) =>
      designContinuumFor(environment, {}, width ? { width } : {}, [statedMethod(wide)]);
    expect((await of(undefined)).shortfall).toBeUndefined();
    expect((await of(r(1, 10))).shortfall).toBeUndefined();
    expect((await of(r(1, 11))).shortfall).toBe(
      "refined as far as the method goes, short of a width of 1/11",
    );
  });
});

describe("an answer file", () => {
  test("is verified as it was written, as JSON or as text", async () => {
    const data = written(await designed(sixth, { ir: "ex-post" }));
    for (const file of [data, JSON.parse(continuumAnswerText(data))]) {
      expect(verifyContinuumAnswer(file, subject, { ir: "ex-post" }, [statedMethod(sixth)])).toMatchObject({
        verified: true,
        method: "stated",
        theorems: ["Theorem T: what is stated is true."],
      });
    }
  });

  test.each<[string, (file: ReturnType<typeof written>) => object, RegExp]>([
    [
      "of other types",
      (file) => ({ ...file, instance: { ...file.instance, digest: "00" } }),
      /^instance\.digest: the digest of other types, "trade" \(00…\)/,
    ],
    [
      "of another bracket",
      (file) => ({ ...file, claim: { ...file.claim, lower: "1/5" } }),
      /^the lower end is claimed to be 1\/5; the certificate proves 1\/6$/,
    ],
    [
      "of a narrower bracket by a proof that is gone",
      (file) => ({ ...file, certificate: undefined }),
      /^the lower end is claimed to be 1\/6; the certificate proves 0$/,
    ],
    [
      "that leaves an end out",
      (file) => ({ ...file, claim: { verdict: "impossible", lower: "1/6" } }),
      /^the upper end is claimed to be none; the certificate proves 1\/6$/,
    ],
    [
      "of another verdict",
      (file) => ({ ...file, claim: { ...file.claim, verdict: "possible" } }),
      /^the verdict is claimed to be possible; the certificate supports impossible$/,
    ],
    [
      "of an invented contradiction",
      (file) => ({ ...file, claim: { ...file.claim, contradiction: 1 } }),
      /^the contradiction is claimed to be 1; the certificate proves none$/,
    ],
    [
      "of a method that there is not",
      (file) => ({ ...file, certificate: { kind: "belief" } }),
      /^certificate\.kind: "belief"; expected one of stated$/,
    ],
    [
      "of a question that the method does not cover",
      (file) => ({ ...file, question: { ...file.question, allocation: "free" } }),
      /^the certificate is of a method that does not cover this: stated: /,
    ],
    [
      "with a certificate of another shape",
      (file) => ({ ...file, certificate: { kind: "stated", lower: "x" } }),
      /^certificate\.lower: "x"; expected a number/,
    ],
    [
      "that the judge refutes",
      (file) => ({ ...file, certificate: { kind: "stated", lower: 1, upper: 0 } }),
      /^the lower end is above the upper one$/,
    ],
    [
      "that makes no mesh",
      (file) => ({ ...file, certificate: { kind: "stated", lower: 13 } }),
      /^no mesh has 13 cells$/,
    ],
  ])("%s is refuted, and it is said by what", async (_, change, fault) => {
    const file = change(written(await designed(sixth)));
    expect(verifyContinuumAnswer(file, subject, {}, [statedMethod(sixth)])).toEqual({
      verified: false,
      fault: expect.stringMatching(fault),
    });
  });

  test("to another question than is asked is refuted", async () => {
    const file = written(await designed(sixth));
    expect(verifyContinuumAnswer(file, subject, { ir: "ex-post" }, [statedMethod(sixth)])).toEqual({
      verified: false,
      fault: "the answer is to another question: ir is interim, not ex-post",
    });
  });

  test("of a grid is no answer about continuous types", () => {
    expect(() => verifyContinuumAnswer({ format: "mechlp-answer-2" }, subject)).toThrow(
      /^format: "mechlp-answer-2"; expected "mechlp-continuum-answer-1": an answer about continuous types$/,
    );
  });
});
