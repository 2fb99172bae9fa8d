import { expect, test } from "vitest";
import { exchangeable } from "../../src/formulation/exchangeable.js";
import { obstacleTo } from "../../src/formulation/formulation.js";
import { design } from "../../src/index.js";
import { boundOf } from "../../src/kernel/bound.js";
import { posed } from "../../src/question/problem.js";
import { proofSum } from "../../src/report/proof-sum.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { randomQuestion } from "../generator/random-question.js";
import { RandomSource } from "../generator/random-source.js";
import { randomSymmetricEnvironment } from "../generator/random-symmetric-environment.js";

const FIRST = 1;
const COUNT = 300;

test(`the numbers of a proof add up to what the kernel finds that it proves (seeds ${FIRST} to ${COUNT})`, async () => {
  const tally: Record<string, number> = {};
  const tell = (word: string) => {
    tally[word] = (tally[word] ?? 0) + 1;
  };
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x1b873593);
    const environment =
      seed % 3 === 0
        ? randomSymmetricEnvironment(seed)
        : randomEnvironment(seed, { agents: [2, 3], types: [2, 3], outcomes: [2, 3] });
    const parameters = {
      ...(random.onceIn(5) ? { neverPaid: "all" } : {}),
      ...(random.onceIn(5) ? { paymentCaps: "1" } : {}),
      ...(random.onceIn(5) ? { icSlack: "1/8" } : {}),
    };
    const givenRule = randomRule(environment, seed);
    // Prices at profiles and along paths seldom come up by themselves.
    const atProfiles =
      seed % 4 === 0
        ? ({ ic: "dominant", ir: "ex-post", balance: "no-deficit", allocation: "efficient" } as const)
        : seed % 4 === 1
          ? ({ ic: "bayesian", ir: "ex-post", budget: "ex-post", allocation: "efficient" } as const)
          : undefined;
    const question = { ...randomQuestion(seed), ...(atProfiles ?? { parameters }) };
    const problem = posed(environment, question, givenRule);
    // Where agents are alike, prices may be told of one of them.
    const formulation = obstacleTo(exchangeable, problem) === undefined ? "exchangeable" : undefined;
    const answer = await design({ environment, givenRule }, question, {
      ...(formulation && { formulation }),
    });
    const { multipliers } = answer;
    if (!multipliers) continue;
    const label = `seed ${seed}, ${answer.formulation}, ${JSON.stringify(question)}`;
    const sum = proofSum(problem, multipliers)!;
    // Of a minimum the kernel's bound is less the sum; of a maximum it is the negative of what the objective is at most.
    expect(String(sum.total.negate()), label).toBe(String(boundOf(problem, multipliers)));
    tell(answer.infeasible ? "infeasible" : question.objective.slice(0, 3));
    for (const { kind } of multipliers.prices) tell(kind);
    if (multipliers.alike) tell("alike");
    if (sum.chosen.size > 0) tell("choice");
    for (const { parts } of sum.numbers) for (const [source] of parts) tell(source);
  }
  console.log(`sums of proofs, seeds ${FIRST} to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const word of ["infeasible", "max", "min", "list", "profiles", "paths", "alike", "choice"])
    expect(tally[word] ?? 0, word).toBeGreaterThan(3);
  for (const source of ["value", "value of the report", "outside option", "cost", "margin"])
    expect(tally[source] ?? 0, source).toBeGreaterThan(20);
});
