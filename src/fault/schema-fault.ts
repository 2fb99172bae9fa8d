import type * as z from "zod";
import { InputError, shown } from "./input-error.js";
import { fieldsMeant, repairsOf } from "./repair.js";
import { fieldsOf, membersOf, schemaAt } from "./schema-at.js";
import { listed } from "./unknown-name.js";

/** Most unknown fields that a message names. */
const MOST_UNKNOWN = 5;

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** An issue with its whole path, and the schema that raised it, where that is known. */
interface Located {
  readonly issue: Issue;
  readonly path: readonly PropertyKey[];
  readonly schema: Schema | undefined;
}

/**
 * The first thing that a schema found wrong, as one clear message: where, what was found, what would be accepted.
 * Inside a union the message is of the member that was meant. With the schema, unknown fields are told
 * the known ones, and what was probably meant is said.
 */
export function schemaFault(error: z.ZodError, input: unknown, schema?: Schema): InputError {
  const { issue, path, schema: own } = clearest(error.issues, [], schema);
  const where = pathText(path);
  const found = at(input, path);
  if (issue.code === "unrecognized_keys") {
    const keys = listed(issue.keys.map(shown), MOST_UNKNOWN);
    const known = own && fieldsOf(own, found);
    return new InputError(
      where,
      `the unknown field${issue.keys.length > 1 ? "s" : ""} ${keys}`,
      known ? `only the fields ${known.join(", ")}` : "only the documented fields",
      { suggestions: own && fieldsMeant(issue.keys.slice(0, MOST_UNKNOWN), found, own) },
    );
  }
  if (found === undefined) return new InputError(where, "nothing (the field is missing)", accepted(issue));
  return new InputError(where, shown(found), accepted(issue), { suggestions: own && repairsOf(found, own) });
}

/** An unknown field before all else: it is mostly the misspelt name of one that is missing. */
function clearest(
  issues: readonly Issue[],
  prefix: readonly PropertyKey[],
  schema: Schema | undefined,
): Located {
  const located = issues.map((issue) => ({
    issue,
    path: [...prefix, ...issue.path],
    schema: schema && schemaAt(schema, issue.path),
  }));
  const first = located.find(({ issue }) => issue.code === "unrecognized_keys") ?? located[0];
  return first.issue.code === "invalid_union" ? meant(first) : first;
}

/** Of a union's members the one whose kind fits and that knows most of the fields; the union itself where none stands out. */
function meant(union: Located): Located {
  const { issue, path, schema } = union;
  if (issue.code !== "invalid_union") return union;
  const options = schema && membersOf(schema);
  const members = issue.errors.flatMap((issues, k) =>
    issues.length > 0 && fits(issues)
      ? [{ unknown: unknownFields(issues), fault: clearest(issues, path, options?.[k]) }]
      : [],
  );
  const fewest = Math.min(...members.map((member) => member.unknown));
  const candidates = members.filter((member) => member.unknown === fewest);
  if (candidates.length > 1 && fewest > 0 && issue.message !== UNSAID) return union;
  return (
    candidates.reduce<Located | undefined>((best, { fault }) => {
      return !best || fault.path.length > best.path.length ? fault : best;
    }, undefined) ?? union
  );
}

/** Whether a value is of a member's kind, whatever may be wrong inside. */
function fits(issues: readonly Issue[]): boolean {
  return issues.every(
    (issue) =>
      issue.path.length > 0 ||
      issue.code === "unrecognized_keys" ||
      (issue.code === "invalid_union" && issue.errors.some((inner) => inner.length > 0 && fits(inner))),
  );
}

function unknownFields(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
}

/** What zod says of a union that has no words of its own. */
const UNSAID = "Invalid input";

/** How messages begin that schemas have of their own. */
const OWN = "expected ";

/** What would be accepted, in words. */
function accepted(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.message.startsWith(OWN)) return withoutPrefix(issue.message);
      return KINDS[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.length === 1
        ? shown(issue.values[0])
        : `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return issue.origin === "string" ? "a text that is not empty" : `at least ${issue.minimum} in the list`;
    case "too_big":
      return `at most ${issue.maximum}${issue.origin === "array" ? " in the list" : ""}`;
    case "invalid_union": {
      if (issue.message !== UNSAID) return withoutPrefix(issue.message);
      const members = issue.errors.flatMap((issues) => (issues.length > 0 ? [accepted(issues[0])] : []));
      return [...new Set(members)].join(" or ") || "another value";
    }
    default:
      return withoutPrefix(issue.message) || "another value";
  }
}

const KINDS: Readonly<Record<string, string>> = {
  array: "a list",
  object: "an object",
  record: "an object",
  string: "a text",
  number: "a number",
  boolean: "true or false",
};

function withoutPrefix(message: string): string {
  return message.replace(/^Invalid input(: ?)?/, "").replace(/^expected /, "");
}

/** `agents[1].prior[3]` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}
