import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answer, answerFileText, type Subject } from "../src/certificate/answer-file.js";
import { designFor } from "../src/design.js";
import { environmentDigest } from "../src/environment/digest.js";
import { gains } from "../src/environment/efficiency.js";
import { parseExactJson } from "../src/instance/exact-json.js";
import { instanceText } from "../src/instance/written-out.js";
import { boundOf } from "../src/kernel/bound.js";
import { findingByDefinition } from "../src/kernel/by-definition.js";
import { Refuted } from "../src/kernel/refuted.js";
import { expectation } from "../src/mechanism/interim.js";
import type { StructuredMechanism } from "../src/mechanism/structured-mechanism.js";
import { Rational } from "../src/number/rational.js";
import { type Problem, posed } from "../src/question/problem.js";
import type { Question } from "../src/question/question.js";
import { requirements } from "../src/question/requirement.js";
import { cases, trade } from "../test/kernel/answer-forms.js";
import { everyQuestion } from "../test/kernel/every-question.js";
import { type Json, mutations } from "../test/kernel/mutations.js";
import { ProvesNothing, plainBound } from "../test/kernel/plain-bound.js";
import { askedOtherwise, everyAnswer, randomProblem } from "../test/kernel/random-answers.js";
import { claims } from "./claims.js";
import { type Facts, NOTHING, proved, told } from "./facts.js";

/** Random problems, and altered entries of the proof of each answer; of other entries, one of so many. */
const RANDOM = 40;
const ALTERED = { form: 9, random: 2 };
const OTHERS = { form: 2, random: 12 };
/** Random problems whose claims are changed, where they are small. */
const CLAIMED = 16;

const folder = mkdtempSync(join(tmpdir(), "mutation-"));
type Unjudged = Omit<Facts, "answers"> & { readonly documents: readonly string[] };
const all: Unjudged[] = [];
for (const [k, [formulation, instance, question]] of cases.entries()) {
  const problem = posed(instance.environment, question, instance.givenRule);
  const design = await designFor(problem, { formulation });
  all.push(factsOf(`${instance.name} by ${formulation}`, problem, instance, design, [design], k, "form"));
}
for (let seed = 0; seed < RANDOM; seed++) {
  const problem = randomProblem(seed);
  const { environment, givenRule } = problem;
  const subject = { environment, givenRule, digest: environmentDigest(environment, givenRule) };
  const proofs: Proof[] = [];
  for await (const proof of everyAnswer(problem)) proofs.push(proof);
  const design = await designFor(problem);
  all.push(factsOf(`random ${seed}`, problem, subject, design, proofs, seed, "random"));
}
const tiny = trade(2, "endpoint");
const questions = [...everyQuestion({ ...tiny, description: "", question: {} })].filter(
  ({ ic, allocation, ties }) => ic === "bayesian" && allocation === "efficient" && ties === "optimise",
);
for (const [k, question] of questions.entries()) {
  const asked = [question, ...(question.objective === "max-surplus" ? capped(question) : [])];
  for (const one of asked) {
    const problem = posed(tiny.environment, one);
    const design = await designFor(problem);
    all.push(
      claimFacts(`tiny ${k} ${JSON.stringify(one.parameters ?? "")}`, problem, tiny, design, k % 12 === 0),
    );
  }
}
for (let seed = 0; seed < CLAIMED; seed++) {
  const problem = randomProblem(seed);
  const { environment, givenRule } = problem;
  if (environment.profiles.count > 16) continue;
  const subject = { environment, givenRule, digest: environmentDigest(environment, givenRule) };
  all.push(claimFacts(`claims ${seed}`, problem, subject, await designFor(problem), true));
}
{
  const [, instance, question] = cases[cases.length - 1];
  const problem = posed(instance.environment, question);
  all.push(claimFacts(`claims of ${instance.name}`, problem, instance, await designFor(problem), true));
}
process.stdout.write(JSON.stringify(judged(all)));
rmSync(folder, { recursive: true });

type Proof = Pick<Answer, "mechanism" | "multipliers">;

/** Of claims that are made of an answer's proof: all of them, or those that the kernel makes of it and its parts. */
function claimFacts(
  name: string,
  problem: Problem,
  subject: Subject,
  answer: Answer,
  all: boolean,
): Unjudged {
  const { environment, givenRule } = problem;
  const written = { environment, givenRule, name: "written out", description: "", question: {} };
  const instance = [...instanceText(written)].join("");
  const texts = [...claims(problem, answer)].map((claim) =>
    [...answerFileText(claim, { name: "written out", digest: subject.digest })].join(""),
  );
  const documents = [...new Set(texts)].filter((_, k) => all || k % 9 === 0);
  return { name, instance, documents, mechanisms: [], bounds: [] };
}

