import type { ComparedMechanism, Comparison } from "../comparison/compare.js";
import type { ConvergenceReport } from "../comparison/convergence.js";
import { questionJson } from "../question/question-file.js";
import { boundsJson, numberJson, present } from "./number-json.js";
import { propertyReportJson } from "./property-json.js";

/** The comparison for a machine: every figure exactly, with the worst offender in labels. */
export function compareJson(
  { problem, design, ties, mechanisms, notApplying }: Comparison,
  name: string,
  convergence?: ConvergenceReport,
): object {
  return {
    instance: name,
    question: questionJson(problem.question),
    verdict: design.verdict,
    ...present({
      optimum: design.optimum && numberJson(design.optimum),
      bounds: design.infeasible ? undefined : boundsJson(design),
      ties,
    }),
    mechanisms: mechanisms.map(mechanismJson),
    notApplying,
    ...present({ convergence: convergence && convergenceJson(convergence) }),
  };
}

function mechanismJson(compared: ComparedMechanism): object {
  const { name, construction, version, report, qualifies, subsidyNeeded, distance } = compared;
  return {
    name,
    ...present({
      construction: construction && { name: construction.name, source: construction.source, version },
      qualifies,
      subsidyNeeded: subsidyNeeded && numberJson(subsidyNeeded),
    }),
    ...propertyReportJson(report),
    ...present({
      interimDistance: distance && {
        distance: numberJson(distance.distance),
        ...present({ at: distance.at }),
      },
    }),
  };
}

function convergenceJson({ points, figures }: ConvergenceReport): object {
  return {
    points,
    figures: figures.map(({ mechanism, figure, values, worst, orders }) => ({
      mechanism,
      figure,
      grids: points.map((count, k) => {
        const value = values[k];
        return { points: count, ...present({ value: value && numberJson(value), worst: worst[k] }) };
      }),
      // Between neighbouring grids, where both tell.
      orders: orders.flatMap((order, k) =>
        order === undefined ? [] : [{ from: points[k], to: points[k + 1], order }],
      ),
    })),
  };
}
