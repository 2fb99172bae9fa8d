import * as z from "zod";
import { Rational } from "../number/rational.js";
import type { ProvedAnswer } from "../proved-answer.js";
import { questionJson } from "../question/question-file.js";
import { efficientGains } from "./efficient-gains.js";
import { mechanismJson, mechanismJsonSchemas } from "./mechanism-json.js";
import { mechanismView } from "./mechanism-view.js";
import { boundsJson, boundsJsonSchema, numberJson, numberJsonSchema, present } from "./number-json.js";
import { requirementJsonSchema, requirementsJson } from "./requirements-json.js";
import { proofText } from "./verdict-text.js";

/** What `solve --json` prints, but for the mechanism itself, which is what a mechanism file has. */
export const designJsonSchema = z.strictObject({
  instance: z.string().describe("The instance's name."),
  question: z.record(z.string(), z.unknown()).describe("The question in full, as instance files have it."),
  verdict: z.enum(["possible", "impossible", "undecided"]),
  infeasible: z
    .boolean()
    .describe("Whether no mechanism meets the requirements, whatever outside money the question allows."),
  unbounded: z.boolean().describe("Whether such mechanisms exist, with as large a surplus as anybody likes."),
  optimum: numberJsonSchema
    .optional()
    .describe(
      "The objective's best value. Absent where there is none, and where it is not settled: `bounds` has what is known.",
    ),
  bounds: boundsJsonSchema.optional(),
  proof: z.string().describe("What proves the answer, in a sentence."),
  shortfall: z.string().optional().describe("Why the question is not settled."),
  efficientGains: numberJsonSchema.describe(
    "The expected gains of full efficiency, beyond the outside options.",
  ),
  expectedGains: numberJsonSchema.optional().describe("Those of the mechanism."),
  ...z.object(mechanismJsonSchemas).partial().shape,
  requirements: z.array(requirementJsonSchema).optional().describe("What the audit of the mechanism found."),
  audit: z
    .strictObject({ violation: numberJsonSchema, worst: z.string().optional() })
    .optional()
    .describe("The most violated requirement, or the tightest of them where all hold."),
  formulation: z.strictObject({
    name: z.string(),
    rows: z.number(),
    columns: z.number(),
    nonzeros: z.number(),
    known: z
      .enum(["at most", "at least", "at first", "about"])
      .optional()
      .describe("How the sizes are meant; exactly where it is absent."),
  }),
  solver: z
    .strictObject({
      name: z.string(),
      version: z.string(),
      termination: z.string(),
      secondOpinion: z.boolean().describe("Whether HiGHS was asked for a basis besides."),
    })
    .optional()
    .describe("The floating-point solver that proposed; absent where none was needed."),
  timing: z.strictObject({
    parseMs: z.number().optional(),
    formulateMs: z.number(),
    solveMs: z.number(),
    exactMs: z.number(),
    auditMs: z.number(),
  }),
});

/** What it prints where the work was cut short in the middle, and nothing can be asked of it any more. */
export const cutShortJsonSchema = z.strictObject({
  verdict: designJsonSchema.shape.verdict,
  bounds: boundsJsonSchema.optional(),
  shortfall: z.string().describe("Why, after how long, and in the midst of what."),
  seconds: z.number(),
});

/** A design as `solve --json` prints it (schema/solve.schema.json). */
export type DesignJson = z.output<typeof designJsonSchema>;

/** A design for a machine. A number is exact, with the double nearest to it; what is absent is not there. */
export function designJson(design: ProvedAnswer, name: string): DesignJson {
  const { problem, findings, mechanism, solver, timing, size, expected } = design;
  const { question } = problem;
  const worst = worstFinding(findings);
  return {
    instance: name,
    question: { ...questionJson(question) },
    verdict: design.verdict,
    infeasible: design.infeasible,
    unbounded: design.unbounded,
    ...present({
      optimum: !design.infeasible && design.optimum ? numberJson(design.optimum) : undefined,
      bounds: design.infeasible || design.unbounded ? undefined : boundsJson(design),
    }),
    proof: proofText(question, design, design.shortfall),
    ...present({ shortfall: design.shortfall }),
    efficientGains: numberJson(efficientGains(design)),
    ...(mechanism
      ? {
          ...present({ expectedGains: expected && numberJson(expected.gains) }),
          ...mechanismJson(mechanismView(mechanism, expected)),
          requirements: requirementsJson(findings),
          audit: {
            violation: numberJson(worst?.violation ?? Rational.ZERO),
            ...present({ worst: worst?.worst }),
          },
        }
      : {}),
    formulation: { name: design.formulation, ...size },
    ...present({
      solver: solver && {
        name: solver.name,
        version: solver.version,
        termination: solver.termination,
        secondOpinion: solver.secondOpinion ?? false,
      },
    }),
    timing: {
      formulateMs: timing.formulateMs,
      solveMs: timing.solveMs,
      exactMs: timing.exactMs,
      auditMs: design.auditMs,
    },
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
