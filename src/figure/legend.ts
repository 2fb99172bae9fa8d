import type * as Plot from "@observablehq/plot";
import type { Grammar } from "./figure.js";
import { shortened } from "./type-axis.js";

export interface LegendEntry {
  /** What stands for it in the picture: `■`. */
  readonly sign: string;
  readonly colour: string;
  readonly label: string;
}

const LINE = 16;

/** Room above the frame for a legend of so many lines. */
export function legendHeight(lines: number): number {
  return 16 + LINE * lines;
}

/** What the colours stand for, a line each, above the frame. */
export function legend(plot: Grammar, entries: readonly LegendEntry[]): Plot.Markish[] {
  return entries.flatMap(({ sign, colour, label }, k) => {
    const place = {
      frameAnchor: "top-left" as const,
      textAnchor: "start" as const,
      lineAnchor: "middle" as const,
      dy: -12 - LINE * (entries.length - 1 - k),
      clip: false,
    };
    return [
      plot.text([sign], { ...place, fill: colour, fontWeight: "bold" }),
      plot.text([shortened(label, 44)], { ...place, dx: 30 }),
    ];
  });
}
