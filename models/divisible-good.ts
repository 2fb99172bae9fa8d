import {
  type AgentSpecification,
  Environment,
  type EnvironmentSpecification,
} from "../src/environment/environment.js";
import { ProfileSpace } from "../src/environment/profile-space.js";
import { Rational } from "../src/number/rational.js";
import { RationalVector } from "../src/number/rational-vector.js";
import type { Grid } from "./grid.js";
import { outsideOptionByType, privateValues } from "./private-values.js";
import { checkTableSize } from "./table-size.js";

/** Quantities that a profile's efficient rule chooses: each agent's, or the one of a public good. */
export type Allocation = readonly Rational[];

/** A good in any quantity, for agents with private values. */
export interface DivisibleGood {
  readonly name: string;
  readonly description: string;
  readonly agents: readonly string[];
  readonly grids: readonly Grid[];
  /** The efficient allocations of a profile of types: several where they tie. */
  readonly efficient: (types: readonly Rational[]) => readonly Allocation[];
  readonly label: (allocation: Allocation) => string;
  readonly value: (agent: number, type: Rational, allocation: Allocation) => Rational;
  readonly cost?: (allocation: Allocation) => Rational;
  readonly outsideOption?: (agent: number, type: Rational) => Rational;
}

/**
 * The environment whose outcomes are the allocations that are efficient at some profile, in increasing order. Throws
 * InputError when there are too many.
 */
export function divisibleGood(good: DivisibleGood): Environment {
  const { grids, outsideOption, cost } = good;
  const allocations = efficientAllocations(good);
  for (const { values } of grids) checkTableSize(values.length, allocations.length);
  return new Environment({
    name: good.name,
    description: good.description,
    agents: good.agents.map(
      (name, i): AgentSpecification => ({
        name,
        types: grids[i].labels,
        values: privateValues(grids[i].values, allocations.length, (type, x) =>
          good.value(i, type, allocations[x]),
        ),
        outsideOption:
          outsideOption && outsideOptionByType(grids[i].values, (type) => outsideOption(i, type)),
      }),
    ),
    outcomes: allocations.map(good.label),
    prior: { kind: "independent", marginals: grids.map(({ prior }) => prior) },
    cost: cost && costs(allocations, cost),
  });
}

function costs(
  allocations: readonly Allocation[],
  cost: (allocation: Allocation) => Rational,
): EnvironmentSpecification["cost"] {
  return { shape: "outcome", entries: RationalVector.from(allocations.map(cost)) };
}

function efficientAllocations({ grids, efficient }: DivisibleGood): Allocation[] {
  const profiles = new ProfileSpace(grids.map(({ values }) => values.length));
  checkTableSize(profiles.count, 1);
  const found = new Map<string, Allocation>();
  for (let s = 0; s < profiles.count; s++) {
    for (const allocation of efficient(grids.map(({ values }, i) => values[profiles.typeOf(s, i)]))) {
      found.set(allocation.join(" "), allocation);
    }
  }
  return [...found.values()].sort(lexicographically);
}

function lexicographically(a: Allocation, b: Allocation): number {
  const k = a.findIndex((quantity, i) => !quantity.equals(b[i]));
  return k < 0 ? 0 : a[k].compare(b[k]);
}

/** The largest multiple of `10^-digits` up to a quantity >= 0: rounding down keeps allocations feasible. */
export function roundDown(quantity: Rational, digits: number): Rational {
  const scale = 10n ** BigInt(digits);
  return Rational.of((quantity.numerator * scale) / quantity.denominator, scale);
}
