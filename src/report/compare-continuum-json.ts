import type { ContinuousComparison, ContinuumComparison } from "../comparison/compare-continuum.js";
import type { ContinuousFinding } from "../continuum/construction/finding.js";
import { questionJson } from "../question/question-file.js";
import { boundsJson, numberJson, present } from "./number-json.js";

/** The comparison for a machine: every figure exactly. `holds` is absent where a property is neither proved nor refuted. */
export function compareContinuumJson(
  { question, optimum, mechanisms, notApplying }: ContinuumComparison,
  name: string,
): object {
  const settled = optimum?.lower && optimum.upper?.equals(optimum.lower) ? optimum.lower : undefined;
  return {
    instance: name,
    continuum: true,
    question: questionJson(question),
    ...present({
      optimum: settled && numberJson(settled),
      bounds: settled ? undefined : boundsJson(optimum ?? {}),
    }),
    mechanisms: mechanisms.map(mechanismJson),
    notApplying,
  };
}

function mechanismJson({ name, construction, report, qualifies, ...own }: ContinuousComparison): object {
  const { expectedDeficit, largestDeficit, constants, findings } = report;
  return {
    name,
    construction: { name: construction.name, source: construction.source },
    ...present({
      chosen: own.chosen,
      rounded: own.rounded,
      qualifies,
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
