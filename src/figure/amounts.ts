import type { Figure } from "./figure.js";
import { diverging } from "./palette.js";
import { rectangles, squareCells, squareOptions } from "./square.js";
import { shortened, type TypeAxis, thinned } from "./type-axis.js";

/** An amount of money as it is drawn and as it is written. */
export interface ShownAmount {
  readonly value: number;
  readonly text: string;
}

export interface AmountsData {
  readonly name: string;
  readonly title: string;
  /** What an amount is, before it: `buyer pays`. */
  readonly label: string;
  /** What it means, in a sentence. */
  readonly meaning: string;
  readonly across: TypeAxis;
  readonly up: TypeAxis;
  readonly amount: (across: number, up: number) => ShownAmount;
}

/** An amount at each pair of types: brown below nothing, green above, the stronger the more. */
export function amountsFigure({ name, title, label, meaning, across, up, amount }: AmountsData): Figure {
  const cells = squareCells(across, up, amount);
  const most = cells.reduce((found, { entry }) => Math.max(found, Math.abs(entry.value)), 0);
  return {
    name,
    title,
    caption: [
      `By the types of ${shortened(across.name)} (to the right) and ${shortened(up.name)} (upwards). ${meaning}`,
      ...extremes(cells.map(({ entry }) => entry)),
      ...[thinned([across, up])].filter((text) => text !== undefined),
    ].join(" "),
    specify: (plot) => ({
      ...squareOptions(across, up),
      color: {
        type: "diverging",
        scheme: diverging,
        pivot: 0,
        domain: [-most || -1, most || 1],
        legend: false,
      },
      marks: [
        rectangles(plot, cells, {
          fill: ({ entry }) => entry.value,
          title: ({ across: a, up: b, entry }) =>
            `${across.name} ${a.label}, ${up.name} ${b.label}\n${label}: ${entry.text}`,
        }),
      ],
    }),
  };
}

/** From what to what the colours go. */
function extremes(amounts: readonly ShownAmount[]): string[] {
  const least = amounts.reduce((found, one) => (one.value < found.value ? one : found));
  const most = amounts.reduce((found, one) => (one.value > found.value ? one : found));
  if (least.value === most.value) return [`It is ${least.text} everywhere.`];
  const look = (value: number) => (value < 0 ? " (brown)" : value > 0 ? " (green)" : " (pale)");
  return [`It goes from ${least.text}${look(least.value)} to ${most.text}${look(most.value)}.`];
}
