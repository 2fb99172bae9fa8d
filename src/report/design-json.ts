import { profileRow } from "../mechanism/mechanism-file.js";
import type { Rational } from "../number/rational.js";
import type { ProvedAnswer } from "../proved-answer.js";
import { questionJson } from "../question/question-file.js";
import { efficientGains } from "./efficient-gains.js";

/** A number as a machine reads it: the exact fraction where it is known, and a double beside it. */
export interface NumberJson {
  readonly exact: string | null;
  readonly value: number | null;
  /** Where the exact number is not known: a rational interval that contains it. */
  readonly interval?: readonly [lower: string | null, upper: string | null];
}

/** The JSON object that `solve --json` prints. */
export function designJson(design: ProvedAnswer, name: string, withMechanism: boolean): object {
  const { problem, findings, mechanism, solver, timing, size } = design;
  const { question, environment } = problem;
  const { objective } = question;
  const worst = worstFinding(findings);
  return {
    instance: name,
    question: questionJson(question),
    verdict: design.verdict,
    infeasible: design.infeasible,
    minimalSubsidy: objective === "min-subsidy" ? optimumJson(design) : null,
    minimalWorstSubsidy: objective === "min-worst-subsidy" ? optimumJson(design) : null,
    maximalSurplus:
      objective === "max-surplus" ? (design.unbounded ? "unbounded" : optimumJson(design)) : null,
    maximalGains: objective === "max-gains" ? optimumJson(design) : null,
    expectedGains: exactJson(efficientGains(design)),
    formulation: { name: design.formulation, ...size },
    solver: solver
      ? {
          name: solver.name,
          version: solver.version,
          termination: solver.termination,
          secondOpinion: solver.secondOpinion ?? false,
        }
      : null,
    audit: mechanism
      ? {
          maxViolation: worst?.violation.toNumber() ?? 0,
          exact: `${worst?.violation ?? 0}`,
          worst: worst?.worst ?? null,
        }
      : null,
    requirements: findings.map(
      ({ requirement, holds, requirements, binding, violation, worst: tightest }) => ({
        requirement,
        holds,
        number: requirements,
        binding,
        violation: `${violation}`,
        tightest: tightest ?? null,
      }),
    ),
    ...(design.shortfall ? { shortfall: design.shortfall } : {}),
    timing: {
      formulateMs: timing.formulateMs,
      solveMs: timing.solveMs,
      exactMs: timing.exactMs,
      auditMs: design.auditMs,
    },
    ...(withMechanism && mechanism
      ? {
          mechanism: {
            profiles: Array.from({ length: environment.profiles.count }, (_, s) =>
              profileRow(environment, mechanism, s),
            ),
          },
        }
      : {}),
  };
}

type Finding = ProvedAnswer["findings"][number];

/** The most violated requirement; where none is violated, the first that asks something of agents or money. */
function worstFinding(findings: readonly Finding[]): Finding | undefined {
  const formal = findings.filter(({ requirement }) => FORMAL.has(requirement));
  return [...findings.filter((finding) => !formal.includes(finding)), ...formal].reduce<Finding | undefined>(
    (most, finding) => (!most || finding.violation.compare(most.violation) > 0 ? finding : most),
    undefined,
  );
}

const FORMAL: ReadonlySet<string> = new Set(["allowed outcomes", "lotteries"]);

function optimumJson({ optimum, lower, upper, infeasible }: ProvedAnswer): NumberJson | null {
  if (infeasible) return null;
  if (optimum) return exactJson(optimum);
  return {
    exact: null,
    value: (upper ?? lower)?.toNumber() ?? null,
    interval: [lower?.toString() ?? null, upper?.toString() ?? null],
  };
}

function exactJson(value: Rational): NumberJson {
  return { exact: value.toString(), value: value.toNumber() };
}
