import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { mergedNodes } from "../../number/piecewise-polynomial.js";
import { Rational } from "../../number/rational.js";
import type { WeightedTypes } from "./certificate.js";

/** Nodes of every agent's types, and how many fine cells each cell has. */
export interface Mesh {
  readonly nodes: readonly (readonly Rational[])[];
  readonly fine: number;
}

/** How many products of cells programs for three agents and more bear, and how many products of fine cells a judge sums in some seconds. */
const MOST_PRODUCTS = 10_000;
const MOST_FINE_PRODUCTS = 80_000;

/** The cells a side that a question is begun with. */
export function firstCells(agents: number): number {
  return agents === 2 ? 20 : Math.min(8, mostCells(agents));
}

/** The most cells a side that refinement goes to. */
export function mostCells(agents: number): number {
  return agents === 2 ? 160 : Math.max(2, Math.floor(MOST_PRODUCTS ** (1 / agents)));
}

/** The cells a side up to which a mechanism without money is looked for. */
export function settlingCells(agents: number): number {
  return agents === 2 ? 40 : Math.min(12, mostCells(agents));
}

/** Equal cells, with further nodes. */
export function meshOf(
  { agents }: ContinuousEnvironment,
  cells: number,
  further: readonly (readonly Rational[])[] = [],
): Mesh {
  const nodes = agents.map(({ density: { from, to } }, i) => {
    const step = to.subtract(from).divide(Rational.of(cells));
    const equal = Array.from({ length: cells + 1 }, (_, k) => from.add(step.multiply(Rational.of(k))));
    return mergedNodes([equal, further[i] ?? []]);
  });
  const products = nodes.reduce((product, of) => product * (of.length - 1), 1);
  const fine = [4, 3, 2].find((fine) => products * fine ** agents.length <= MOST_FINE_PRODUCTS);
  return { nodes, fine: fine ?? (agents.length === 2 ? 2 : 1) };
}

/**
 * Where weights jump from a cell to the next: these nodes and the middles of the cells beside them, so that the places of jumps
 * are known twice as well with every mesh.
 */
export function nodesAtJumps(
  nodes: readonly (readonly Rational[])[],
  weights: readonly WeightedTypes[],
): Rational[][] {
  return weights.map(({ density }, i) => {
    const largest = density.reduce(Rational.maximum, Rational.ZERO).toNumber();
    const jumps = density
      .slice(1)
      .map((of, a) => ({ node: a + 1, size: Math.abs(of.subtract(density[a]).toNumber()) }))
      .filter(({ size }) => size > largest / 20)
      .sort((a, b) => b.size - a.size)
      .slice(0, MOST_JUMPS);
    const middle = (k: number) => nodes[i][k].add(nodes[i][k + 1]).divide(Rational.of(2));
    return mergedNodes(jumps.map(({ node }) => [middle(node - 1), nodes[i][node], middle(node)]));
  });
}

const MOST_JUMPS = 6;
