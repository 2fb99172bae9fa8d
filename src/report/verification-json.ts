import type { Verification } from "../kernel/verify.js";
import { questionJson } from "../question/question-file.js";
import { boundsJson, numberJson, present } from "./number-json.js";

/** What was found of an answer, for a machine: the question and the verdict that its proof supports, or what fails. */
export function verificationJson(verification: Verification): object {
  if (!verification.verified) return { verified: false, fault: verification.fault };
  const { question, judgement, proved } = verification;
  const { verdict, infeasible, unbounded, optimum } = judgement;
  return {
    verified: true,
    proved,
    question: questionJson(question),
    verdict,
    infeasible,
    unbounded,
    ...present({
      optimum: !infeasible && optimum ? numberJson(optimum) : undefined,
      bounds: infeasible || unbounded ? undefined : boundsJson(judgement),
    }),
  };
}
