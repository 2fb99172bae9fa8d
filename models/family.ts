import type * as z from "zod";
import type { ContinuousEnvironment } from "../src/environment/continuous-environment.js";
import type { Continuum } from "../src/environment/continuum.js";
import type { Environment } from "../src/environment/environment.js";
import type { AllocationRule } from "../src/environment/lottery.js";
import { parsedBy } from "../src/fault/parsed-by.js";
import type { FamilyParameters } from "../src/instance-data.js";
import { checkNumbers } from "../src/number/number-size.js";

/** What a family builds: an environment and, where the literature gives one, an allocation rule. */
export interface Model {
  readonly environment: Environment;
  readonly givenRule?: AllocationRule;
  /** The continuous types that the grid stands for, in doubles, where they have a distribution function. */
  readonly continuum?: Continuum;
  /**
   * The same exactly; absent where types are not independent or values not private. Throws InputError, with the
   * parameter's path, where parameters stand for no environment that polynomials describe.
   */
  readonly continuous?: () => ContinuousEnvironment;
}

/** A parametric family of environments. Called with parameters as a user writes them, it builds a model. */
export interface Family<Parameters = never> {
  /** Throws InputError, with the parameter's path, for parameters that make no environment. */
  (parameters: Parameters): Model;
  /** The same of parameters of which nothing is known, such as a file's. */
  read(parameters: unknown): Model;
  readonly familyName: string;
  /** One sentence for a list, of at most 50 characters. */
  readonly summary: string;
  /** What it is and what it is for, and what is rounded. */
  readonly about: string;
  /** Author and year, as in docs/references.md, and where in it. */
  readonly source: string;
  /** A small instance that shows what it is for: parameters, and a question where the default one is not it. */
  readonly example: FamilyExample;
  readonly parameters: z.ZodType;
}

/** A small instance, as its file has it but for the family's name. */
export interface FamilyExample {
  readonly question?: object;
  readonly parameters: object;
}

/** What a family says of itself. */
interface FamilyWords {
  readonly name: string;
  readonly summary: string;
  readonly about: string;
  readonly source: string;
  readonly example: FamilyExample;
}

/** Makes a family of its description and its builder. The builder gets the parsed parameters. */
export function family<
  Name extends keyof FamilyParameters,
  Schema extends z.ZodType<unknown, FamilyParameters[Name]>,
>(
  description: FamilyWords & { name: Name; parameters: Schema },
  build: (parameters: z.output<Schema>) => Model,
): Family<FamilyParameters[Name]> {
  const { name, parameters, ...words } = description;
  const builder = (given: unknown): Model => {
    const read = parsedBy(parameters, given ?? {});
    checkNumbers(read);
    return build(read);
  };
  return Object.assign(builder, { read: builder, familyName: name, parameters, ...words });
}
