import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import type { Problem } from "../question/problem.js";

/**
 * A step from a problem to one that asks for less, and the way back of its answers: the formulations are chains of steps that end at
 * an engine. A step neither guesses nor decides a verdict. Multipliers come back as they stand: what is asked less is implied by what
 * was asked, so that a price of the one is a price of the other.
 */
export interface Step<Answer, Back extends StructuredMechanism | undefined = StructuredMechanism> {
  readonly name: string;
  /** What makes it lose nothing. */
  readonly theorem: string;
  /** Why it cannot be taken from a problem, in words for the user; undefined where it can. */
  obstacle(problem: Problem): string | undefined;
  apply(problem: Problem): Taken<Answer, Back>;
}

/** A step that has been taken. */
export interface Taken<Answer, Back extends StructuredMechanism | undefined = StructuredMechanism> {
  readonly to: Problem;
  /** The mechanism of the first problem that an answer to the smaller one makes; a step may find that it makes none after all. */
  back(answer: Answer): Back;
}