/** With a cap on one agent's payments, and on all. */
function capped(question: Question): Question[] {
  return [{ buyer: "1" }, "1"].map(
    (paymentCaps) => posed(tiny.environment, { ...question, paymentCaps }).question,
  );
}

/** Of an answer and altered ones, and of other proofs about the same problem. */
function factsOf(
  name: string,
  problem: Problem,
  subject: Subject,
  answer: Answer,
  proofs: readonly Proof[],
  seed: number,
  kind: keyof typeof ALTERED,
): Unjudged {
  const { environment, givenRule } = problem;
  const written = { environment, givenRule, name: "written out", description: "", question: {} };
  const instance = [...instanceText(written)].join("");
  const file = (of: Answer) =>
    [...answerFileText(of, { name: "written out", digest: subject.digest })].join("");
  const text = file(answer);
  const changed = [...mutations(parseExactJson(text, "answer") as Json, seed, ALTERED[kind])].filter(
    ({ path: [part] }, k) =>
      part === "mechanism" || part === "multipliers" || (k + seed) % OTHERS[kind] === 0,
  );
  const documents = [text, ...changed.map(({ document }) => JSON.stringify(document))];
  const mechanisms: Facts["mechanisms"][number][] = [];
  const bounds: Facts["bounds"][number][] = [];
  const claim = { verdict: "undecided", infeasible: false, unbounded: false } as const;
  for (const { mechanism, multipliers } of proofs) {
    const [contradiction, lower, upper] = [undefined, undefined, undefined];
    const document = file({
      problem,
      ...claim,
      contradiction,
      lower,
      upper,
      mechanism: mechanism!,
      multipliers: multipliers!,
    });
    if (mechanism) mechanisms.push({ document, found: byDefinition(problem, mechanism, mechanisms.length) });
    for (let other = 0; multipliers && other < 4; other++) {
      const asked = other === 0 ? problem : askedOtherwise(problem, seed + 1000 * other);
      const plain = proved(
        () => plainBound(asked, multipliers),
        (fault) => fault instanceof ProvesNothing,
      );
      const own = proved(
        () => boundOf(asked, multipliers),
        (fault) => fault instanceof Refuted,
      );
      // What does not say whose it is, or is finer than what is asked, is refused for that alone.
      const proves = own === NOTHING ? NOTHING : plain;
      bounds.push({ document, question: asked.question, proves });
    }
  }
  return { name, instance, documents, mechanisms, bounds };
}

function byDefinition({ environment }: Problem, mechanism: StructuredMechanism, alone: number): string[] {
  const findings = Object.values(requirements).map((one) =>
    told(findingByDefinition(environment, mechanism, one)),
  );
  const expected = (of: (s: number) => Rational) => expectation(environment, of);
  const lottery = (s: number, of: (x: number) => Rational) =>
    Rational.sum(mechanism.lottery(s).map(({ outcome, probability }) => probability.multiply(of(outcome))));
  const profiles = Array.from({ length: environment.profiles.count }, (_, s) => s);
  const sums = [
    expected((s) => mechanism.subsidy(s)),
    expected((s) => lottery(s, (x) => environment.cost(x, s))),
    expected((s) => lottery(s, (x) => gains(environment, x, s))),
    expected((s) => Rational.sum(environment.agents.map((_, i) => mechanism.payment(i, s)))),
    profiles.map((s) => mechanism.subsidy(s)).reduce(Rational.maximum, Rational.ZERO),
  ];
  return [...findings, findings[alone % findings.length], ...sums.map(String)];
}

/** Asks the second checker of all answers at once. */
function judged(facts: readonly Unjudged[]): Facts[] {
  const lines = facts.flatMap(({ instance, documents }, n) => {
    const own = join(folder, `${n}.instance.json`);
    writeFileSync(own, instance);
    return documents.map((document, k) => {
      const file = join(folder, `${n}.${k}.json`);
      writeFileSync(file, document);
      return `${own}\t${file}\n`;
    });
  });
  const asked = { input: lines.join(""), encoding: "utf8", maxBuffer: 1e9 } as const;
  const { stdout } = spawnSync("python3", ["checker/mechlp_check.py", "-"], asked);
  const said = stdout.trimEnd().split("\n");
  if (said.length !== lines.length) throw new Error(`the second checker said ${stdout}`);
  let line = 0;
  return facts.map(({ documents, ...rest }) => ({
    ...rest,
    answers: documents.map((document) => ({ document, verified: said[line++].startsWith("verified") })),
  }));
}
