import type { Environment } from "../environment/environment.js";
import { InputError, shown } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import type { Rational } from "../number/rational.js";
import { parseRational } from "../number/rational-text.js";

type Options = Readonly<Record<string, string>> | undefined;

/** One of the names in `choices`. Throws InputError for any other. */
export function optionAmong<Name extends string>(
  options: Options,
  option: string,
  choices: Readonly<Record<Name, unknown>>,
  fallback: NoInfer<Name>,
): Name {
  const given = options?.[option];
  if (given === undefined) return fallback;
  if (Object.hasOwn(choices, given)) return given as Name;
  throw unknownName(option, "choice", given, Object.keys(choices));
}

/** An agent by name. Throws InputError when nobody has it. */
export function optionAgent(
  options: Options,
  option: string,
  environment: Environment,
  fallback: number,
): number {
  const given = options?.[option];
  if (given === undefined) return fallback;
  const agent = environment.agents.findIndex(({ name }) => name === given);
  if (agent >= 0) return agent;
  throw unknownName(
    option,
    "agent",
    given,
    environment.agents.map(({ name }) => name),
  );
}

/** Numbers separated by commas or spaces. Throws InputError for a wrong one or a wrong number of them. */
export function optionNumbers(options: Options, option: string, count?: number): Rational[] | undefined {
  const given = options?.[option];
  return given === undefined ? undefined : numbers(given, option, count);
}

/** Rows of numbers, separated by semicolons. Throws InputError for a wrong number of rows or entries. */
export function optionMatrix(options: Options, option: string, size: number): Rational[][] | undefined {
  const given = options?.[option];
  if (given === undefined) return undefined;
  const rows = given.split(";");
  if (rows.length !== size)
    throw new InputError(option, `${rows.length} rows`, `${size}, separated by semicolons`);
  return rows.map((row, k) => numbers(row, `${option}[${k}]`, size));
}

function numbers(text: string, path: string, count: number | undefined): Rational[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const parsed = words.map((word, k) => {
    const value = parseRational(word);
    if (!value) throw new InputError(`${path}[${k}]`, shown(word), 'a number, such as 0.4 or "2/5"');
    return value;
  });
  if (parsed.length === 0 || (count !== undefined && parsed.length !== count)) {
    throw new InputError(path, `${parsed.length} numbers`, count === undefined ? "at least one" : `${count}`);
  }
  return parsed;
}
