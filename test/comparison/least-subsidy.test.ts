import { expect, test } from "vitest";
import { partnership } from "../../models/partnership.js";
import { compare } from "../../src/comparison/compare.js";
import type { Question } from "../../src/question/question.js";
import { RandomSource } from "../generator/random-source.js";

/** Two or three equal partners with the same or different random types and weights. */
function randomPartnership(random: RandomSource) {
  const agents = random.integer(2, 3);
  const grid = () => {
    const count = random.integer(2, agents === 2 ? 5 : 3);
    let value = random.integer(0, 2);
    const values = Array.from({ length: count }, () => {
      value += random.integer(1, 3);
      return value;
    });
    return { values, weights: values.map(() => random.integer(1, 5)) };
  };
  if (random.onceIn(3)) return partnership({ grids: Array.from({ length: agents }, grid) });
  return partnership({ agents, grid: grid() });
}

function randomQuestion(random: RandomSource): Partial<Question> {
  return {
    ic: random.pick(["bayesian", "bayesian", "ex-post", "dominant"] as const),
    ir: random.pick(["none", "ex-ante", "interim", "interim", "ex-post"] as const),
    budget: random.pick(["ex-ante", "ex-post"] as const),
    balance: random.pick(["exact", "no-deficit"] as const),
    ties: random.pick(["optimise", "first", "last", "uniform"] as const),
  };
}

test("equal partners: no construction that meets the question needs less outside money than the LP (seeds 0 to 59)", async () => {
  const applied = new Map<string, number>();
  let tight = 0;
  for (let seed = 0; seed < 60; seed++) {
    const random = new RandomSource(seed);
    const subject = randomPartnership(random);
    const question = randomQuestion(random);
    const { design, mechanisms } = await compare(subject, question);
    for (const { name, construction, qualifies, subsidyNeeded } of mechanisms) {
      if (!construction || !qualifies || !subsidyNeeded) continue;
      const where = `seed ${seed}: ${name}, ${JSON.stringify(question)}`;
      expect(design.infeasible, where).toBe(false);
      expect(design.optimum, where).toBeDefined();
      expect(design.optimum!.compare(subsidyNeeded), where).toBeLessThanOrEqual(0);
      applied.set(name, (applied.get(name) ?? 0) + 1);
      if (design.optimum!.equals(subsidyNeeded) && !subsidyNeeded.isZero) tight++;
    }
  }
  const cases = [...applied.values()].reduce((sum, count) => sum + count, 0);
  console.log(
    `seeds 0 to 59, ${cases} cases, ${tight} of them at a positive optimum:`,
    Object.fromEntries(applied),
  );
  for (const name of ["ir-vcg", "agv", "generalised-vcg", "m1 exact"]) {
    expect(applied.get(name), name).toBeGreaterThan(0);
  }
  expect(tight).toBeGreaterThan(0);
});
