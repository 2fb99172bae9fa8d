import { expect, test } from "vitest";
import { answerFileText, readAnswerFile, readAnswerObject } from "../../src/certificate/answer-file.js";
import { designFor } from "../../src/design.js";
import { InputError } from "../../src/fault/input-error.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { type Verification, verifyAnswer } from "../../src/kernel/verify.js";
import { posed } from "../../src/question/problem.js";
import { cases, type Named, trade } from "./answer-forms.js";
import { changed, type Json, mutations, type Path } from "./mutations.js";
import { plainBound } from "./plain-bound.js";

const SEED = 20261;
/** Entries that are changed of each answer, besides those of the claim and the head. */
const SAMPLE = 45;

/** Every refusal must say what is wrong; what is accepted must be right by definition. */
function verified(document: Json, instance: Named, label: string): boolean {
  let verification: Verification;
  try {
    verification = verifyAnswer(readAnswerFile(document), instance);
  } catch (fault) {
    if (!(fault instanceof InputError)) throw fault;
    return false;
  }
  if (!verification.verified) {
    expect(verification.fault.length, label).toBeGreaterThan(10);
    return false;
  }
  const { environment, givenRule } = instance;
  if (environment.profiles.count > 256) return true;
  // The audit has compared every requirement with its definition; so is the bound here.
  const file = readAnswerFile(document);
  const { multipliers } = readAnswerObject(file, instance).proof();
  if (!multipliers) return true;
  const plain = plainBound(posed(environment, file.question, givenRule), multipliers);
  const { claim } = file;
  const maximised = file.question.objective.startsWith("max");
  const told =
    multipliers.purpose !== "bound" ? claim.contradiction : maximised ? claim.upper?.negate() : claim.lower;
  expect(multipliers.purpose === "bound" && plain.sign < 0 && !maximised ? "0" : `${plain}`, label).toBe(
    `${told}`,
  );
  return true;
}

test.each(cases)(
  "a changed answer by %s is refused, unless it proves the same: %#",
  async (formulation, instance, question) => {
    const design = await designFor(posed(instance.environment, question, instance.givenRule), {
      formulation,
    });
    const label = `${formulation}, ${instance.name}, ${JSON.stringify(question)}`;
    expect(design.optimum !== undefined || design.infeasible, label).toBe(true);
    const document = parseExactJson([...answerFileText(design, instance)].join(""), "answer") as Json;
    expect(verified(document, instance, label)).toBe(true);
    const tally = { caught: 0, harmless: 0 };
    const harmless = new Set<string>();
    const tell = (mutated: Json, path: Path, how: string) => {
      if (!verified(mutated, instance, `${label}: ${how}`)) {
        tally.caught++;
        return;
      }
      tally.harmless++;
      harmless.add(path.filter((key) => typeof key === "string").join("."));
      // What is still accepted makes the same claim about the same question; only the way to it may differ.
      expect(["mechanism", "multipliers"], `${label}: ${how}`).toContain(path[0]);
    };
    for (const { document: mutated, path, how } of mutations(document, SEED, SAMPLE))
      tell(mutated, path, how);
    console.log(
      `tampering, seed ${SEED}, ${label}: ${tally.caught} caught, ${tally.harmless} harmless (${[...harmless].join(", ")})`,
    );
    expect(tally.caught, label).toBeGreaterThan(40);
  },
);

test("an answer is no answer to another instance, nor to another question", async () => {
  for (const [formulation, instance, question] of cases) {
    const design = await designFor(posed(instance.environment, question, instance.givenRule), {
      formulation,
    });
    const file = readAnswerFile(parseExactJson([...answerFileText(design, instance)].join(""), "answer"));
    for (const [, other] of cases) {
      if (other.digest !== instance.digest) expect(verifyAnswer(file, other).verified).toBe(false);
    }
    expect(verifyAnswer(file, instance, design.problem.question).verified).toBe(true);
    const { ic } = design.problem.question;
    const wanted = { ic: ic === "dominant" ? "ex-post" : "dominant" } as const;
    expect(verifyAnswer(file, instance, wanted)).toEqual({
      verified: false,
      fault: `the answer is to another question: ic is ${ic}, not ${wanted.ic}`,
    });
  }
});

test("multipliers for infeasibility that contradict nothing make an answer wrong, though its claim is right", async () => {
  for (const given of cases.slice(6, 8)) {
    const [, subject, question] = given;
    const design = await designFor(
      posed(subject.environment, { ...question, objective: "feasibility", ir: "none" }),
    );
    expect(design.verdict).toBe("possible");
    const document = parseExactJson([...answerFileText(design, subject)].join(""), "answer") as Json;
    const idle = { purpose: "infeasibility", alike: false, prices: [] };
    expect(
      verified(
        changed(document, ["multipliers"], () => null),
        subject,
        "none",
      ),
    ).toBe(true);
    const file = readAnswerFile(changed(document, ["multipliers"], () => idle));
    expect(verifyAnswer(file, subject)).toEqual({
      verified: false,
      fault: "the multipliers prove nothing: they are for infeasibility, and contradict nothing",
    });
  }
});

test("hostile numbers are refused: 100,000 digits, zero denominators, huge exponents", async () => {
  const instance = trade(6, "endpoint");
  const design = await designFor(posed(instance.environment));
  const document = parseExactJson([...answerFileText(design, instance)].join(""), "answer") as Json;
  const paths: Path[] = [
    ["claim", "upper"],
    ["mechanism", "payments", 0, "byType", 0, "entries", 1],
    ["mechanism", "payments", 0, "byType", 0, "over"],
    ["mechanism", "outsideMoney", "amount"],
    ["multipliers", "prices", 0, "entries", 0, 3],
  ];
  for (const hostile of [
    "9".repeat(100_000),
    `1/${"7".repeat(100_000)}`,
    "1/0",
    "1e999999",
    "NaN",
    "Infinity",
    "",
    "0x10",
    "--1",
  ]) {
    for (const path of paths) {
      const label = `${path.join(".")} ${hostile.slice(0, 20)}`;
      expect(
        verified(
          changed(document, path, () => hostile),
          instance,
          label,
        ),
        label,
      ).toBe(false);
    }
  }
});
