import type { Comparison } from "../comparison/compare.js";
import type { ConvergenceReport } from "../comparison/convergence.js";
import { type Curve, curvesFigure } from "../figure/curves.js";
import type { Figure } from "../figure/figure.js";
import { typeAxis } from "../figure/type-axis.js";
import { interimUtilities } from "../mechanism/interim.js";
import { plural } from "../number/count-text.js";
import type { Rational } from "../number/rational.js";
import { numberText } from "./number-text.js";

/** More agents than this have no pictures. */
const MOST_AGENTS = 4;
/** More curves than this have no colour of their own. */
const MOST_CURVES = 6;

/** What each type expects under the optimum and under each construction; those that agree are one curve. */
export function comparisonFigures({ problem, mechanisms }: Comparison): Figure[] {
  const { agents } = problem.environment;
  return agents.slice(0, MOST_AGENTS).flatMap(({ name, types }, i) => {
    const curves = new Map<string, { names: string[]; values: readonly Rational[] }>();
    for (const { name: own, mechanism } of mechanisms) {
      const values = interimUtilities(problem.environment, mechanism, i);
      const key = values.join();
      const same = curves.get(key);
      if (same) same.names.push(own);
      else curves.set(key, { names: [own], values });
    }
    const shown = [...curves.values()].slice(0, MOST_CURVES).map(
      ({ names, values }): Curve => ({
        label: names.join(", "),
        at: (type) => ({ value: values[type].toNumber(), text: numberText(values[type]) }),
      }),
    );
    if (shown.length === 0) return [];
    const left = curves.size - shown.length;
    return [
      curvesFigure({
        name: `utilities-${i + 1}`,
        title: `What ${name} expects under each mechanism`,
        caption: `The expected utility of each type. Mechanisms that agree at every type share a curve.${left > 0 ? ` Left out for want of colours: ${plural(left, "curve")}.` : ""}`,
        axis: typeAxis(name, types),
        curves: shown,
      }),
    ];
  });
}

/** The least outside money, or whatever is asked for, against the size of the grid. */
export function convergenceFigures({ points, comparisons }: ConvergenceReport): Figure[] {
  const optima = comparisons.map(({ design }) => design.optimum);
  if (optima.some((optimum) => optimum === undefined)) return [];
  return [
    curvesFigure({
      name: "optimum-by-grid",
      title: "The optimum against the size of the grid",
      caption: "The exact optimum on each of the grids; lines between them only guide the eye.",
      axis: typeAxis("points", points.map(String)),
      curves: [
        {
          label: "optimum",
          at: (place) => ({ value: optima[place]!.toNumber(), text: numberText(optima[place]!) }),
        },
      ],
    }),
  ];
}
