import { FloatProgramBuilder } from "../../lp/float-program-builder.js";
import type { SolverOptions } from "../../solver/solver.js";
import { canonicalPlace } from "./alike-agents.js";
import type { EnclosedEnvironment } from "./judge/enclosed-environment.js";
import { type AxisMap, forEachPlace, inDoubles, mappedAll } from "./judge/product-table.js";
import type { InterimBounds } from "./judge/upper-bound.js";
import { proposal } from "./proposal.js";

/** Columns of shares, and rows of what a type of an agent gets from them. */
export interface SharesProgram {
  readonly program: FloatProgramBuilder;
  readonly money: number;
  /** For each agent: the column of its share at each product of nodes, in the order of tables. */
  readonly share: readonly (readonly number[])[];
  /**
   * For an agent, fine cell `k` and Bernstein coefficient 0, 1 or 2: `E[share_i G+ | t_i]` as entries of a row, in units of
   * `money`.
   */
  readonly got: (agent: number, k: number, coefficient: 0 | 1 | 2) => (readonly [number, number])[];
}

/** Shares between 0 and 1 at every product of nodes that sum to 1, or to at most 1 where money may be left. */
export function sharesProgram(
  enclosed: EnclosedEnvironment,
  bounds: InterimBounds,
  groups: readonly number[],
  mayLeaveMoney: boolean,
): SharesProgram {
  const { agents } = enclosed;
  const shape = agents.map(({ nodes }) => nodes.length);
  const program = new FloatProgramBuilder();
  const columns = new Map<string, number>();
  const sums = new Set<string>();
  const share: number[][] = agents.map(() => []);
  forEachPlace(shape, (place) => {
    agents.forEach((_, i) => {
      const key = canonicalPlace(place, groups, i);
      let column = columns.get(key);
      if (column === undefined) {
        column = program.addColumn(0, 0, 1);
        columns.set(key, column);
      }
      share[i].push(column);
    });
    const key = canonicalPlace(place, groups);
    if (sums.has(key)) return;
    sums.add(key);
    program.addRow(
      share.map((of) => [of[of.length - 1], 1] as const),
      mayLeaveMoney ? -Infinity : 1,
      1,
    );
  });
  const transposed = agents.map(({ interpolated, nodes }) => transpose(interpolated, nodes.length));
  const money = Math.max(...bounds.interimBelow.flat().map((w) => Math.abs(w.toNumber())), 0) || 1;
  const gains = groups.map((group, i) => {
    if (group !== i) return undefined;
    const table = mappedAll(
      bounds.weighedGains[i],
      transposed.map((map, j) => (j === i ? undefined : map)),
    );
    return { shape: table.shape, values: inDoubles(table).map((value) => value / money) };
  });
  return {
    program,
    money,
    share,
    got(agent, k, coefficient) {
      const table = gains[groups[agent]]!;
      const stride = shape.slice(agent + 1).reduce((product, size) => product * size, 1);
      const others = shape.reduce((product, size, j) => (j === agent ? product : product * size), 1);
      const rows = agents[agent].interpolated.rows;
      const denominator = agents[agent].fine;
      const entries: (readonly [number, number])[] = [];
      const fineSize = table.shape[agent];
      const add = (at: number, gainsAt: number, factor: number) => {
        for (const [node, weight] of rows[at]) {
          for (let o = 0; o < others; o++) {
            const [outer, inner] = [Math.floor(o / stride), o % stride];
            const value = table.values[(outer * fineSize + gainsAt) * stride + inner];
            const column = share[agent][(outer * shape[agent] + node) * stride + inner];
            entries.push([column, (value * factor * Number(weight)) / denominator]);
          }
        }
      };
      if (coefficient === 1) {
        add(k, k + 1, 1 / 2);
        add(k + 1, k, 1 / 2);
      } else add(k + coefficient / 2, k + coefficient / 2, 1);
      return entries;
    },
  };
}

/**
 * Shares that prove a small upper bound: the program UP of docs/theory.md, in floats; for each agent at each product of nodes.
 * Undefined where the solver has no answer.
 */
export async function proposedShares(
  enclosed: EnclosedEnvironment,
  bounds: InterimBounds,
  groups: readonly number[],
  mayLeaveMoney: boolean,
  options: SolverOptions,
): Promise<number[][] | undefined> {
  const { program, money, share, got } = sharesProgram(enclosed, bounds, groups, mayLeaveMoney);
  const { agents } = enclosed;
  groups.forEach((group, i) => {
    if (group !== i) return;
    const members = groups.filter((of) => of === group).length;
    const promise = program.addColumn(members, -Infinity, Infinity);
    const interim = bounds.interimBelow[i].map((w) => w.toNumber() / money);
    const count = agents[i].fineNodes.length - 1;
    for (let k = 0; k < count; k++) {
      const [left, right] = [interim[2 * k], interim[2 * k + 1]];
      const before = k > 0 ? interim[2 * k - 1] : Infinity;
      program.addRow([...got(i, k, 0), [promise, -1]], -Infinity, Math.min(left, before));
      program.addRow([...got(i, k, 1), [promise, -1]], -Infinity, (left + right) / 2);
      if (k === count - 1) program.addRow([...got(i, k, 2), [promise, -1]], -Infinity, right);
    }
  });
  if (mayLeaveMoney) {
    // What is left over costs: its expectation is that of all gains, less what is shared.
    const weighed = mappedAll(
      bounds.gains,
      agents.map(({ productWithNodes, interpolated, nodes }) =>
        composed(transpose(interpolated, nodes.length), productWithNodes),
      ),
    );
    inDoubles(weighed).forEach((worth, v) => {
      for (const of of share) program.addCost(of[v], -worth / money);
    });
  }
  const primal = await proposal(program, options);
  if (!primal) return undefined;
  return share.map((columns) => columns.map((column) => primal[column]));
}

function transpose({ rows, denominator }: AxisMap, columns: number): AxisMap {
  const image: [number, bigint][][] = Array.from({ length: columns }, () => []);
  rows.forEach((row, r) => {
    for (const [column, weight] of row) image[column].push([r, weight]);
  });
  return { rows: image, denominator };
}

/** First `inner`, then `outer`. */
function composed(outer: AxisMap, inner: AxisMap): AxisMap {
  return {
    denominator: outer.denominator * inner.denominator,
    rows: outer.rows.map((row) => {
      const sums = new Map<number, bigint>();
      for (const [index, weight] of row)
        for (const [column, factor] of inner.rows[index])
          sums.set(column, (sums.get(column) ?? 0n) + weight * factor);
      return [...sums];
    }),
  };
}
