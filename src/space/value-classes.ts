import type { Environment } from "../environment/environment.js";
import type { Integer } from "../number/integer.js";

/**
 * What outcomes may be worth to some agents who come one after the other: outcomes that are worth the same to every type are one
 * class, whichever of the agents gets them. Of one good there are two: that the agent gets it, and that it does not.
 */
export interface ValueClasses {
  /** Whether values depend on the own type alone. */
  readonly isPrivate: boolean;
  /** How many there are; each outcome is its own where values are not private. */
  readonly classes: number;
  /** `value[type * classes + class]`, over the money denominator; empty where values are not private. */
  readonly value: readonly Integer[];
  /** By agent, from the first: the class of every outcome. */
  readonly classOf: readonly Int32Array[];
}

/** The agents must have equally many types. */
export function valueClasses(environment: Environment, first: number, agents: number): ValueClasses {
  const { values, outcomes, profiles } = environment;
  const types = profiles.sizes[first];
  if (values[first].dependsOnProfile) {
    const own = Int32Array.from(outcomes, (_, x) => x);
    return { isPrivate: false, classes: outcomes.length, value: [], classOf: [own] };
  }
  const known = new Map<string, number>();
  const columns: Integer[][] = [];
  const classOf = values.slice(first, first + agents).map((table) =>
    Int32Array.from(outcomes, (_, x) => {
      const column = Array.from({ length: types }, (_type, a) => table.numerator(a, 0, x));
      const key = column.join();
      const place = known.get(key) ?? columns.push(column) - 1;
      known.set(key, place);
      return place;
    }),
  );
  const value = Array.from({ length: types * columns.length }, (_, k) => {
    return columns[k % columns.length][Math.floor(k / columns.length)];
  });
  return { isPrivate: true, classes: columns.length, value, classOf };
}
