import type { Figure } from "./figure.js";
import { legend, legendHeight } from "./legend.js";
import { colour } from "./palette.js";
import { axisOptions, type TypeAxis, thinned } from "./type-axis.js";

/** `from` would report `to`, and how much that weighs. */
export interface ShownArc {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly text: string;
}

export interface IncentivesData {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly axis: TypeAxis;
  readonly arcs: readonly ShownArc[];
  /** Types for whom taking part is just worth it. */
  readonly participation: readonly {
    readonly type: number;
    readonly weight: number;
    readonly text: string;
  }[];
}

/** Who is just kept from reporting what, as arcs above an agent's types, and who is just kept from staying out, as dots below them. */
export function incentivesFigure({
  name,
  title,
  caption,
  axis,
  arcs,
  participation,
}: IncentivesData): Figure {
  const place = new Map(axis.cells.map((cell) => [cell.type, cell]));
  const shown = arcs.filter(({ from, to }) => place.has(from) && place.has(to));
  const kept = participation.filter(({ type }) => place.has(type));
  const heaviest =
    Math.max(...shown.map(({ weight }) => weight), ...kept.map(({ weight }) => weight), 0) || 1;
  const width = (weight: number) => 1 + (4 * weight) / heaviest;
  const label = (type: number) => place.get(type)!.label;
  return {
    name,
    title,
    caption: [caption, ...[thinned([axis])].filter((text) => text !== undefined)].join(" "),
    specify: (plot) => ({
      width: 420,
      height: 150 + legendHeight(3),
      marginLeft: 24,
      marginRight: 24,
      marginTop: legendHeight(3),
      marginBottom: 44,
      x: axisOptions(axis),
      y: { axis: null, domain: [-0.7, 3] },
      marks: [
        plot.ruleY([0], { strokeOpacity: 0.4 }),
        // Both bend upwards.
        ...([60, -60] as const).map((bend) =>
          plot.arrow(
            shown.filter(({ from, to }) => from < to === bend > 0),
            {
              x1: ({ from }) => place.get(from)!.at,
              x2: ({ to }) => place.get(to)!.at,
              y1: 0,
              y2: 0,
              bend,
              stroke: colour(bend > 0 ? 0 : 5),
              strokeWidth: ({ weight }) => width(weight),
              strokeOpacity: 0.8,
              inset: 3,
              title: ({ from, to, text }) =>
                `${axis.name} ${label(from)} against reporting ${label(to)}: ${text}`,
            },
          ),
        ),
        plot.dot(axis.cells, { x: "at", y: () => 0, r: 3, fill: "currentColor" }),
        plot.dot(kept, {
          x: ({ type }) => place.get(type)!.at,
          y: () => -0.3,
          r: ({ weight }) => 2 + width(weight),
          fill: colour(2),
          title: ({ type, text }) => `${axis.name} ${label(type)} against staying out: ${text}`,
        }),
        ...legend(plot, [
          { sign: "➔", colour: colour(5), label: "would report an earlier type" },
          { sign: "➔", colour: colour(0), label: "would report a later type" },
          { sign: "●", colour: colour(2), label: "would stay out" },
        ]),
      ],
      r: { type: "identity" },
    }),
  };
}
