import type { Model } from "../../models/family.js";
import { InputError, shown, within } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import type { Instance } from "../instance/instance.js";
import { readExpression } from "../number/expression.js";
import { Rational } from "../number/rational.js";

/** What may be written where a number depends on q, as messages say it. */
const EXPRESSION = 'a text such as "q", "1-q" or "(1 - q)/2"';

/** A parameter of a family, and what it is as q moves. */
export interface VariedParameter {
  /** A path into the instance's parameters: `cost`, `shares`, `buyer.to`, `grids[0].from`. */
  readonly parameter: string;
  /** What the parameter is: `["q", "1-q"]`, or anything else with expressions in q; q itself when absent. */
  readonly along?: unknown;
}

/** What the family builds where q has a value. Throws InputError where it builds nothing. */
export type ModelAlong = (q: Rational) => Model;

/**
 * The instance's family with a parameter that moves. Throws InputError for an instance that is written out, a parameter that
 * its family does not have, and a list that moves in no way that is told.
 */
export function modelAlong(
  { model }: Pick<Instance, "model">,
  { parameter, along }: VariedParameter,
): ModelAlong {
  if (!model)
    throw new InputError(
      "--parameter",
      "an instance that is written out",
      "an instance of a family of models",
    );
  const { family, parameters } = model;
  const path = stepsOf(parameter);
  const shape: object = "shape" in family.parameters ? (family.parameters.shape as object) : {};
  const known = Object.keys(shape);
  if (known.length > 0 && !known.includes(String(path[0])))
    throw unknownName("--parameter", `parameter of ${family.familyName}`, String(path[0]), known);
  const now = path.reduce<unknown>(
    (value, step) => (value as Record<string, unknown> | undefined)?.[step],
    parameters,
  );
  if (along === undefined && Array.isArray(now)) throw notTold(parameter, now.length);
  const template = along ?? "q";
  if (!mentions(template))
    throw new InputError("--along", `${shown(template)}, in which there is no q`, EXPRESSION);
  return (q) => {
    const value = within("--along", () => filledIn(template, q));
    const moved = withValue(parameters ?? {}, path, value);
    return within(`with q = ${q}, parameters`, () => family.read(moved));
  };
}

function notTold(parameter: string, length: number): InputError {
  const rest = length === 2 ? "1-q" : `(1-q)/${length - 1}`;
  const example = JSON.stringify(Array.from({ length }, (_, k) => (k === 0 ? "q" : rest)));
  return new InputError(
    "--along",
    `nothing, for ${parameter}, a list of ${length}`,
    `what it is, such as ${example}`,
  );
}

/** `grids[0].from` as `grids`, 0, `from`. */
function stepsOf(path: string): (string | number)[] {
  const steps = path.match(/[A-Za-z_]\w*|\[\d+\]/g) ?? [];
  const written = steps.map((step, k) => (k > 0 && !step.startsWith("[") ? `.${step}` : step)).join("");
  if (written !== path || steps.length === 0 || path.startsWith("["))
    throw new InputError(
      "--parameter",
      shown(path),
      "a parameter's name, or a path such as buyer.to or shares[0]",
    );
  return steps.map((step) => (step.startsWith("[") ? Number(step.slice(1, -1)) : step));
}

/** Whether a text is about q and nothing else than numbers. */
function isExpression(text: string): boolean {
  return /q/.test(text) && /^[\d\s.q()+*/-]+$/.test(text);
}

function mentions(template: unknown): boolean {
  if (typeof template === "string") return isExpression(template);
  return typeof template === "object" && template !== null && Object.values(template).some(mentions);
}

/** The template with numbers in place of expressions. */
function filledIn(template: unknown, q: Rational): unknown {
  if (typeof template === "string")
    return isExpression(template) ? String(readExpression(template, EXPRESSION).value(() => q)) : template;
  if (Array.isArray(template)) return template.map((entry) => filledIn(entry, q));
  if (!isPlain(template)) return template;
  return Object.fromEntries(Object.entries(template).map(([key, entry]) => [key, filledIn(entry, q)]));
}

/** The data with a value at the end of a path; objects on the way that are absent are made. */
function withValue(data: unknown, [step, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === "number") {
    if (!Array.isArray(data) || step >= data.length)
      throw new InputError(
        "--parameter",
        `[${step}] of ${Array.isArray(data) ? `a list of ${data.length}` : "what is no list in the instance"}`,
        "a place in a list that the instance has",
      );
    return data.map((entry, k) => (k === step ? withValue(entry, rest, value) : entry));
  }
  const fields = isPlain(data) ? data : {};
  return { ...fields, [step]: withValue(fields[step], rest, value) };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  // An exact number of the library stays as it is.
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Rational);
}
