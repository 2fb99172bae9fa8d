import { families } from "../../models/index.js";
import { continuousDigest } from "../environment/continuous-digest.js";
import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import { InputError } from "../fault/input-error.js";
import { schemaFault } from "../fault/schema-fault.js";
import type { ContinuousInstanceData } from "../instance-data.js";
import type { Question } from "../question/question.js";
import { continuousInstanceSchema } from "./continuous-instance-schema.js";
import { parseExactJson } from "./exact-json.js";
import { type Instance, type InstanceData, isOfIntervals, parseInstance } from "./instance.js";
import { writtenContinuousEnvironment } from "./written-continuous-environment.js";

/** An instance of continuous types: intervals written out, or those that the grid of a family stands for. */
export interface ContinuousInstance {
  readonly name: string;
  /** What the instance shows, in a line; empty when the file does not say. */
  readonly description: string;
  readonly question: Partial<Question>;
  readonly environment: ContinuousEnvironment;
  /** The instance whose grid stands for the types; absent where intervals are written out. */
  readonly grid?: Instance;
  /** Digest of the environment. */
  readonly digest: string;
}

/** An instance of plain data, as a file would have it. Throws InputError with the path of the first thing at fault. */
export function continuousInstanceFromData(data: ContinuousInstanceData | InstanceData): ContinuousInstance {
  return parseContinuousInstance(data, "unnamed instance");
}

/** Reads an instance file's text. Throws InputError with the path of the first thing at fault. */
export function readContinuousInstance(text: string, fallbackName: string): ContinuousInstance {
  return parseContinuousInstance(parseExactJson(text, ""), fallbackName);
}

/** The same from JSON that has been parsed already, whatever it may be. */
export function parseContinuousInstance(json: unknown, fallbackName: string): ContinuousInstance {
  if (!isOfIntervals(json)) return continuousInstanceOf(parseInstance(json, fallbackName));
  const parsed = continuousInstanceSchema.safeParse(json);
  if (!parsed.success) throw schemaFault(parsed.error, json, continuousInstanceSchema);
  const { name = fallbackName, description = "", question = {} } = parsed.data;
  const environment = writtenContinuousEnvironment(parsed.data, name);
  return { name, description, question, environment, digest: continuousDigest(environment) };
}

/** The continuous types that a grid stands for. Throws InputError where it stands for none, with what is covered. */
export function continuousInstanceOf(grid: Instance): ContinuousInstance {
  const { name, description, question, model } = grid;
  if (!grid.continuous) {
    if (!model)
      throw new InputError("agents", "types in lists", `for continuous types intervals, as ${EXAMPLE}`);
    const covered = families.filter(({ familyName, example, read }) => {
      return familyName !== model.family.familyName && read(example.parameters).continuous !== undefined;
    });
    throw new InputError(
      "model",
      `${model.family.familyName}, whose types are not independent or whose values are not private`,
      `for continuous types one of ${covered.map(({ familyName }) => familyName).join(", ")}`,
    );
  }
  const environment = grid.continuous();
  return { name, description, question, environment, grid, digest: continuousDigest(environment) };
}

const EXAMPLE = '"types": {"from": 0, "to": 1}';
