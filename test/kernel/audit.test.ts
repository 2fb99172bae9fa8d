import { expect, it } from "vitest";
import { designFor } from "../../src/design.js";
import { plansFor } from "../../src/formulation/plan.js";
import { judgedMechanism } from "../../src/kernel/judged-mechanism.js";
import { objectiveOf } from "../../src/problem/objective.js";
import { posed } from "../../src/problem/problem.js";
import { auditRequirements, type RequirementFinding } from "../../src/problem/requirements.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { randomQuestion } from "../generator/random-question.js";
import { randomSymmetricEnvironment } from "../generator/random-symmetric-environment.js";
import { Tally } from "../proof/against-definitions.js";
import { structured } from "./translate.js";

const COUNT = Number(process.env["COUNT"] ?? 100);
const comparable = ({ requirement, holds, violation, requirements, binding }: RequirementFinding) =>
  `${requirement}: ${holds} ${violation} ${requirements} ${holds ? binding : ""}`;

it("finds what the definitions find", async () => {
  const tally = new Tally();
  for (let seed = 0; seed < COUNT; seed++) {
    const symmetric = seed % 3 === 0;
    const environment = symmetric ? randomSymmetricEnvironment(seed) : randomEnvironment(seed);
    const givenRule = symmetric ? undefined : randomRule(environment, seed);
    let question = randomQuestion(seed);
    if (symmetric && question.allocation === "given") question = { ...question, allocation: "efficient" };
    const problem = posed(environment, question, givenRule);
    for (const { name } of plansFor(problem)) {
      const { mechanism } = await designFor(problem, { formulation: name });
      if (!mechanism) continue;
      const own = structured(problem, mechanism);
      const label = `seed ${seed}, ${name}, ${JSON.stringify(question)}`;
      for (let other = 0; other < 3; other++) {
        const asked = other === 0 ? question : { ...randomQuestion(seed + 1000 * other), allocation: question.allocation, ties: question.ties };
        const posedAs = posed(environment, asked, givenRule);
        const plain = auditRequirements(posedAs, mechanism);
        const judged = judgedMechanism(posedAs, own);
        expect(judged.findings.map(comparable), label).toEqual(plain.map(comparable));
        expect(`${judged.objective}`, label).toBe(`${objectiveOf(posedAs, mechanism)}`);
        for (const { requirement, holds } of plain) tally.tell(`${requirement} ${holds ? "holds" : "fails"}`);
      }
      for (let s = 0; s < environment.profiles.count; s += 3) {
        for (let i = 0; i < environment.agentCount; i++) expect(`${own.payment(i, s)}`, label).toBe(`${mechanism.payment(i, s)}`);
        expect(`${own.subsidy(s)}`).toBe(`${mechanism.subsidy(s)}`);
      }
      tally.tell(mechanism.constructor.name);
      tally.tell(name);
    }
  }
  console.log(tally.counts);
});
