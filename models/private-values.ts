import type { TableSpecification } from "../src/environment/environment.js";
import type { Rational } from "../src/number/rational.js";
import { RationalVector } from "../src/number/rational-vector.js";

/** A table of private values: `value(type, outcome)` for each value that a type stands for, and each of `outcomes` outcomes. */
export function privateValues(
  types: readonly Rational[],
  outcomes: number,
  value: (type: Rational, outcome: number) => Rational,
): TableSpecification<"type-outcome"> {
  return {
    shape: "type-outcome",
    entries: RationalVector.from(
      types.flatMap((type) => Array.from({ length: outcomes }, (_, outcome) => value(type, outcome))),
    ),
  };
}

/** An outside option that depends on the own type. */
export function outsideOptionByType(
  types: readonly Rational[],
  option: (type: Rational) => Rational,
): TableSpecification<"type"> {
  return { shape: "type", entries: RationalVector.from(types.map(option)) };
}
