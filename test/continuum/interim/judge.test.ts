import { describe, expect, it } from "vitest";
import {
  type InterimCertificate,
  interimCertificateSchema,
} from "../../../src/continuum/interim/certificate.js";
import { interimMethod } from "../../../src/continuum/interim/method.js";
import { ContinuumRefuted } from "../../../src/continuum/method.js";
import type { ContinuousEnvironment } from "../../../src/environment/continuous-environment.js";
import { Rational } from "../../../src/number/rational.js";
import { choices, defaultQuestion, type Question } from "../../../src/question/question.js";
import { RandomSource } from "../../generator/random-source.js";
import { agent, environmentOf, outcome, partnership, publicGood, R, trade } from "../environments.js";

/** Three agents with slopes of their own in every outcome: no independent parts. */
const tangled = environmentOf(
  "tangled",
  [agent("ann"), agent("bob", { density: [0, 2] }), agent("cleo", {}, ["1/8"])],
  [outcome("a", [1, 2, 0]), outcome("b", [2, 0, 1]), outcome("c", [0, 1, 2], "1/4")],
);

const environments: readonly ContinuousEnvironment[] = [
  trade(),
  trade({ density: ["1/2", 1] }, { density: [0, 0, 3], from: 0 }),
  partnership(["1/5", "4/5"]),
  partnership(["1/5", "1/5", "3/5"], { density: [0, 2] }),
  publicGood(3, "3/2"),
  tangled,
];

const find = (environment: ContinuousEnvironment, question: Question) =>
  interimMethod.find(environment, question, { cells: 2 });

describe("a certificate", () => {
  it("is a text of a few hundred characters, from which the same is proved", async () => {
    for (const environment of environments) {
      const { bracket, certificate } = await find(environment, defaultQuestion);
      const text = JSON.stringify(certificate);
      expect(text.length).toBeLessThan(1000);
      const read = interimCertificateSchema.parse(JSON.parse(text));
      expect(interimMethod.judge(environment, defaultQuestion, read)).toEqual(bracket);
    }
  });

  it("that was altered is refused, or proves what the true one does not contradict (360 alterations)", async () => {
    const random = new RandomSource(360);
    let refused = 0;
    for (const environment of environments) {
      const { bracket, certificate } = await find(environment, defaultQuestion);
      for (let k = 0; k < 60; k++) {
        const altered = alteredCertificate(certificate, random);
        try {
          const { lower, upper } = interimMethod.judge(environment, defaultQuestion, altered);
          expect(lower!.compare(bracket.upper!)).toBeLessThanOrEqual(0);
          expect(upper!.compare(bracket.lower!)).toBeGreaterThanOrEqual(0);
        } catch (fault) {
          expect(fault).toBeInstanceOf(ContinuumRefuted);
          refused++;
        }
      }
    }
    expect(refused).toBeGreaterThan(200);
  });

  it("that asks for more or less than participation does is refused by the agent's name", async () => {
    const { certificate } = await find(trade(), defaultQuestion);
    const [buyer, seller] = certificate.participation;
    const judge = (altered: Partial<InterimCertificate>) =>
      interimMethod.judge(trade(), defaultQuestion, { ...certificate, ...altered });
    expect(() => judge({ participation: [{ ...buyer, lower: R("1/100") }, seller] })).toThrow("buyer 0:");
    expect(() => judge({ participation: [buyer, { ...seller, upper: R("-1/100") }] })).toThrow("seller:");
    expect(() => judge({ participation: [{ ...buyer, types: [R(2)] }, seller] })).toThrow("not a type");
    expect(() => judge({ participation: [buyer] })).toThrow("1 agents, not for 2");
    expect(() => judge({ cells: 10 })).toThrow("known exactly");
  });
});

