import { expect, test } from "vitest";
import { boundOf } from "../../src/kernel/bound.js";
import { Refuted } from "../../src/kernel/refuted.js";
import { ProvesNothing, plainBound } from "./plain-bound.js";
import { askedOtherwise, everyAnswer, randomProblem } from "./random-answers.js";
import { Tally } from "./tally.js";

const COUNT = Number(process.env["COUNT"] ?? 150);

const told = (of: () => unknown) => {
  try {
    return `${of()}`;
  } catch (fault) {
    if (fault instanceof Refuted || fault instanceof ProvesNothing) return "nothing";
    throw fault;
  }
};

test(`prices prove what they prove by definition, of the question and of others (seeds 0 to ${COUNT - 1})`, async () => {
  const tally = new Tally();
  for (let seed = 0; seed < COUNT; seed++) {
    const problem = randomProblem(seed);
    for await (const { multipliers, formulation } of everyAnswer(problem)) {
      if (!multipliers) continue;
      for (let other = 0; other < 4; other++) {
        const asked = other === 0 ? problem : askedOtherwise(problem, seed + 1000 * other);
        const label = `seed ${seed}, ${formulation}, ${JSON.stringify(asked.question)}`;
        const plain = told(() => plainBound(asked, multipliers));
        const found = told(() => boundOf(asked, multipliers));
        if (found !== "nothing" || plain === "nothing") expect(found, label).toBe(plain);
        // What does not say whose it is, or is finer than what is asked, is refused for that alone.
        else tally.tell("refused for its form");
        tally.tell(found === "nothing" ? "proves nothing" : "proves");
      }
      tally.tell(multipliers.purpose);
      tally.tell(multipliers.alike ? "alike" : "one by one");
      for (const block of multipliers.prices) {
        tally.tell(block.kind === "paths" ? `paths: ${block.paths[0].kind}` : block.kind);
      }
    }
  }
  console.log(`bounds, seeds 0 to ${COUNT - 1}: ${JSON.stringify(tally.counts)}`);
  const kinds = ["list", "profiles", "ranges", "paths: profiles", "paths: menu"];
  for (const kind of [...kinds, "alike", "bound", "infeasibility", "proves", "proves nothing"]) {
    expect(tally.of(kind), kind).toBeGreaterThan(0);
  }
});
