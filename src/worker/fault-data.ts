import { InputError } from "../fault/input-error.js";
import { SolverUnavailable } from "../solver/solver.js";

/** An error as it crosses threads: structured cloning keeps neither the class of our own ones nor their fields. */
export interface FaultData {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly input?: Pick<InputError, "path" | "found" | "accepted" | "file" | "suggestions">;
}

export function faultData(fault: unknown): FaultData {
  if (!(fault instanceof Error)) return { name: "Error", message: String(fault), stack: undefined };
  const { name, message, stack } = fault;
  if (!(fault instanceof InputError)) return { name, message, stack };
  const { path, found, accepted, file, suggestions } = fault;
  return { name, message, stack, input: { path, found, accepted, file, suggestions } };
}

/** The error that data came from, of the same class. */
export function faultFromData({ name, message, stack, input }: FaultData): Error {
  const fault = input
    ? new InputError(input.path, input.found, input.accepted, input)
    : new (CLASSES[name] ?? Error)(message);
  // Where it was thrown, not where it arrived.
  if (stack !== undefined) fault.stack = stack;
  return fault;
}

const CLASSES: Readonly<Record<string, new (message: string) => Error>> = {
  SolverUnavailable,
  RangeError,
  TypeError,
};