function alteredCertificate(certificate: InterimCertificate, random: RandomSource): InterimCertificate {
  const which = random.integer(0, certificate.participation.length - 1);
  const change = () => Rational.of(random.integer(-9, 9), 10 ** random.integer(1, 9));
  const kind = random.integer(0, 4);
  if (kind === 0) return { ...certificate, cells: random.integer(1, 6) };
  if (kind === 1) return { ...certificate, participation: certificate.participation.slice(1) };
  return {
    ...certificate,
    participation: certificate.participation.map((least, i) => {
      if (i !== which) return least;
      if (kind === 2) return { ...least, lower: least.lower.add(change()) };
      if (kind === 3) return { ...least, upper: least.upper.add(change()) };
      return { ...least, types: [least.types[0].add(change())] };
    }),
  };
}

describe("every question", () => {
  it("is answered by what the judge proves, or refused in a sentence", async () => {
    let answered = 0;
    for (const question of everyQuestion()) {
      // Three agents only with the default objective, where the money is the answer: it takes a while.
      const both = question.objective === "min-subsidy";
      for (const environment of both ? [trade(), publicGood(3, "3/2")] : [trade()]) {
        const refusal = interimMethod.refusal(environment, question);
        if (refusal !== undefined) {
          expect(refusal).toMatch(/^[a-z].*[^.]$/);
          continue;
        }
        answered++;
        const { bracket, certificate } = await find(environment, question);
        expect(interimMethod.judge(environment, question, certificate)).toEqual(bracket);
        const { lower, upper, contradiction } = bracket;
        if (contradiction) expect([lower, upper, contradiction.sign]).toEqual([undefined, undefined, 1]);
        else if (lower && upper) expect(lower.compare(upper)).toBeLessThanOrEqual(0);
      }
    }
    expect(answered).toBeGreaterThan(250);
  });

  it("that asks for more can only cost more", async () => {
    const strength = {
      ic: ["none", "bayesian", "dominant"],
      ir: ["none", "ex-ante", "interim", "ex-post"],
    } as const;
    for (const environment of environments.slice(0, 5))
      for (const ic of strength.ic)
        for (const budget of ["none", "ex-ante", "ex-post"] as const) {
          let most = R(0);
          for (const ir of strength.ir) {
            const question = { ...defaultQuestion, ic, ir, budget };
            if (interimMethod.refusal(environment, question)) continue;
            const { lower } = (await find(environment, question)).bracket;
            expect(lower!.compare(most)).toBeGreaterThanOrEqual(0);
            most = lower!;
          }
        }
  });

  it("of the instance's own rule, of a free allocation, and with payment caps is refused", () => {
    const refusal = (asked: Partial<Question>) =>
      interimMethod.refusal(trade(), { ...defaultQuestion, ...asked });
    expect(refusal({ allocation: "given" })).toContain("given");
    expect(refusal({ allocation: "free" })).toContain("free");
    expect(refusal({ parameters: { paymentCaps: "1" } })).toContain("paymentCaps");
    expect(refusal({ ir: "ex-post" })).toContain("ex-post");
    expect(refusal({ ir: "none", budget: "none", objective: "max-surplus" })).toContain("not bounded");
    expect(
      interimMethod.refusal(publicGood(3, 1), { ...defaultQuestion, ic: "dominant", ir: "ex-post" }),
    ).toContain("3 agents");
  });
});

function* everyQuestion(): Generator<Question> {
  for (const ic of choices.ic)
    for (const ir of choices.ir)
      for (const budget of choices.budget)
        for (const balance of choices.balance)
          for (const objective of choices.objective)
            yield { ...defaultQuestion, ic, ir, budget, balance, objective };
}

describe("where the surplus is not known exactly", () => {
  it("the mesh is refined until the bracket is as narrow as asked, and every bracket contains the narrower ones", async () => {
    const brackets = [];
    for (const width of ["1/10", "1/50"]) {
      const { bracket } = await interimMethod.find(tangled, defaultQuestion, { cells: 2, width: R(width) });
      expect(bracket.upper!.subtract(bracket.lower!).compare(R(width))).toBeLessThanOrEqual(0);
      brackets.push(bracket);
    }
    expect(brackets[0].lower!.compare(brackets[1].lower!)).toBeLessThanOrEqual(0);
    expect(brackets[0].upper!.compare(brackets[1].upper!)).toBeGreaterThanOrEqual(0);
  });
});
