import type { ContinuousComparison } from "../comparison/compare-continuum.js";
import type { ContinuousFinding } from "../continuum/construction/finding.js";
import { questionJson } from "../question/question-file.js";
import type { ShownContinuumComparison } from "./compare-continuum-text.js";
import { boundsJson, numberJson, present } from "./number-json.js";

/** The comparison for a machine: every figure exactly. `holds` is absent where a property is neither proved nor refuted. */
export function compareContinuumJson({ name, comparison, best }: ShownContinuumComparison): object {
  const { question, mechanisms, notApplying } = comparison;
  const { ties: _, ...asked } = questionJson(question) as Record<string, unknown>;
  return {
    instance: name,
    continuum: true,
    question: asked,
    ...("reason" in best
      ? { optimumNotKnown: best.reason }
      : {
          verdict: best.verdict,
          ...present({
            optimum: best.optimum && numberJson(best.optimum),
            bounds: best.infeasible ? undefined : boundsJson(best),
          }),
        }),
    mechanisms: mechanisms.map(mechanismJson),
    notApplying,
  };
}

function mechanismJson({
  name,
  construction,
  report,
  qualifies,
  settles,
  ...own
}: ContinuousComparison): object {
  const { expectedDeficit, largestDeficit, constants, findings } = report;
  return {
    name,
    construction: { name: construction.name, source: construction.source },
    ...present({
      chosen: own.chosen,
      rounded: own.rounded,
      qualifies,
      settles,
      expectedDeficit: expectedDeficit && numberJson(expectedDeficit),
      largestDeficit: largestDeficit && {
        atLeast: numberJson(largestDeficit.atLeast),
        ...present({ atMost: largestDeficit.atMost && numberJson(largestDeficit.atMost) }),
      },
      interimConstants: constants?.map(numberJson),
    }),
    properties: Object.fromEntries(
      Object.entries(findings).map(([property, finding]) => [property, findingJson(finding)]),
    ),
  };
}

function findingJson(finding: ContinuousFinding): object {
  if (finding.holds) return { holds: true, by: finding.by };
  const atMost = finding.atMost && numberJson(finding.atMost);
  if (finding.holds === undefined) return present({ reason: finding.reason, atMost });
  const { witness, by } = finding;
  return {
    holds: false,
    ...present({
      by,
      violation: witness && numberJson(witness.violation),
      atMost,
      agent: witness?.agent,
      types: witness?.types.map(({ agent, type }) => ({ agent, type: numberJson(type) })),
      report: witness?.report && numberJson(witness.report),
    }),
  };
}
