import type { Figure } from "./figure.js";
import { legend, legendHeight } from "./legend.js";
import { colour } from "./palette.js";
import { axisOptions, type TypeAxis, thinned } from "./type-axis.js";

/** A number for each type. */
export interface Curve {
  readonly label: string;
  /** By the number of the type. */
  readonly at: (type: number) => { readonly value: number; readonly text: string };
}

export interface CurvesData {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly axis: TypeAxis;
  readonly curves: readonly Curve[];
  /** Where the vertical axis ends, if not where the numbers do. */
  readonly range?: readonly [number, number];
}

/** How lines are drawn, and the signs that stand for them. */
const strokes = [
  { dashes: "", sign: "━━" },
  { dashes: "6 4", sign: "╍╍" },
  { dashes: "2 3", sign: "┅┅" },
  { dashes: "10 3 2 3", sign: "━╍" },
  { dashes: "1 3", sign: "┉┉" },
  { dashes: "12 5", sign: "━ ━" },
] as const;

/** What a type expects, type by type: a line for each quantity, told apart by colour and by dashes, and named beside it. */
export function curvesFigure({ name, title, caption, axis, curves, range }: CurvesData): Figure {
  const lines = curves.map(({ label, at }) => ({
    label,
    points: axis.cells.map((cell) => ({ cell, ...at(cell.type) })),
  }));
  return {
    name,
    title,
    caption: [caption, ...[thinned([axis])].filter((text) => text !== undefined)].join(" "),
    specify: (plot) => ({
      width: 420,
      height: 260 + legendHeight(lines.length),
      marginLeft: 56,
      marginTop: legendHeight(lines.length),
      marginBottom: 44,
      x: axisOptions(axis),
      y: { grid: true, label: null, nice: true, ...(range ? { domain: [...range] } : {}) },
      marks: [
        plot.ruleY([0], { strokeOpacity: 0.4 }),
        ...lines.flatMap(({ label, points }, k) => [
          plot.line(points, {
            x: ({ cell }) => cell.at,
            y: "value",
            stroke: colour(k),
            strokeWidth: 2,
            strokeDasharray: strokes[k % strokes.length].dashes,
          }),
          plot.dot(points, {
            x: ({ cell }) => cell.at,
            y: "value",
            r: points.length > 32 ? 1.5 : 3,
            fill: colour(k),
            title: ({ cell, text }) => `${axis.name} ${cell.label}\n${label}: ${text}`,
          }),
        ]),
        ...legend(
          plot,
          lines.map(({ label }, k) => ({ label, colour: colour(k), sign: strokes[k % strokes.length].sign })),
        ),
      ],
    }),
  };
}
