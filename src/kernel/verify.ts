import {
  type AnswerFile,
  type ReadAnswer,
  readAnswerObject,
  readAnswerText,
  type Subject,
} from "../certificate/answer-file.js";
import { briefLine } from "../fault/inert-text.js";
import { InputError } from "../fault/input-error.js";
import { checkDigest } from "../mechanism/mechanism-file.js";
import type { Rational } from "../number/rational.js";
import type { Progress } from "../progress/progress.js";
import { posed } from "../question/problem.js";
import type { AskedQuestion, Question } from "../question/question.js";
import { questionDifference } from "../question/question-difference.js";
import { type Judgement, judge } from "./judgement.js";
import { Refuted } from "./refuted.js";

/** What was found of an answer: the judgement that its proof supports, or the first thing that fails. */
export type Verification =
  | {
      readonly verified: true;
      readonly question: Question;
      readonly judgement: Judgement;
      /** Whether the answer has a proof of anything: one without claims nothing but what needs none. */
      readonly proved: boolean;
    }
  | { readonly verified: false; readonly fault: string };

/** Parts of the question that an answer must be to; where any are told, it may ask no parameters beside them. */
export type Wanted = AskedQuestion;

/**
 * Checks an answer file against an instance, trusting nothing in it: the mechanism is audited from the definitions, the
 * multipliers' bound is computed anew, and the claim must be exactly what the two support.
 */
export function verifyAnswer(file: AnswerFile, instance: Subject, wanted: Wanted = {}): Verification {
  return verified(readAnswerObject(file, instance), instance, wanted);
}

/** The same from chunks of the file's text. Throws InputError where it is no answer file at all. */
export function verifyAnswerText(
  chunks: Iterable<Uint8Array>,
  instance: Subject,
  wanted: Wanted = {},
  progress?: Progress,
): Verification {
  return verified(readAnswerText(chunks, instance), instance, wanted, progress);
}

function verified(
  { head, proof }: ReadAnswer,
  instance: Subject,
  wanted: Wanted,
  progress?: Progress,
): Verification {
  try {
    // Whether the file is for this instance comes first: whatever else does not fit would follow from that.
    checkDigest(head.instance, instance.digest);
    const { question } = head;
    const other = questionDifference(question, wanted);
    if (other) return refuted(other);
    const { mechanism, multipliers } = proof();
    const problem = posed(instance.environment, question, instance.givenRule);
    const judgement = judge(problem, mechanism, multipliers, progress);
    const failed = judgement.findings.find((finding) => !finding.holds);
    if (failed) {
      return refuted(`the mechanism fails ${failed.requirement}: ${failed.worst}, by ${failed.violation}`);
    }
    const difference = claimDifference(head.claim, judgement);
    if (difference) return refuted(difference);
    if (multipliers && multipliers.purpose !== "bound" && !judgement.contradiction)
      return refuted(
        `the multipliers prove nothing: they are for ${multipliers.purpose}, and contradict nothing`,
      );
    const proved = mechanism !== undefined || multipliers !== undefined;
    return { verified: true, question, judgement, proved };
  } catch (fault) {
    if (fault instanceof InputError || fault instanceof Refuted) return refuted(fault.message);
    throw fault;
  }
}

function refuted(fault: string): Verification {
  // It may quote labels and numbers of the file, however long.
  return { verified: false, fault: briefLine(fault, LONGEST_FAULT) };
}

const LONGEST_FAULT = 2500;

/** The first respect in which a claim is not what the proof supports. */
function claimDifference(claim: AnswerFile["claim"], judgement: Judgement): string | undefined {
  if (claim.infeasible !== judgement.infeasible) {
    return claim.infeasible
      ? "the multipliers do not show that there is no mechanism"
      : "the multipliers show that there is no mechanism, which the claim denies";
  }
  if (!same(claim.contradiction, judgement.contradiction)) {
    return `the contradiction is claimed to be ${claim.contradiction ?? "none"}; the multipliers give ${judgement.contradiction ?? "none"}`;
  }
  if (claim.unbounded !== judgement.unbounded) return "whether the objective is bounded is claimed wrongly";
  for (const side of ["lower", "upper"] as const) {
    if (!same(claim[side], judgement[side])) {
      return `the ${side} bound is claimed to be ${claim[side] ?? "none"}; the proof gives ${judgement[side] ?? "none"}`;
    }
  }
  if (claim.verdict !== judgement.verdict) {
    return `the verdict is claimed to be ${claim.verdict}; the proof supports ${judgement.verdict}`;
  }
  return undefined;
}

function same(claimed: Rational | null, proved: Rational | undefined): boolean {
  return claimed === null ? proved === undefined : proved?.equals(claimed) === true;
}
