/**
 * A fault in what the user gave: where it is (a path into the file, such as `agents[1].prior[3]`, or a flag),
 * what was found there, and what would be accepted. Anything else that is thrown is a bug.
 */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(
    readonly path: string,
    readonly found: string,
    readonly accepted: string,
    /** The file that the path leads into, where one was read. */
    readonly file?: string,
  ) {
    const where = [file, path].filter((part) => part).join(": ");
    super(`${where ? `${where}: ` : ""}${found}; expected ${accepted}`);
  }

  /** The same fault seen from further out: `agents[1]` and `prior[3]` make `agents[1].prior[3]`. */
  within(prefix: string): InputError {
    const joint = this.path === "" || this.path.startsWith("[") ? "" : ".";
    return new InputError(`${prefix}${joint}${this.path}`, this.found, this.accepted, this.file);
  }

  /** The same fault with the file in which it is: `instances/trade.json: agents[1].prior`. A flag is in no file. */
  inFile(file: string): InputError {
    if (this.file !== undefined || this.path.startsWith("--")) return this;
    return new InputError(this.path, this.found, this.accepted, file);
  }
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
