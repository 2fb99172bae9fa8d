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
import { type InterimTable, interimTable } from "./kernel/interim-table.js";
import type { Expected, RequirementFinding } from "./kernel/judged-mechanism.js";
import { outsideMoney } from "./kernel/outside-money.js";
import { checkDigest, mechanismFileText } from "./mechanism/mechanism-file.js";
import type { StructuredMechanism } from "./mechanism/structured-mechanism.js";
import type { Rational } from "./number/rational.js";
import { type RationalData, toRational } from "./number/rational-text.js";
import type { ProvedAnswer } from "./proved-answer.js";
import { type Problem, posed } from "./question/problem.js";
import { designJson } from "./report/design-json.js";

/**
 * A question's answer, with everything that proves it. Its own fields are data: `structuredClone` copies them, into another
 * thread as well, and `designFromData` makes a design of the copy again. What can be asked beyond them (the problem, the
 * mechanism, the multipliers) stays behind, for the answer file among the data has it.
 */
export class Design implements ProvedAnswer {
  readonly verdict!: Verdict;
  readonly infeasible!: boolean;
  readonly contradiction: Rational | undefined;
  readonly unbounded!: boolean;
  readonly lower: Rational | undefined;
  readonly upper: Rational | undefined;
  readonly optimum: Rational | undefined;
  /** The most outside money that the mechanism takes at any profile, be its probability zero. */
  readonly mostMoney: Rational | undefined;
  /** What the mechanism gains for everybody together, in expectation and beyond outside options and costs. */
  readonly expectedGains: Rational | undefined;
  readonly findings!: readonly RequirementFinding[];
  readonly formulation!: string;
  readonly size!: Size;
  readonly shortfall?: string;
  readonly solver?: SolverReport;
  readonly timing!: Resolution["timing"];
  readonly auditMs!: number;
  /** The answer file: the question, the claim and what proves it. Written whenever it is asked for. */
  readonly answerFile!: AnswerFileData;
  readonly #answer: ProvedAnswer;

  constructor(answer: ProvedAnswer) {
    const { problem, mechanism, multipliers, approximation, expected, ...data } = answer;
    Object.assign(this, data);
    this.expectedGains = expected?.gains;
    Object.defineProperty(this, "answerFile", { enumerable: true, get: () => answerFileOf(answer) });
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

  /** What `solve --json` prints, under the environment's name, with the mechanism as its file; so `JSON.stringify` writes it. */
  toJSON(): object {
    const { problem, mechanism } = this;
    const json = designJson(this, problem.environment.name);
    return mechanism ? { ...json, mechanism: mechanismFileOf(problem, mechanism) } : json;
  }
}

/** Mechanisms of more payments are told by their parts, not profile by profile. */
const MOST_PAYMENTS = 1_000_000;

function mechanismFileOf(problem: Problem, mechanism: StructuredMechanism): object {
  const { environment } = problem;
  const payments = environment.agentCount * environment.profiles.count;
  const how = payments > MOST_PAYMENTS ? "parts" : "profiles";
  return parsed(mechanismFileText(environment, mechanism, referenceTo(problem), how));
}

/** A design's own fields. */
function ownFields(design: Design) {
  return { ...design };
}

/** A design as data: its own fields as `structuredClone` leaves them, fractions without their methods. */
export type DesignData = WithoutMethods<ReturnType<typeof ownFields>>;

/** The same with numbers as data, so that it can be copied. */
type WithoutMethods<Value> = Value extends Rational
  ? RationalData
  : Value extends object
    ? { readonly [Field in keyof Value]: WithoutMethods<Value[Field]> }
    : Value;

/** A model, or a problem about one. */
interface Modelled {
  readonly environment: Environment;
  readonly givenRule?: AllocationRule | undefined;
}

/** A design as data, which other threads, and databases in browsers, can be given. */
export function designData(design: Design): DesignData {
  return ownFields(design);
}

/**
 * The design that data came from, about the model that it was made for. What was found is believed; `verifyAnswer` judges the
 * answer file among the data anew. Throws InputError for data of another model.
 */
export function designFromData(data: DesignData, model: Modelled): Design {
  const file = readAnswerFile(data.answerFile);
  const { environment, givenRule } = model;
  const { digest } = referenceTo(model);
  checkDigest(file.instance, digest);
  const { mechanism, multipliers } = readAnswerObject(file, { environment, givenRule, digest }).proof();
  const { expectedGains, ...own } = data;
  const gains = revived(expectedGains);
  return new Design({
    ...own,
    contradiction: revived(data.contradiction),
    lower: revived(data.lower),
    upper: revived(data.upper),
    optimum: revived(data.optimum),
    mostMoney: revived(data.mostMoney),
    findings: data.findings.map((finding) => ({ ...finding, violation: toRational(finding.violation) })),
    problem: posed(environment, file.question, givenRule),
    mechanism,
    multipliers,
    expected: mechanism && gains && expectedOf(mechanism, gains),
  });
}

/** What types expect is computed where it is asked for. */
function expectedOf(mechanism: StructuredMechanism, gains: Rational): Expected {
  let interim: InterimTable | undefined;
  return {
    gains,
    get interim() {
      interim ??= interimTable(mechanism);
      return interim;
    },
    get money() {
      return outsideMoney(mechanism);
    },
  };
}

function revived(value: RationalData | undefined): Rational | undefined {
  return value && toRational(value);
}

function answerFileOf(answer: ProvedAnswer): AnswerFileData {
  return parsed(answerFileText(answer, referenceTo(answer.problem)));
}

/** By what files refer to a model. */
function referenceTo({ environment, givenRule }: Modelled): {
  readonly name: string;
  readonly digest: string;
} {
  return { name: environment.name, digest: environmentDigest(environment, givenRule) };
}

function parsed<Content>(text: Iterable<string>): Content {
  return JSON.parse([...text].join(""));
}
