import type * as Plot from "@observablehq/plot";
import type { Grammar } from "./figure.js";
import { axisOptions, type TypeAxis, type TypeCell } from "./type-axis.js";

/** A cell of the square of two agents' types. */
export interface SquareCell<Entry> {
  readonly across: TypeCell;
  readonly up: TypeCell;
  readonly entry: Entry;
}

/** Every pair of types that has a cell, with what is said of it. */
export function squareCells<Entry>(
  across: TypeAxis,
  up: TypeAxis,
  entry: (across: number, up: number) => Entry,
): SquareCell<Entry>[] {
  return across.cells.flatMap((a) =>
    up.cells.map((b) => ({ across: a, up: b, entry: entry(a.type, b.type) })),
  );
}

/** Where the rectangle of a cell lies. */
export const cellBounds = {
  x1: (cell: SquareCell<unknown>) => cell.across.from,
  x2: (cell: SquareCell<unknown>) => cell.across.to,
  y1: (cell: SquareCell<unknown>) => cell.up.from,
  y2: (cell: SquareCell<unknown>) => cell.up.to,
  inset: 0,
};

/** What all pictures over the square of types share. */
export function squareOptions(across: TypeAxis, up: TypeAxis): Plot.PlotOptions {
  return {
    width: 420,
    height: 420,
    marginLeft: 56,
    marginBottom: 44,
    x: axisOptions(across),
    y: axisOptions(up),
  };
}

/** A rectangle for each cell. */
export function rectangles<Entry>(
  plot: Grammar,
  cells: readonly SquareCell<Entry>[],
  options: {
    readonly fill: (cell: SquareCell<Entry>) => string | number;
    readonly fillOpacity?: (cell: SquareCell<Entry>) => number;
    readonly title: (cell: SquareCell<Entry>) => string;
  },
): Plot.Markish {
  return plot.rect(cells, { ...cellBounds, shapeRendering: "crispEdges", ...options });
}
