/** What is known besides where a fault is, what was found and what would be accepted. */
export interface FaultDetails {
  /** The file that the path leads into, where one was read. */
  readonly file?: string | undefined;
  /** What was probably meant, each as it would be written; none where nothing comes near. */
  readonly suggestions?: readonly string[] | undefined;
}

/**
 * A fault in what the user gave: where it is (a path into the file, such as `agents[1].prior[3]`, or a flag),
 * what was found there, what would be accepted, and what was probably meant. Anything else that is thrown is a bug.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly file: string | undefined;
  readonly suggestions: readonly string[];

  constructor(
    readonly path: string,
    readonly found: string,
    readonly accepted: string,
    { file, suggestions = [] }: FaultDetails = {},
  ) {
    const where = [file, path].filter((part) => part).join(": ");
    const meant = suggestions.length > 0 ? `; did you mean ${either(suggestions)}?` : "";
    super(`${where ? `${where}: ` : ""}${found}; expected ${accepted}${meant}`);
    this.file = file;
    this.suggestions = suggestions;
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

/** A value as a message shows it: JSON, cut to a readable length. */
export function shown(value: unknown): string {
  const text = typeof value === "number" || typeof value === "bigint" ? String(value) : json(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A value that no file could hold, such as one that contains itself.
    return String(value);
  }
}
