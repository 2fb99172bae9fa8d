import type { Resolution } from "./formulation/resolution.js";
import type { Judgement } from "./kernel/judgement.js";
import type { Problem } from "./question/problem.js";

/** A question's answer, with everything that proves it and how it was found. */
export interface ProvedAnswer extends Judgement, Resolution {
  readonly problem: Problem;
  readonly auditMs: number;
}
