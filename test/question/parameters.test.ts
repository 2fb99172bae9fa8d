import { expect, test } from "vitest";
import { answerFileText, readAnswerFile } from "../../src/certificate/answer-file.js";
import { designFor } from "../../src/design.js";
import { environmentDigest } from "../../src/environment/digest.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { judge, surplusIsUnbounded } from "../../src/kernel/judgement.js";
import { verifyAnswer } from "../../src/kernel/verify.js";
import { parameters } from "../../src/question/parameters.js";
import { asked, posed } from "../../src/question/problem.js";
import { isMaximised } from "../../src/question/question.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { randomQuestion } from "../generator/random-question.js";
import { RandomSource } from "../generator/random-source.js";
import { plainBound } from "../kernel/plain-bound.js";
import { Tally } from "../kernel/tally.js";
import { randomParameter } from "./random-parameter.js";

const COUNT = Number(process.env["COUNT"] ?? 180);

test(`questions with parameters are answered, proved by definition, and never answered better than without what they ask more (seeds 0 to ${COUNT - 1})`, async () => {
  const tally = new Tally();
  for (let seed = 0; seed < COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x51ed270b);
    const environment = randomEnvironment(seed, { agents: [2, 3], types: [1, 3], outcomes: [2, 3] });
    const givenRule = randomRule(environment, seed);
    const plain = posed(environment, randomQuestion(seed), givenRule);
    const [name, value, isStronger] = randomParameter(random, environment);
    const problem = asked(plain, { parameters: { [name]: value } });
    const label = `seed ${seed}, ${JSON.stringify(problem.question)}`;
    const design = await designFor(problem);
    const { mechanism, multipliers, optimum, infeasible, unbounded, findings } = design;
    expect(Boolean(optimum) || infeasible || unbounded, label).toBe(true);
    expect(
      findings.filter(({ holds }) => !holds),
      label,
    ).toEqual([]);
    if (multipliers && !unbounded) {
      const { lower, upper, contradiction } = judge(problem, undefined, multipliers);
      const told = infeasible ? contradiction : isMaximised(problem.question) ? upper?.negate() : lower;
      const proved = plainBound(problem, multipliers);
      expect(proved.sign < 0 && !isMaximised(problem.question) ? "0" : `${proved}`, label).toBe(`${told}`);
    }
    const digest = environmentDigest(environment, givenRule);
    const text = [...answerFileText(design, { name: "random", digest })].join("");
    const file = readAnswerFile(parseExactJson(text, ""));
    const subject = { environment, givenRule, digest };
    expect(verifyAnswer(file, subject), label).toMatchObject({ verified: true });
    expect(verifyAnswer(file, subject, problem.question).verified, label).toBe(true);
    expect(verifyAnswer(file, subject, plain.question).verified, label).toBe(false);

    tally.tell(name);
    tally.tell(infeasible ? `${name} infeasible` : unbounded ? `${name} unbounded` : `${name} optimal`);
    const without = await designFor(plain);
    const [strong, weak] = isStronger ? [design, without] : [without, design];
    if (weak.infeasible) expect(strong.infeasible, label).toBe(true);
    if (surplusIsUnbounded(problem) || surplusIsUnbounded(plain)) continue;
    if (weak.optimum && strong.optimum) {
      const better = weak.optimum.compare(strong.optimum) * (isMaximised(plain.question) ? 1 : -1);
      expect(better, label).toBeGreaterThanOrEqual(0);
      tally.tell(better > 0 ? `${name} matters` : `${name} does not matter`);
    }
    if (mechanism) tally.tell(`${name} has a mechanism`);
  }
  console.log(`parameters, seeds 0 to ${COUNT - 1}: ${JSON.stringify(tally.counts)}`);
  for (const name of Object.keys(parameters)) {
    for (const kind of ["optimal", "matters", "does not matter", "has a mechanism"]) {
      expect(tally.of(`${name} ${kind}`), `${name} ${kind}`).toBeGreaterThan(0);
    }
  }
});
