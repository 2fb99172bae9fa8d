import type { Continuum } from "../environment/continuum.js";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import type { Mechanism } from "../mechanism/mechanism.js";

/** What a construction is asked to work on. */
export interface Ground {
  readonly environment: Environment;
  /** The rule to implement: efficient, with ties broken as the user says. */
  readonly rule: AllocationRule;
  /** The types' continuous counterpart, where the environment has one. */
  readonly continuum?: Continuum;
}

/** A mechanism that a paper constructs, by name. */
export interface Construction {
  /** As the command line and the tables name it: `ir-vcg`. */
  readonly name: string;
  /** One sentence for a list, of at most 52 characters. */
  readonly summary: string;
  /** What it does, in a sentence or two. */
  readonly about: string;
  /** Author and year, as in docs/references.md, and where in it: `Ke 2009, (9) and Theorem 7`. */
  readonly source: string;
  /** The name of an instance, among those that come with the program, on which it is defined. */
  readonly example: string;
  /**
   * `exact`: the discrete counterpart, which has the paper's properties on any grid. `formula`: the paper's formula for
   * continuous types at the grid's points; its violations vanish with the mesh.
   */
  readonly versions: readonly ("exact" | "formula")[];
  /** Parameters that the user may set, with what they mean and their defaults. */
  readonly options?: Readonly<Record<string, string>>;
  /**
   * Builds the mechanism. Throws InputError naming the condition that fails when the construction is not defined for
   * the environment ("M2 needs exactly two agents; this instance has 3").
   */
  build(ground: Ground, choice: Choice): Mechanism;
}

/** What may be chosen of a construction; its own defaults stand for what is absent. */
export interface Choice {
  readonly version?: "exact" | "formula";
  /** Option values as the user wrote them. */
  readonly options?: Readonly<Record<string, string>>;
}
