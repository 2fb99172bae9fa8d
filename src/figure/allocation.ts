import type { Figure } from "./figure.js";
import { legend, legendHeight } from "./legend.js";
import { colour } from "./palette.js";
import { rectangles, squareCells, squareOptions } from "./square.js";
import { shortened, type TypeAxis, thinned } from "./type-axis.js";

/** What is chosen at a profile: outcomes with their probabilities, as doubles and as they are written. */
export type ShownLottery = readonly {
  readonly outcome: number;
  readonly probability: number;
  readonly text: string;
}[];

export interface AllocationData {
  readonly across: TypeAxis;
  readonly up: TypeAxis;
  readonly outcomes: readonly string[];
  readonly lottery: (across: number, up: number) => ShownLottery;
  /** What else is to be known of what is seen. */
  readonly note?: string;
}

/** More outcomes than this have no colour of their own. */
const MOST_COLOURED = 6;

/** Which outcome is chosen at each pair of types: a colour for each outcome, paler the less likely it is. */
export function allocationFigure({
  across,
  up,
  outcomes,
  lottery,
  note,
}: AllocationData): Figure | undefined {
  const cells = squareCells(across, up, lottery);
  const chosen = [...new Set(cells.flatMap(({ entry }) => entry.map(({ outcome }) => outcome)))].sort(
    (a, b) => a - b,
  );
  if (chosen.length > MOST_COLOURED) return undefined;
  const lotteries = cells.some(({ entry }) => entry.length > 1);
  const labels = chosen.map((x) => shortened(outcomes[x]));
  return {
    name: "allocation",
    title: "Which outcome is chosen",
    caption: [
      `By the types of ${shortened(across.name)} (to the right) and ${shortened(up.name)} (upwards).`,
      ...(lotteries
        ? ["Where a lottery decides, the likeliest outcome is shown, the paler the less likely it is."]
        : []),
      ...[note, thinned([across, up])].filter((text) => text !== undefined),
    ].join(" "),
    specify: (plot) => ({
      ...squareOptions(across, up),
      marginTop: legendHeight(labels.length),
      height: 400 + legendHeight(labels.length),
      marks: [
        rectangles(plot, cells, {
          fill: (cell) => colour(chosen.indexOf(likeliestOf(cell.entry).outcome)),
          fillOpacity: (cell) => likeliestOf(cell.entry).probability,
          title: ({ across: a, up: b, entry }) =>
            [
              `${across.name} ${a.label}, ${up.name} ${b.label}`,
              ...entry.map(({ outcome, text }) => `${outcomes[outcome]}: ${text}`),
            ].join("\n"),
        }),
        ...legend(
          plot,
          labels.map((label, k) => ({ sign: "■", colour: colour(k), label })),
        ),
      ],
    }),
  };
}

function likeliestOf(entry: ShownLottery): ShownLottery[number] {
  return entry.reduce((best, one) => (one.probability > best.probability ? one : best));
}
