import type * as z from "zod";
import type { Family, Labels, Requirement } from "./requirement.js";

/**
 * A part of a question that is asked only when a value is given for it: it adds requirements, or changes those that there are.
 * Values are kept as files have them, in one way of writing, so that equal questions are equal as JSON.
 */
export interface Parameter {
  /** On the command line, in capitals or angles: `<amount>`. */
  readonly argument: string;
  readonly meaning: string;
  /** Reads it from a file, or as a user of the library writes it; what comes out goes in unchanged. */
  readonly schema: z.ZodType<ParameterValue>;
  /** What a text on the command line stands for. */
  fromText(text: string): unknown;
  /** What is required, given what was without it. Throws InputError (path within the value) for agents that there are not. */
  requirements(value: ParameterValue, before: readonly Requirement[], labels: Labels): Requirement[];
  /** What it asks, for a reader: by itself, or added to what is said of requirements that it changes. */
  sentence(value: ParameterValue): string;
  readonly amends?: Family;
}

/** The value of a parameter as files have it: a number's text, names, or numbers by name. */
export type ParameterValue = string | readonly string[] | Readonly<Record<string, string>>;
