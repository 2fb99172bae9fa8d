import { expect, it } from "vitest";
import { designFor } from "../../src/design.js";
import { plansFor } from "../../src/formulation/plan.js";
import { boundOf } from "../../src/kernel/bound.js";
import { lagrangianBound } from "../../src/kernel/lagrangian.js";
import { Refuted } from "../../src/kernel/refuted.js";
import { posed } from "../../src/problem/problem.js";
import { lagrangianBound as plainBound, ProofFault } from "../../src/proof/weak-duality.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { randomQuestion } from "../generator/random-question.js";
import { randomSymmetricEnvironment } from "../generator/random-symmetric-environment.js";
import { Tally } from "../proof/against-definitions.js";
import { listed, short } from "./translate.js";

const COUNT = Number(process.env["COUNT"] ?? 100);
const text = (of: () => unknown) => {
  try { return `${of()}`; } catch (fault) {
    if (fault instanceof Refuted || fault instanceof ProofFault) return "refused";
    throw fault;
  }
};

it("proves what the definitions prove", async () => {
  const tally = new Tally();
  for (let seed = 0; seed < COUNT; seed++) {
    const symmetric = seed % 3 === 0;
    const environment = symmetric ? randomSymmetricEnvironment(seed) : randomEnvironment(seed);
    const givenRule = symmetric ? undefined : randomRule(environment, seed);
    let question = randomQuestion(seed);
    if (symmetric && question.allocation === "given") question = { ...question, allocation: "efficient" };
    const problem = posed(environment, question, givenRule);
    for (const { name } of plansFor(problem)) {
      const { multipliers } = await designFor(problem, { formulation: name });
      if (!multipliers) continue;
      const label = `seed ${seed}, ${name}, ${JSON.stringify(question)}, ${multipliers.constructor.name}`;
      for (let other = 0; other < 4; other++) {
        const asked = other === 0 ? question : { ...randomQuestion(seed + 1000 * other), allocation: question.allocation, ties: question.ties, ...(other > 1 ? { ic: question.ic, ir: question.ir, budget: question.budget } : {}) };
        const posedAs = posed(environment, asked, givenRule);
        const plain = text(() => plainBound(posedAs, multipliers));
        // Prices in expectation are prices on what is asked at every profile, which the old ones were not.
        if (plain !== "refused" || other !== 1) expect(text(() => boundOf(posedAs, listed(multipliers))), `${label} listed ${JSON.stringify(asked)}`).toBe(plain);
        if (plain !== "refused") {
          expect(text(() => lagrangianBound(posedAs, listed(multipliers))), `${label} dense ${JSON.stringify(asked)}`).toBe(plain);
          expect(text(() => boundOf(posedAs, short(multipliers))), `${label} short ${JSON.stringify(asked)}`).toBe(plain);
        }
        tally.tell(plain === "refused" ? "refused" : "proved");
      }
      tally.tell(multipliers.constructor.name);
      tally.tell(multipliers.purpose);
    }
  }
  console.log(tally.counts);
});
