import type { ComparedMechanism, Comparison } from "../comparison/compare.js";
import type { ConvergenceReport } from "../comparison/convergence.js";
import { questionJson } from "../question/question-file.js";
import { propertyReportJson } from "./property-json.js";

/** The comparison for a machine: every figure as an exact fraction, with the worst offender in labels. */
export function compareJson(
  { problem, design, ties, mechanisms, notApplying }: Comparison,
  name: string,
  convergence?: ConvergenceReport,
): object {
  return {
    instance: name,
    question: questionJson(problem.question),
    verdict: design.verdict,
    optimum: design.optimum ? `${design.optimum}` : null,
    bounds: [design.lower ? `${design.lower}` : null, design.upper ? `${design.upper}` : null],
    ties: ties ?? null,
    mechanisms: mechanisms.map(mechanismJson),
    notApplying,
    ...(convergence && { convergence: convergenceJson(convergence) }),
  };
}

function mechanismJson(compared: ComparedMechanism): object {
  const { name, construction, version, report, qualifies, subsidyNeeded, distance } = compared;
  return {
    name,
    construction: construction ? { name: construction.name, source: construction.source, version } : null,
    qualifies: qualifies ?? null,
    subsidyNeeded: subsidyNeeded ? `${subsidyNeeded}` : null,
    ...propertyReportJson(report),
    interimDistance: distance ? { distance: `${distance.distance}`, at: distance.at ?? null } : null,
  };
}

function convergenceJson({ points, figures }: ConvergenceReport): object {
  return {
    points,
    figures: figures.map(({ mechanism, figure, values, worst, orders }) => ({
      mechanism,
      figure,
      grids: points.map((count, k) => ({
        points: count,
        value: values[k] ? `${values[k]}` : null,
        worst: worst[k] ?? null,
      })),
      orders: orders.map((order) => order ?? null),
    })),
  };
}
