import { type AnswerFile, readAnswerFile, readAnswerObject } from "../src/certificate/answer-file.js";
import { InputError } from "../src/fault/input-error.js";
import { parseExactJson } from "../src/instance/exact-json.js";
import { readInstance } from "../src/instance/instance.js";
import { Audit } from "../src/kernel/audit.js";
import { boundOf } from "../src/kernel/bound.js";
import type { Finding } from "../src/kernel/finding.js";
import { Refuted } from "../src/kernel/refuted.js";
import { verifyAnswer } from "../src/kernel/verify.js";
import type { StructuredMechanism } from "../src/mechanism/structured-mechanism.js";
import type { Problem } from "../src/question/problem.js";
import { posed } from "../src/question/problem.js";
import type { Question } from "../src/question/question.js";
import { requirements } from "../src/question/requirement.js";

/** What was found of answers to one instance, by others than the kernel; a document is the text of an answer file. */
export interface Facts {
  readonly name: string;
  /** The instance file's text. */
  readonly instance: string;
  /** Whether the second checker verifies an answer. */
  readonly answers: readonly { readonly document: string; readonly verified: boolean }[];
  /** What definitions find of an answer's mechanism. */
  readonly mechanisms: readonly { readonly document: string; readonly found: readonly string[] }[];
  /** What an answer's multipliers prove of a question by definition, or `NOTHING`. */
  readonly bounds: readonly {
    readonly document: string;
    readonly question: Question;
    readonly proves: string;
  }[];
}

export const NOTHING = "nothing";

/** What a finding says, where two ways to audit must agree. */
export function told({ holds, violation, requirements, binding }: Finding): string {
  return `${holds} ${violation} ${requirements} ${holds ? binding : ""}`;
}

/**
 * What the kernel finds of a mechanism: with every requirement at once, and with one of them by itself, which lets alike agents stand
 * for each other.
 */
export function audited({ question }: Problem, mechanism: StructuredMechanism, alone: number): string[] {
  const all = Object.values(requirements);
  const together = new Audit(mechanism, { requirements: all, question, expectations: true });
  const one = all[alone % all.length];
  const single = new Audit(mechanism, { requirements: [one], question, expectations: false });
  const expected = [
    together.expectedSubsidy,
    together.expectedCost,
    together.expectedGains,
    together.expectedRevenue,
    together.worstSubsidy,
  ];
  const findings = all.map((requirement) => together.finding(requirement));
  return [...[...findings, single.finding(one)].map(told), ...expected.map(String)];
}

/** What multipliers prove, in a word. */
export function proved(of: () => unknown, isNothing: (fault: unknown) => boolean): string {
  try {
    return `${of()}`;
  } catch (fault) {
    if (isNothing(fault)) return NOTHING;
    throw fault;
  }
}

/** Reads facts, which the kernel is then to find as well: the first that it does not is told, or its fault thrown. */
export function reading({ instance, answers, mechanisms, bounds }: Facts): () => string | undefined {
  const subject = readInstance(instance, "random");
  const { environment, givenRule } = subject;
  const read = (document: string): AnswerFile => readAnswerFile(parseExactJson(document, "answer"));
  const proofs = new Map<string, ReturnType<ReturnType<typeof readAnswerObject>["proof"]>>();
  const proofOf = (document: string) => {
    const proof = proofs.get(document) ?? readAnswerObject(read(document), subject).proof();
    proofs.set(document, proof);
    return proof;
  };
  const claims = answers.map(({ document, verified }) => ({
    json: parseExactJson(document, "answer"),
    verified,
  }));
  const rules = mechanisms.map(({ document, found }) => ({
    problem: posed(environment, read(document).question, givenRule),
    mechanism: proofOf(document).mechanism!,
    found,
  }));
  const prices = bounds.map(({ document, question, proves }) => ({
    problem: posed(environment, question, givenRule),
    multipliers: proofOf(document).multipliers!,
    proves,
  }));
  return () => {
    for (const [k, { json, verified }] of claims.entries()) {
      const found = isVerified(() => {
        const verification = verifyAnswer(readAnswerFile(json), subject);
        const { mechanism, multipliers } = json as Record<string, unknown>;
        if (verification.verified && verification.proved !== (mechanism !== null || multipliers !== null))
          throw new Error("what has a proof is told wrongly");
        return verification.verified;
      });
      if (found !== verified) return `answer ${k} is ${found ? "verified" : "refuted"}`;
    }
    for (const [k, { problem, mechanism, found }] of rules.entries()) {
      const own = audited(problem, mechanism, k);
      const place = own.findIndex((one, at) => one !== found[at]);
      if (place >= 0) return `mechanism ${k}: ${own[place]}, and not ${found[place]}`;
    }
    for (const [k, { problem, multipliers, proves }] of prices.entries()) {
      const own = proved(
        () => boundOf(problem, multipliers),
        (fault) => fault instanceof Refuted,
      );
      if (own !== proves) return `multipliers ${k} prove ${own}, and not ${proves}`;
    }
    return undefined;
  };
}

function isVerified(of: () => boolean): boolean {
  try {
    return of();
  } catch (fault) {
    if (fault instanceof InputError) return false;
    throw fault;
  }
}
