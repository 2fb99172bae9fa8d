import { RandomSource } from "../generator/random-source.js";
import type { InstanceData } from "../instance/instance.js";
import type { GridData } from "../instance-data.js";
import { Rational } from "../number/rational.js";
import { Example, example } from "./example.js";
import type { Family } from "./family.js";

/** Instances drawn from seeds, whose types are listed; a smaller one lacks a type. */
export function examples(
  about: string,
  draw: (random: RandomSource, seed: number) => Example,
): Family<Example> {
  return {
    about,
    member: (seed) => draw(new RandomSource(seed), seed),
    smaller: withoutOneType,
    shown: ({ data }) => [JSON.stringify(data)],
  };
}

type Listed = Extract<GridData, { values: unknown }>;

function* withoutOneType({ data }: Example): Iterable<Example> {
  if (!("model" in data)) return;
  const { grid, grids, ...others } = data.parameters as { grid?: Listed; grids?: readonly Listed[] };
  const size = (grid ?? grids?.[0])?.values.length ?? 0;
  for (let type = 0; size > 1 && type < size; type++) {
    const lacking = ({ values, weights }: Listed): Listed => ({
      values: values.toSpliced(type, 1),
      ...(weights && { weights: weights.toSpliced(type, 1) }),
    });
    const parameters = { ...others, ...(grid ? { grid: lacking(grid) } : { grids: grids?.map(lacking) }) };
    yield new Example({ ...data, parameters } as InstanceData);
  }
}

/** Increasing types, of which some are near to each other and some are far apart; the lowest is 0 now and then. */
export function randomTypes(random: RandomSource, size: number): string[] {
  let value = random.onceIn(3) ? Rational.ZERO : random.money(0, 3);
  return Array.from({ length: size }, (_, k) => {
    if (k > 0) value = value.add(Rational.of(random.integer(1, 9), random.pick([1, 2, 4])));
    return `${value}`;
  });
}

/** Weights of very different sizes put types of much probability beside types of little. */
export function randomTypeWeights(random: RandomSource, size: number): number[] {
  return Array.from({ length: size }, () => (random.onceIn(3) ? 1 : random.integer(1, 60)));
}

const GOOD = "private goods for two or three bidders, worth theta^gamma/gamma, with one to five types";

/** A private good whose bidders' types are identically distributed. */
export const symmetricGoods = examples(`${GOOD} of one distribution`, (random) => {
  const agents = random.integer(2, 3);
  const size = random.integer(1, agents === 2 ? 5 : 4);
  const grid = { values: randomTypes(random, size), weights: randomTypeWeights(random, size) };
  return example("private-good-production", { agents, grid, gamma: random.integer(1, 3) });
});

/** The same types, of a distribution for each bidder. */
export const asymmetricGoods = examples(`${GOOD} of a distribution for each`, (random) => {
  const agents = random.integer(2, 3);
  const size = random.integer(1, agents === 2 ? 5 : 4);
  const values = randomTypes(random, size);
  const grids = Array.from({ length: agents }, () => ({ values, weights: randomTypeWeights(random, size) }));
  return example("private-good-production", { grids, gamma: random.integer(1, 3) });
});

/** A public good in several sizes, of which a unit is worth its type to each of two; larger sizes cost more. */
export const publicGoods = examples(
  "public goods in one to four sizes, at costs that rise, for two agents with one to five types of one distribution",
  (random) => {
    const size = random.integer(1, 5);
    let [slope, cost] = [Rational.ZERO, Rational.ZERO];
    const projects = Array.from({ length: random.integer(1, 4) }, (_, k) => {
      slope = slope.add(random.money(k === 0 ? 0 : 1, 4));
      if (k > 0) cost = cost.add(random.money(0, 12));
      return { name: `size ${k}`, slope: `${slope}`, cost: `${cost}` };
    });
    const grid = { values: randomTypes(random, size), weights: randomTypeWeights(random, size) };
    return example("public-projects", { agents: 2, grid, projects });
  },
);

/** One unit in equal parts, of which x is worth theta phi(x) to the type theta: the shares of two agents. */
export function division(grid: GridData, worth: readonly Rational[], kept?: readonly Rational[]): Example {
  const parts = worth.length - 1;
  const projects = worth.map((_, k) => ({
    name: `${Rational.of(k, parts)}, ${Rational.of(parts - k, parts)}`,
    slope: [worth[k], worth[parts - k]].map((own, i) => `${kept ? own.subtract(kept[i]) : own}`),
  }));
  return example("public-projects", { agents: 2, grid, projects });
}

/** phi at equal steps, from 0: rising, and concave. */
export function randomWorth(random: RandomSource, parts: number): Rational[] {
  const rises = Array.from({ length: parts }, () => Rational.of(random.integer(1, 8)));
  rises.sort((a, b) => b.compare(a));
  let worth = Rational.ZERO;
  return [worth, ...rises.map((rise) => (worth = worth.add(rise)))];
}

export const divisions = examples(
  "units of a good in one to four parts, worth theta phi(x) with phi rising and concave, for two agents with one to five types of one distribution",
  (random) => {
    const size = random.integer(1, 5);
    const grid = { values: randomTypes(random, size), weights: randomTypeWeights(random, size) };
    return division(grid, randomWorth(random, random.integer(1, 4)));
  },
);
