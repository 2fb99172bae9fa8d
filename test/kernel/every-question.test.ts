import { expect, test } from "vitest";
import { RandomSource } from "../generator/random-source.js";
import { allInstances, answeredAndVerified, everyQuestion } from "./every-question.js";

/** Asks every question when set; a sample of them otherwise. */
const everything = process.env["EVERY_QUESTION"] !== undefined;
const SAMPLE = 16;
const SEED = 48271;

allInstances().forEach((instance, index) => {
  test(`${instance.name}: every question is decided, exactly, and verified`, async () => {
    const random = new RandomSource(SEED + index);
    const all = [...everyQuestion(instance)];
    const asked = everything ? all : Array.from({ length: SAMPLE }, () => random.pick(all));
    const tally: Record<string, number> = {};
    for (const question of asked) {
      const answer = await answeredAndVerified(instance, question);
      expect(["possible", "impossible"], `${JSON.stringify(question)}: ${answer}`).toContain(answer);
      tally[answer] = (tally[answer] ?? 0) + 1;
    }
    console.log(
      `${instance.name}, ${asked.length} of ${all.length} questions, seed ${SEED + index}: ${JSON.stringify(tally)}`,
    );
    expect(tally["possible"] ?? 0).toBeGreaterThan(0);
  }, 3_600_000);
});
