import { expect, test } from "vitest";
import { partnership } from "../../models/index.js";
import { designFor } from "../../src/design.js";
import { states } from "../../src/formulation/states.js";
import { posed } from "../../src/question/problem.js";
import { choices, type Question } from "../../src/question/question.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";

const questions: Partial<Question>[] = (["none", "ex-post", "dominant"] as const).flatMap((ic) =>
  choices.budget.flatMap((budget) =>
    choices.balance.flatMap((balance) =>
      choices.objective.map((objective) => ({ ic, ir: "ex-post" as const, budget, balance, objective })),
    ),
  ),
);

const allocations: Partial<Question>[] = [
  { allocation: "given" },
  ...choices.ties.map((ties) => ({ allocation: "efficient" as const, ties })),
];

test("states and the direct linear program give the same exact answers to every question that states answers", async () => {
  const SEED = 40_000;
  const tally: Record<string, number> = {};
  const tell = (word: string) => {
    tally[word] = (tally[word] ?? 0) + 1;
  };
  let seed = SEED;
  for (let round = 0; round < 2; round++) {
    for (const asked of questions) {
      // Exact balance needs two agents; the second round is for it.
      if (round === 1 && !(asked.budget === "ex-post" && asked.balance === "exact")) continue;
      for (const allocation of allocations) {
        seed++;
        const environment = randomEnvironment(seed, {
          types: [2, 3],
          agents: round === 0 ? [1, 3] : [2, 2],
          values: asked.ic === "dominant" || seed % 2 === 0 ? "private" : "interdependent",
        });
        const problem = posed(environment, { ...asked, ...allocation }, randomRule(environment, seed));
        const label = `seed ${seed}, ${JSON.stringify(problem.question)}`;
        const obstacle = states.obstacle(problem);
        if (obstacle) {
          await expect(designFor(problem, { formulation: "states" }), label).rejects.toThrow(obstacle);
          tell(`refused: ${obstacle}`);
          continue;
        }
        const direct = await designFor(problem, { formulation: "direct" });
        const design = await designFor(problem, { formulation: "states" });
        if (design.shortfall) {
          expect(problem.question.ties, label).toBe("optimise");
          tell("left to another formulation");
          continue;
        }
        expect(design.infeasible, label).toBe(direct.infeasible);
        expect(design.unbounded, label).toBe(direct.unbounded);
        expect(design.verdict, label).toBe(direct.verdict);
        expect(`${design.optimum}`, label).toBe(`${direct.optimum}`);
        expect(design.optimum !== undefined || design.infeasible || design.unbounded, label).toBe(true);
        tell(`${asked.ic} ${asked.budget} ${asked.balance}`);
        tell(design.infeasible ? "infeasible" : design.unbounded ? "unbounded" : design.verdict);
      }
    }
  }
  console.log(`states against direct, from seed ${SEED + 1}: ${JSON.stringify(tally, null, 1)}`);
  for (const outcome of [
    "infeasible",
    "possible",
    "impossible",
    "ex-post ex-post exact",
    "dominant ex-post no-deficit",
  ]) {
    expect(tally[outcome], outcome).toBeGreaterThan(0);
  }
}, 120_000);

test("partners with the same value keep their shares: that is cheaper than giving all to either", async () => {
  const { environment } = partnership({ agents: 2, grid: { points: 12 }, shares: ["1/4", "3/4"] });
  const asked = { ic: "dominant", ir: "ex-post", balance: "no-deficit" } as const;
  const subsidies: Record<string, string> = {};
  for (const ties of choices.ties) {
    const design = await designFor(posed(environment, { ...asked, ties }));
    expect(design.formulation).toBe("states");
    subsidies[ties] = String(design.optimum);
    if (ties !== "optimise") continue;
    const tied = environment.profiles.profileOf([3, 3]);
    expect(design.mechanism!.lottery(tied).map(({ probability }) => String(probability))).toEqual([
      "1/4",
      "3/4",
    ]);
    const direct = await designFor(posed(environment, { ...asked, ties }), { formulation: "direct" });
    expect(String(direct.optimum)).toBe(subsidies.optimise);
  }
  expect(subsidies).toEqual({ first: "341/2304", last: "781/6912", uniform: "385/3456", optimise: "55/576" });
});
