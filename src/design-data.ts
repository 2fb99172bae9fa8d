import {
  type AnswerFileData,
  answerFileText,
  readAnswerFile,
  readAnswerObject,
} from "./certificate/answer-file.js";
import type { Verdict } from "./certificate/claim.js";
import { environmentDigest } from "./environment/digest.js";
import type { Environment } from "./environment/environment.js";
import type { AllocationRule } from "./environment/lottery.js";
import type { Resolution, SolverReport } from "./formulation/resolution.js";
import type { Size } from "./formulation/size.js";
import type { RequirementFinding } from "./kernel/judged-mechanism.js";
import { checkDigest } from "./mechanism/mechanism-file.js";
import type { Rational } from "./number/rational.js";
import { type RationalData, toRational } from "./number/rational-text.js";
import type { ProvedAnswer } from "./proved-answer.js";
import { posed } from "./question/problem.js";
import { designJson } from "./report/design-json.js";

/**
 * A question's answer, with everything that proves it. Its own fields are data: `structuredClone` copies them, into another
 * thread as well, and `designFromData` makes a design of the copy again. What can be asked beyond them (the problem, the
 * mechanism, the multipliers) stays behind, for the proof among the data has it.
 */
export class Design implements ProvedAnswer {
  readonly verdict!: Verdict;
  readonly infeasible!: boolean;
  readonly contradiction: Rational | undefined;
  readonly unbounded!: boolean;
  readonly lower: Rational | undefined;
  readonly upper: Rational | undefined;
  readonly optimum: Rational | undefined;
  readonly findings!: readonly RequirementFinding[];
  readonly formulation!: string;
  readonly size!: Size;
  readonly shortfall?: string;
  readonly solver?: SolverReport;
  readonly timing!: Resolution["timing"];
  readonly auditMs!: number;
  /** The answer file: the question, the claim and what proves it. Written whenever it is asked for. */
  readonly proof!: AnswerFileData;
  readonly #answer: ProvedAnswer;

  constructor(answer: ProvedAnswer) {
    const { problem, mechanism, multipliers, approximation, expected, ...data } = answer;
    Object.assign(this, data);
    Object.defineProperty(this, "proof", { enumerable: true, get: () => proofOf(answer) });
    this.#answer = answer;
  }

  get problem() {
    return this.#answer.problem;
  }

  /** The best mechanism that was found; the findings say what it meets. */
  get mechanism() {
    return this.#answer.mechanism;
  }

  /** Prices on the requirements that prove the other bound, or that there is no mechanism. */
  get multipliers() {
    return this.#answer.multipliers;
  }

  get approximation() {
    return this.#answer.approximation;
  }

  get expected() {
    return this.#answer.expected;
  }

  /** What `solve --json` prints, under the environment's name; so `JSON.stringify` writes it. */
  toJSON(): object {
    const { environment } = this.problem;
    const payments = environment.agentCount * environment.profiles.count;
    return designJson(this, environment.name, payments <= MOST_PAYMENTS);
  }
}

/** Mechanisms of more payments are in the proof alone. */
const MOST_PAYMENTS = 1_000_000;

/** A design's own fields. */
function ownFields(design: Design) {
  return { ...design };
}

/** A design as data: its own fields as `structuredClone` leaves them, fractions without their methods. */
export type DesignData = WithoutMethods<ReturnType<typeof ownFields>>;

type WithoutMethods<Value> = Value extends Rational
  ? RationalData
  : Value extends object
    ? { readonly [Field in keyof Value]: WithoutMethods<Value[Field]> }
    : Value;

/** A design as data, which other threads, and databases in browsers, can be given. */
export function designData(design: Design): DesignData {
  return ownFields(design);
}

/**
 * The design that data came from, about the model that it was made for. What was found is believed; `verifyAnswer` judges the
 * proof among the data anew. Throws InputError for data of another model.
 */
export function designFromData(
  data: DesignData,
  { environment, givenRule }: { readonly environment: Environment; readonly givenRule?: AllocationRule },
): Design {
  const file = readAnswerFile(data.proof);
  const digest = environmentDigest(environment, givenRule);
  checkDigest(file.instance, digest);
  const { mechanism, multipliers } = readAnswerObject(file, { environment, givenRule, digest }).proof();
  return new Design({
    ...data,
    contradiction: revived(data.contradiction),
    lower: revived(data.lower),
    upper: revived(data.upper),
    optimum: revived(data.optimum),
    findings: data.findings.map((finding) => ({ ...finding, violation: toRational(finding.violation) })),
    problem: posed(environment, file.question, givenRule),
    mechanism,
    multipliers,
  });
}

function revived(value: RationalData | undefined): Rational | undefined {
  return value && toRational(value);
}

function proofOf(answer: ProvedAnswer): AnswerFileData {
  const { environment, givenRule } = answer.problem;
  const digest = environmentDigest(environment, givenRule);
  return JSON.parse([...answerFileText(answer, { name: environment.name, digest })].join(""));
}
