import { expect, test } from "vitest";
import { families } from "../../models/index.js";
import { InputError } from "../../src/fault/input-error.js";
import { startingParameters } from "../../src/instance/starting-parameters.js";

const EXTREMES = [
  "1e400",
  "-1e400",
  "1e-400",
  "-1e-400",
  "1e999",
  "1e-999",
  "0",
  "-1",
  1e308,
  5e-324,
  "1/7919",
  "9".repeat(20),
];

type Path = readonly string[];

/** Where a number stands. */
function* numbers(value: unknown, here: Path = []): Iterable<Path> {
  if (typeof value === "number" || (typeof value === "string" && /^-?\d/.test(value))) yield here;
  if (typeof value !== "object" || value === null) return;
  for (const [key, own] of Object.entries(value)) yield* numbers(own, [...here, key]);
}

function withNumber(parameters: object, path: Path, value: unknown): object {
  const copy = structuredClone(parameters);
  let parent = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  parent[path[path.length - 1]] = value;
  return copy;
}

/** The same parameters with every grid of points distributed and placed so. */
function placed(parameters: object, placement: string): object {
  return JSON.parse(JSON.stringify(parameters), (_, value) =>
    value?.points === undefined ? value : { ...value, placement, distribution: { power: 2 } },
  );
}

test.each(families.map((family) => [family.familyName, family] as const))(
  "%s takes every number, or says what it takes",
  (name, family) => {
    const started = [family.example.parameters, startingParameters[name]].filter((own) => own !== undefined);
    const all = started.flatMap((own) => [own, placed(own, "endpoint"), placed(own, "equal-probability")]);
    let [taken, refused] = [0, 0];
    for (const parameters of all) {
      for (const path of numbers(parameters)) {
        for (const extreme of EXTREMES) {
          try {
            family.read(withNumber(parameters, path, extreme));
            taken++;
          } catch (fault) {
            if (!(fault instanceof InputError)) throw fault;
            refused++;
          }
        }
      }
    }
    expect(Math.min(taken, refused)).toBeGreaterThan(10);
  },
);
