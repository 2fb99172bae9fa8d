import { choices, type Question } from "../../src/question/question.js";
import { RandomSource } from "./random-source.js";

/** A random question; every choice of every part comes up. */
export function randomQuestion(seed: number): Question {
  const random = new RandomSource(seed ^ 0x51ed270b);
  const part = <Choice>(of: readonly Choice[]) => random.pick(of);
  return {
    ic: part(choices.ic),
    ir: part(choices.ir),
    budget: part(choices.budget),
    balance: part(choices.balance),
    objective: part(choices.objective),
    allocation: part(choices.allocation),
    ties: part(choices.ties),
  };
}
