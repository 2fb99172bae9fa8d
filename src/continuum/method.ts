import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import type { Rational } from "../number/rational.js";
import type { Progress, StopSignal } from "../progress/progress.js";
import type { Question } from "../question/question.js";

/** How far a proof about continuous types is to go. */
export interface ContinuumOptions {
  /** Cells of each agent's interval of types to begin with. */
  readonly cells?: number;
  /** Refine until the bracket is at most so wide. When absent the first mesh is the last. */
  readonly width?: Rational;
  readonly signal?: StopSignal;
  readonly progress?: Progress;
  /** Told of certificates on the way, so that they are not lost where the work is cut short. */
  readonly offer?: (certificate: unknown) => void;
}

/** A proved enclosure of the optimum. For subsidies `lower` is at least 0. An end that is not known is absent. */
export interface Bracket {
  readonly lower?: Rational;
  readonly upper?: Rational;
  /**
   * Where outside money is not allowed: no mechanism meets the requirements, for even with outside money they need at least
   * this much of it in expectation. It is positive, and both ends are absent.
   */
  readonly contradiction?: Rational;
}

/** A bracket and what proves it. */
export interface ContinuumFinding<Certificate> {
  readonly bracket: Bracket;
  readonly certificate: Certificate;
}

/**
 * A way of answering a class of questions about continuous types. What `find` returns is a proposal: the answer is what
 * `judge` makes of the certificate, which sees neither solvers nor programs and relies on the theorems that it names.
 */
export interface ContinuumMethod<Certificate> {
  readonly kind: string;
  /** Why it does not answer this question about this environment, as a sentence for the user; undefined where it does. */
  refusal(environment: ContinuousEnvironment, question: Question): string | undefined;
  /** Throws ContinuumStopped where the signal stops it before anything is proved. */
  find(
    environment: ContinuousEnvironment,
    question: Question,
    options: ContinuumOptions,
  ): Promise<ContinuumFinding<Certificate>>;
  /** The bracket that the certificate proves. Throws ContinuumRefuted where it proves nothing. */
  judge(environment: ContinuousEnvironment, question: Question, certificate: Certificate): Bracket;
  /** What a certificate that has been judged says, for a reader. */
  describe?(environment: ContinuousEnvironment, question: Question, certificate: Certificate): ProofInWords;
}

/** Sentences that are true of what proves a bracket. */
export interface ProofInWords {
  /** Which types the proof of the lower end weighs, or what mechanism attains it. */
  readonly lower?: readonly string[];
  /** What the mechanism of the upper end does, or which types its proof weighs. */
  readonly upper?: readonly string[];
}

/** A certificate that does not prove what it should: which condition fails, and where. */
export class ContinuumRefuted extends Error {}

/** The work was stopped, and nothing was proved by then. */
export class ContinuumStopped extends Error {}
