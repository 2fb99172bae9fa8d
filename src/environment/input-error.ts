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
  ) {
    super(`${path ? `${path}: ` : ""}${found}; expected ${accepted}`);
  }

  /** The same fault seen from further out: `agents[1]` and `prior[3]` make `agents[1].prior[3]`. */
  within(prefix: string): InputError {
    const joint = this.path === "" || this.path.startsWith("[") ? "" : ".";
    return new InputError(`${prefix}${joint}${this.path}`, this.found, this.accepted);
  }
}

/** A value as a message shows it: JSON, cut to a readable length. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : String(JSON.stringify(value) ?? value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
