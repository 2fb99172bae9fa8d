import { briefLine, inertLine } from "./inert-text.js";

/** Longer parts of a message, such as what was found, are cut: all of it is to be a few lines of a terminal. */
const LONGEST_PART = 600;
/** Longer names are not asked about. */
const LONGEST_SUGGESTION = 100;

/** What is known besides where a fault is, what was found and what would be accepted. */
export interface FaultDetails {
  /** The file that the path leads into, where one was read. */
  readonly file?: string | undefined;
  /** What was probably meant, each as it would be written; none where nothing comes near. */
  readonly suggestions?: readonly string[] | undefined;
}

/**
 * A fault in what the user gave: where it is (a path into the file, such as `agents[1].prior[3]`, or a flag),
 * what was found there, what would be accepted, and what was probably meant. Anything else that is thrown is a bug. However long and whatever what was given is, the message
 * is a few lines that do nothing but appear.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly path: string;
  readonly found: string;
  readonly accepted: string;
  readonly file: string | undefined;
  readonly suggestions: readonly string[];

  constructor(path: string, found: string, accepted: string, { file, suggestions = [] }: FaultDetails = {}) {
    const parts = { path, found, accepted, file: file ?? "" };
    for (const [name, text] of Object.entries(parts))
      parts[name as keyof typeof parts] = briefLine(text, LONGEST_PART);
    const likely = suggestions.filter((name) => name.length <= LONGEST_SUGGESTION).map(inertLine);
    const where = [parts.file, parts.path].filter((one) => one).join(": ");
    const meant = likely.length > 0 ? `; did you mean ${either(likely)}?` : "";
    super(`${where ? `${where}: ` : ""}${parts.found}; expected ${parts.accepted}${meant}`);
    this.path = parts.path;
    this.found = parts.found;
    this.accepted = parts.accepted;
    this.file = file === undefined ? undefined : parts.file;
    this.suggestions = likely;
  }

  /** The same fault seen from further out: `agents[1]` and `prior[3]` make `agents[1].prior[3]`. */
  within(prefix: string): InputError {
    const joint = this.path === "" || this.path.startsWith("[") ? "" : ".";
    return this.at(`${prefix}${joint}${this.path}`);
  }

  /** The same fault under another path. */
  at(path: string): InputError {
    const { found, accepted, file, suggestions } = this;
    return new InputError(path, found, accepted, { file, suggestions });
  }

  /** The same fault with the file in which it is: `instances/trade.json: agents[1].prior`. A flag is in no file. */
  inFile(file: string): InputError {
    if (this.file !== undefined || this.path.startsWith("--")) return this;
    const { path, found, accepted, suggestions } = this;
    return new InputError(path, found, accepted, { file, suggestions });
  }
}

function either(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** Runs `act`, putting `path`, unless it is empty, before the path of any InputError. */
export function within<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (fault) {
    throw fault instanceof InputError && path !== "" ? fault.within(path) : fault;
  }
}

/** A value as a message shows it: JSON, cut to a readable length. */
export function shown(value: unknown): string {
  const text = typeof value === "number" || typeof value === "bigint" ? String(value) : json(begun(value));
  return text.length > 60 ? `${text.slice(0, 57).replace(/\p{Cs}$/u, "")}...` : text;
}

/** So much of a value that its begin can be shown, however large it is. */
function begun(value: unknown, left = { entries: 100 }): unknown {
  if (typeof value === "string") return value.slice(0, 60);
  if (typeof value !== "object" || value === null || left.entries <= 0) return value;
  const isList = Array.isArray(value);
  if (!isList && Object.getPrototypeOf(value) !== Object.prototype) return value;
  const fields: [string, unknown][] = [];
  for (const key in value) {
    if (left.entries-- <= 0) break;
    fields.push([key.slice(0, 60), begun((value as Record<string, unknown>)[key], left)]);
  }
  return isList ? fields.map(([, entry]) => entry) : Object.fromEntries(fields);
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A value that no file could hold, such as one that contains itself.
    return String(value);
  }
}
