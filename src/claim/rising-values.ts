import { RandomSource } from "../generator/random-source.js";
import { type Example, example } from "./example.js";
import type { Family } from "./family.js";

/** A row for each own type, a column for each of the other's. */
type Table = readonly (readonly number[])[];

/** What trade or a public good is worth to two agents, in whole numbers: strictly rising with the own type, weakly with the other's. */
export interface RisingValues {
  readonly kind: "trade" | "good";
  readonly tables: readonly [Table, Table];
  readonly weights: readonly [readonly number[], readonly number[]];
  /** Of the public good. */
  readonly cost: number;
  readonly seed: number;
}

type Steps = readonly [least: number, most: number];

/** By how much values rise from one type to the next: with the own type, and with the other's. */
const couplings = {
  /** Differences of values rise with the own type. */
  increasing: { own: [3, 5], other: [0, 2] },
  /** They fall. */
  decreasing: { own: [1, 2], other: [3, 5] },
  /** They rise or fall. */
  any: { own: [1, 3], other: [0, 3] },
} as const satisfies Record<string, { own: Steps; other: Steps }>;

export type Coupling = keyof typeof couplings | "common";

export interface RisingOptions {
  readonly kind: RisingValues["kind"];
  readonly coupling: Coupling;
  /** Least and greatest number of types. */
  readonly types: Steps;
}

/** Drawn from seeds, none of them trivial: for some types there are gains, for others losses. */
export function risingValues(about: string, { kind, coupling, types }: RisingOptions): Family<RisingValues> {
  return {
    about,
    member: (seed) => {
      const random = new RandomSource(seed);
      const sizes = [random.integer(...types), random.integer(...types)] as const;
      const tables = randomTables(random, sizes, coupling);
      const cost = random.pick(random.onceIn(2) ? totals(tables) : [random.integer(0, 8 * types[1])]);
      const weights = sizes.map((size) => Array.from({ length: size }, () => random.integer(1, 3)));
      const drawn: RisingValues = { kind, tables, weights: [weights[0], weights[1]], cost, seed };
      return isTrivial(drawn) ? undefined : drawn;
    },
    *smaller(values) {
      for (const agent of [0, 1])
        for (let type = 0; values.tables[agent].length > 1 && type < values.tables[agent].length; type++) {
          const without = withoutType(values, agent, type);
          if (!isTrivial(without)) yield without;
        }
    },
    shown: (values) => [
      `drawn from the seed ${values.seed}:`,
      `${JSON.stringify(exampleOfValues(values).data)}`,
    ],
  };
}

/** As an instance of a family of models. */
export function exampleOfValues({ kind, tables, weights, cost }: RisingValues): Example {
  const grids = weights.map((own) => ({ values: own.map((_, k) => k), weights: own.map(Number) }));
  const [first, second] = tables.map((table) => ({ table: table.map((row) => row.map(Number)) }));
  return kind === "trade"
    ? example("interdependent-trade", {
        buyer: grids[0],
        seller: grids[1],
        buyerValuation: first,
        sellerValuation: second,
      })
    : example("interdependent-public-good", { grids, cost, valuations: [first, second] });
}

function randomTables(
  random: RandomSource,
  sizes: readonly [number, number],
  coupling: Coupling,
): readonly [Table, Table] {
  const levels = (count: number, steps: Steps) => {
    let level = 0;
    return Array.from({ length: count }, () => {
      const own = level;
      level += random.integer(...steps);
      return own;
    });
  };
  // What both types add together is worth the same to both agents, so that it leaves differences alone.
  const together = random.pick([0, 0, 1]);
  const starts = [random.integer(-4, 4), random.integer(-4, 4)];
  if (coupling === "common") {
    const own = sizes.map((size) => levels(size, [1, 4]));
    const table = (agent: number) =>
      own[agent].map((x, k) => own[1 - agent].map((y, l) => starts[agent] + x + y + together * k * l));
    return [table(0), table(1)];
  }
  const steps = couplings[coupling];
  const table = (agent: number) => {
    const [own, other] = [levels(sizes[agent], steps.own), levels(sizes[1 - agent], steps.other)];
    return own.map((x, k) => other.map((y, l) => starts[agent] + x + y + together * k * l));
  };
  return [table(0), table(1)];
}

/** What the good is worth to both, at every profile. */
function totals([first, second]: readonly [Table, Table]): number[] {
  return first.flatMap((row, k) => row.map((value, l) => value + second[l][k]));
}

/** Whether nobody ever gains by it, or nobody ever loses. */
function isTrivial({ kind, tables: [first, second], cost }: RisingValues): boolean {
  const gains =
    kind === "good"
      ? totals([first, second]).map((total) => total - cost)
      : first.flatMap((row, k) => row.map((value, l) => value - second[l][k]));
  return !(gains.some((gain) => gain > 0) && gains.some((gain) => gain < 0));
}

function withoutType(values: RisingValues, agent: number, type: number): RisingValues {
  const tables = values.tables.map((table, i) =>
    i === agent ? table.toSpliced(type, 1) : table.map((row) => row.toSpliced(type, 1)),
  );
  const weights = values.weights.map((own, i) => (i === agent ? own.toSpliced(type, 1) : own));
  return { ...values, tables: [tables[0], tables[1]], weights: [weights[0], weights[1]] };
}
