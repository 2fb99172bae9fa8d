import type { z } from "zod";
import { InputError, shown } from "./input-error.js";

/**
 * The first thing that a schema found wrong, as one clear message: where, what was found, what would be accepted.
 * Inside a union the message is of the member that went furthest.
 */
export function schemaFault(error: z.ZodError, input: unknown): InputError {
  const issue = deepest(error.issues[0], []);
  const path = pathText(issue.path);
  const found = at(input, issue.path);
  if (issue.code === "unrecognized_keys") {
    return new InputError(
      path,
      `unknown field ${issue.keys.map((key) => `"${key}"`).join(", ")}`,
      "only the documented fields",
    );
  }
  const accepted = issue.message.replace(/^Invalid (input|option|string): ?/, "").replace(/^expected /, "");
  return new InputError(
    path,
    found === undefined ? "nothing (the field is missing)" : shown(found),
    accepted || "another value",
  );
}

type Issue = z.core.$ZodIssue;

function deepest(issue: Issue, prefix: readonly PropertyKey[]): Issue {
  const here = { ...issue, path: [...prefix, ...issue.path] } as Issue;
  if (issue.code !== "invalid_union") return here;
  const members = issue.errors.flatMap((issues) =>
    issues.length > 0 ? [deepest(issues[0], here.path)] : [],
  );
  const furthest = members.reduce<Issue | undefined>(
    (best, member) => (!best || member.path.length > best.path.length ? member : best),
    undefined,
  );
  if (furthest && furthest.path.length > here.path.length) return furthest;
  const unknown = members.find((member) => member.code === "unrecognized_keys");
  if (unknown) return unknown;
  const wanted = members.map((member) =>
    member.message.replace(/^Invalid (input|option): ?/, "").replace(/^expected /, ""),
  );
  const own = issue.message === "Invalid input" ? "" : issue.message;
  return { ...here, message: own || [...new Set(wanted)].join(" or ") } as Issue;
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
