import { type Curve, curvesFigure } from "../figure/curves.js";
import type { Figure } from "../figure/figure.js";
import { typeAxis } from "../figure/type-axis.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import { decimalText, percentText } from "../report/number-text.js";
import type { Plan } from "./plan.js";
import { type Group, labelText, type Summary, type SummaryRow } from "./summary.js";

/** More curves than this have no colour of their own. */
const MOST_CURVES = 6;

/** How a picture is drawn of a group: one number of it. */
interface Quantity {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  /** Undefined where the group has none. */
  readonly of: (group: Group) => { readonly value: number; readonly text: string } | undefined;
}

const share: Quantity = {
  name: "share",
  title: "How often it is possible",
  caption: "The percentage of the draws for which there is such a mechanism, of those that were answered.",
  of: ({ tally: { counts, answered } }) => {
    if (answered === 0) return undefined;
    const text = percentText(Rational.of(counts.possible), Rational.of(answered));
    return { value: (100 * counts.possible) / answered, text: `${text} (${counts.possible} of ${answered})` };
  },
};

const meanOptimum: Quantity = {
  name: "mean-optimum",
  title: "The optimum on average",
  caption: "The mean of the optima of the draws, of those that have one.",
  of: ({ optimum: { mean } }) =>
    mean === undefined ? undefined : { value: mean, text: `≈${Number(mean.toPrecision(4))}` },
};

const optimum: Quantity = {
  name: "optimum",
  title: "The optimum",
  caption:
    "The exact optimum at each point, or the middle of the bracket that is proved of it; lines between points only guide the eye.",
  of: ({ optimum: { least }, result }) => {
    if (least) return { value: least.toNumber(), text: String(least) };
    const { lower, upper } = (result && "bounds" in result && result.bounds) || {};
    if (!lower || !upper) return undefined;
    const [from, to] = [lower, upper].map(({ exact }) => toRational(exact));
    const text = `from ${decimalText(from)} to ${decimalText(to)}`;
    return { value: from.add(to).toNumber() / 2, text };
  },
};

/** For each question what was found against the variable with the most values: a curve for each combination of the others. */
export function sweepFigures(summary: Summary): Figure[] {
  const { plan } = summary;
  const { axes, questions, draws } = plan;
  const across = widestAxis(plan);
  if (across < 0) return [];
  const rows = summary.rows();
  return questions.flatMap((question, k) => {
    const own = rows.filter((row) => row.question === question);
    const quantities = draws > 1 ? [share, meanOptimum] : [optimum];
    return quantities.flatMap((quantity) => {
      const curves = curvesOf(own, quantity, across, plan);
      if (curves.length === 0) return [];
      const left = curves.length - MOST_CURVES;
      const labels = axes[across].values.map(({ label }) => labelText(label));
      return [
        curvesFigure({
          name: questions.length > 1 ? `${quantity.name}-${k + 1}` : quantity.name,
          title: question === "" ? quantity.title : `${quantity.title}: ${question}`,
          caption: [
            quantity.caption,
            ...(left > 0 ? [`Left out for want of colours: ${left} of ${curves.length} curves.`] : []),
          ].join(" "),
          axis: typeAxis(axes[across].name, labels, labels.length),
          curves: curves.slice(0, MOST_CURVES),
        }),
      ];
    });
  });
}

/** The number of the variable with the most values, of which there are several; -1 where none has. */
function widestAxis({ axes }: Plan): number {
  const most = Math.max(1, ...axes.map(({ values }) => values.length));
  return most > 1 ? axes.findIndex(({ values }) => values.length === most) : -1;
}

function curvesOf(rows: readonly SummaryRow[], quantity: Quantity, across: number, { axes }: Plan): Curve[] {
  const curves = new Map<string, Map<string, { value: number; text: string }>>();
  for (const { values, group } of rows) {
    const found = quantity.of(group);
    if (!found) continue;
    const others = axes.flatMap(({ name, values: all }, k) =>
      k === across || all.length < 2 ? [] : [`${name} ${values[k]}`],
    );
    const label = others.join(", ");
    const curve = curves.get(label) ?? new Map();
    curves.set(label, curve.set(values[across], found));
  }
  const places = axes[across].values.map(({ label }) => labelText(label));
  return [...curves].map(([label, points]) => ({
    label: label === "" ? quantity.title : label,
    at: (place) => points.get(places[place]) ?? { value: Number.NaN, text: "none" },
  }));
}
