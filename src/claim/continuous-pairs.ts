import { RandomSource } from "../generator/random-source.js";
import type { FamilyParameters } from "../instance-data.js";
import { type Example, example } from "./example.js";
import type { Family } from "./family.js";

type GridData = FamilyParameters["bilateral-trade"]["buyer"];

/** Two agents with continuous types: who trade, who may have a public good, or who bid for a good. */
export interface ContinuousPair {
  readonly kind: (typeof kinds)[number];
  readonly example: Example;
  readonly seed: number;
}

const kinds = ["trade", "public good", "auction"] as const;

/** With densities that are positive everywhere, on intervals on which there are gains for some types and losses for others. */
export function continuousPairs(
  about: string,
  among: readonly ContinuousPair["kind"][] = kinds,
): Family<ContinuousPair> {
  return {
    about,
    member: (seed) => {
      const random = new RandomSource(seed);
      const kind = random.pick(among);
      return { kind, example: drawn(random, kind), seed };
    },
    shown: ({ seed, example }) => [`drawn from the seed ${seed}:`, JSON.stringify(example.data)],
  };
}

function drawn(random: RandomSource, kind: ContinuousPair["kind"]): Example {
  if (kind === "trade") {
    // The seller's interval overlaps the buyer's.
    const from = random.integer(-2, 2);
    const to = from + random.integer(1, 4);
    const start = random.integer(from - 3, to - 1);
    const end = random.integer(Math.max(start, from) + 1, to + 3);
    return example("bilateral-trade", {
      buyer: interval(random, from, to),
      seller: interval(random, start, end),
      convention: random.pick(["cost", "value"] as const),
    });
  }
  const ends = [0, 1].map(() => {
    const from = random.integer(0, 2);
    return [from, from + random.integer(1, 3)] as const;
  });
  const grids = ends.map(([from, to]) => interval(random, from, to));
  if (kind === "auction") return example("single-good-auction", { grids });
  const [least, most] = [0, 1].map((end) => ends[0][end] + ends[1][end]);
  return example("public-good", { grids, cost: `${2 * random.integer(least, most - 1) + 1}/2` });
}

function interval(random: RandomSource, from: number, to: number): GridData {
  return { points: 2, from, to, distribution: density(random) };
}

/** Uniform; steps; or a straight line. */
function density(random: RandomSource) {
  const shape = random.pick(["uniform", "steps", "line"] as const);
  if (shape === "uniform") return "uniform" as const;
  const [a, b] = [random.integer(1, 5), random.integer(1, 5)];
  if (shape === "line")
    return { density: [{ from: 0, to: 1, coefficients: [`${2 * a}/${a + b}`, `${2 * (b - a)}/${a + b}`] }] };
  return {
    density: [
      { from: 0, to: "1/2", coefficients: [`${2 * a}/${a + b}`] },
      { from: "1/2", to: 1, coefficients: [`${2 * b}/${a + b}`] },
    ],
  };
}
