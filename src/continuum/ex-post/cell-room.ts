import type { EnclosedEnvironment } from "./judge/enclosed-environment.js";
import { gainsBelow } from "./judge/missed-by-shares.js";
import { forEachPlace, inDoubles } from "./judge/product-table.js";

/** For each product of cells, at most the gains on it. */
export function leastGains(enclosed: EnclosedEnvironment, cells: readonly number[]): Float64Array {
  const table = gainsBelow(enclosed);
  const values = inDoubles(table);
  const least = new Float64Array(cells.reduce((product, count) => product * count, 1)).fill(Infinity);
  forEachPlace(table.shape, (place, k) => {
    const cell = place.reduce(
      (at, end, i) => at * cells[i] + Math.floor(end / 2 / enclosed.agents[i].fine),
      0,
    );
    least[cell] = Math.min(least[cell], values[k]);
  });
  return least;
}

/** What may be moved between two agents at their cells, whatever the others' types are. */
export function roomOf(
  [i, j]: readonly [number, number],
  cells: readonly number[],
  gains: Float64Array,
  even: Float64Array,
): number[][] {
  const room = Array.from({ length: cells[i] }, () => new Array<number>(cells[j]).fill(Infinity));
  const corners = 2 ** cells.length;
  forEachPlace(cells, (place, c) => {
    let share = Infinity;
    for (let corner = 0; corner < corners; corner++) {
      share = Math.min(
        share,
        even[place.reduce((at, a, k) => at * (cells[k] + 1) + a + ((corner >> k) & 1), 0)],
      );
    }
    const here = share * Math.max(0, gains[c]);
    room[place[i]][place[j]] = Math.min(room[place[i]][place[j]], here);
  });
  return room;
}

/** For each product of nodes, what the cells around it have together. */
export function aroundNodes(
  shape: readonly number[],
  ofCell: (cell: number) => number,
  nothing: number,
  together: (a: number, b: number) => number,
): Float64Array {
  const around = new Float64Array(shape.reduce((product, size) => product * size, 1)).fill(nothing);
  const cells = shape.map((size) => size - 1);
  const corners = 2 ** shape.length;
  forEachPlace(cells, (place, c) => {
    for (let corner = 0; corner < corners; corner++) {
      const v = place.reduce((at, a, k) => at * shape[k] + a + ((corner >> k) & 1), 0);
      around[v] = together(around[v], ofCell(c));
    }
  });
  return around;
}
