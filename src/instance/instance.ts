import type * as z from "zod";
import type { Family, Model } from "../../models/family.js";
import { families, familyByName } from "../../models/index.js";
import { environmentDigest } from "../environment/digest.js";
import { InputError, shown, within } from "../fault/input-error.js";
import { parsedBy } from "../fault/parsed-by.js";
import { listed } from "../fault/unknown-name.js";
import type { ExplicitInstanceData, FamilyParameters } from "../instance-data.js";
import { checkNumbers } from "../number/number-size.js";
import type { Question } from "../question/question.js";
import { checkCounts } from "./counts.js";
import { parseExactJson } from "./exact-json.js";
import { explicitEnvironment } from "./explicit-environment.js";
import { explicitInstanceSchema, modelInstanceSchema } from "./instance-schema.js";

/** An instance file, read: its environment, and the question that it asks by itself. */
export interface Instance extends Model {
  readonly name: string;
  /** What the instance shows, in a line; empty when the file does not say. */
  readonly description: string;
  readonly question: Partial<Question>;
  /** The family and its parameters as written, for instances that name one. */
  readonly model?: { readonly family: Family; readonly parameters: unknown };
  /** Digest of the environment; computed when first asked for. */
  readonly digest: string;
}

/** An instance that names a family, as files have it. */
export interface ModelInstanceData<Name extends keyof FamilyParameters>
  extends Pick<ExplicitInstanceData, "$schema" | "name" | "description" | "question"> {
  /** The name of a family. */
  readonly model: Name;
  readonly parameters: FamilyParameters[Name];
}

/** An instance as files have it: an environment written out, or a family with its parameters. */
export type InstanceData =
  | ExplicitInstanceData
  | { readonly [Name in keyof FamilyParameters]: ModelInstanceData<Name> }[keyof FamilyParameters];

/** An instance of plain data, as a file would have it. Throws InputError with the path of the first thing at fault. */
export function instanceFromData(data: InstanceData): Instance {
  return parseInstance(data, "unnamed instance");
}

/** Reads an instance file's text. Throws InputError with the path of the first thing at fault. */
export function readInstance(text: string, fallbackName: string): Instance {
  return parseInstance(parseExactJson(text, ""), fallbackName);
}

/** The same from JSON that has been parsed already, whatever it may be. Numbers denote what their shortest decimal text denotes. */
export function parseInstance(json: unknown, fallbackName: string): Instance {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new InputError("", shown(json), "an object: an instance");
  }
  if (!("model" in json || "agents" in json)) {
    throw new InputError(
      "",
      `neither "agents" nor "model" among the fields ${listed(Object.keys(json)) || "(none)"}`,
      '"agents" and "outcomes", written out, or a "model" with its "parameters"',
    );
  }
  if (isOfIntervals(json)) {
    const i = (json.agents as readonly { types?: unknown }[]).findIndex(hasInterval);
    throw new InputError(
      `agents[${i}].types`,
      "an interval of types",
      "a list of types; for intervals there are show, verify, explain, and solve, compare and expand with --continuum",
    );
  }
  const schema = "model" in json ? modelInstanceSchema : explicitInstanceSchema;
  if (!("model" in json)) checkCounts(json);
  const data = parsedBy(schema, json, "model" in json ? withFields(json) : schema);
  checkNumbers(data);
  const { name = fallbackName, description = "", question = {} } = data;
  const model = "model" in data ? namedModel(data.model, data.parameters) : undefined;
  const built = model?.built ?? explicitEnvironment(data as Parameters<typeof explicitEnvironment>[0]);
  let digest: string | undefined;
  return {
    ...built,
    name,
    description,
    question,
    ...(model && { model: { family: model.family, parameters: model.parameters } }),
    get digest() {
      digest ??= environmentDigest(built.environment, built.givenRule);
      return digest;
    },
  };
}

/** Whether an instance is about intervals of types, written out: at least one agent's are no list. */
export function isOfIntervals(json: unknown): json is { readonly agents: readonly unknown[] } {
  if (typeof json !== "object" || json === null || "model" in json || !("agents" in json)) return false;
  return Array.isArray(json.agents) && json.agents.some(hasInterval);
}

function hasInterval(agent: unknown): boolean {
  const types = typeof agent === "object" && agent !== null && "types" in agent ? agent.types : undefined;
  return typeof types === "object" && types !== null && !Array.isArray(types);
}

/** The schema of instances of the family that is named, so that a fault is told its fields too. */
function withFields({ model }: { model: unknown }): z.ZodType {
  const family = families.find(({ familyName }) => familyName === model);
  return family ? modelInstanceSchema.extend({ parameters: family.parameters }) : modelInstanceSchema;
}

function namedModel(
  name: string,
  parameters: unknown = {},
): { family: Family; parameters: unknown; built: Model } {
  const family = familyByName(name, "model");
  const model = within("parameters", () => family.read(parameters));
  const { continuous } = model;
  const built = continuous ? { ...model, continuous: () => within("parameters", continuous) } : model;
  return { family, parameters, built };
}
