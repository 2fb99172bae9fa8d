import { answerFileText, readAnswerFile } from "../src/certificate/answer-file.js";
import { designFor } from "../src/design.js";
import type { Design } from "../src/design-data.js";
import { InputError } from "../src/fault/input-error.js";
import { directSize } from "../src/formulation/direct/direct-size.js";
import { plansFor } from "../src/formulation/plan.js";
import { parseExactJson } from "../src/instance/exact-json.js";
import { type InstanceData, instanceFromData } from "../src/instance/instance.js";
import { verifyAnswer } from "../src/kernel/verify.js";
import { posed } from "../src/question/problem.js";
import { solverByName, solverNames } from "../src/solver/registry.js";
import { SolverUnavailable } from "../src/solver/solver.js";

/** How often what came up. */
export type Tally = Map<string, number>;

export function tell(tally: Tally, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}

/** An answer file that the kernel has verified, for another checker. */
export interface Answered {
  readonly data: InstanceData;
  readonly document: string;
}

/** Coefficients of the largest direct program. */
const MOST_COEFFICIENTS = 3000;

/**
 * Asks every formulation that applies, with every solver that takes it: each must settle the question with the same exact answer, the
 * file of which the kernel verifies. Where ties are left to the design, a formulation that tries rules may leave it open, but must
 * not contradict. False where the instance is refused, or too large. Throws what is wrong in words.
 */
export async function compareEverything(
  data: InstanceData,
  tally: Tally,
  keep: (answer: Answered) => void,
): Promise<boolean> {
  let instance: ReturnType<typeof instanceFromData>;
  try {
    instance = instanceFromData(data);
  } catch (fault) {
    if (!(fault instanceof InputError)) throw fault;
    tell(tally, "refused");
    return false;
  }
  const problem = posed(instance.environment, instance.question, instance.givenRule);
  if (directSize(problem).nonzeros > MOST_COEFFICIENTS) {
    tell(tally, "too large");
    return false;
  }
  let expected: string | undefined;
  const formulations = [...plansFor(problem)].reverse();
  for (const { name: formulation } of formulations) {
    for (const name of solverNames) {
      const where = `${formulation} with ${name}`;
      const design = await designFor(problem, { formulation, solver: solverByName(name) }).catch((fault) => {
        if (!(fault instanceof SolverUnavailable)) throw new Error(`${where}: ${fault.stack}`);
        return undefined;
      });
      if (!design) {
        tell(tally, `${name} does not take it`);
        continue;
      }
      const text = [...answerFileText(design, instance)].join("");
      const verification = verifyAnswer(readAnswerFile(parseExactJson(text, "answer")), instance);
      if (!verification.verified) throw new Error(`${where}: not verified, ${verification.fault}`);
      const settled = answerOf(design);
      if (settled === undefined) {
        if (formulation === "direct") throw new Error(`${where}: not settled, ${design.shortfall}`);
        contradicts(design, expected, where);
        tell(tally, `left open by ${formulation}`);
        continue;
      }
      expected ??= settled;
      if (settled !== expected) throw new Error(`${where}: ${settled}, and not ${expected}`);
      tell(tally, `settled by ${formulation}`);
      tell(tally, `settled with ${name}`);
      if (name === "highs") keep({ data, document: text });
    }
  }
  const kind = expected?.replace(/.* (?=infeasible|unbounded)|(?<=\w+ )-?[\d/]+$/, "") ?? "";
  tell(tally, kind.trim());
  if (expected?.endsWith(" 0")) tell(tally, "optimum exactly 0");
  return true;
}

/** Verdict and optimum of a settled question. */
function answerOf({ verdict, optimum, infeasible, unbounded }: Design): string | undefined {
  if (infeasible) return `${verdict} infeasible`;
  if (unbounded) return `${verdict} unbounded`;
  return optimum && `${verdict} ${optimum}`;
}

/** What is proved of an open question must leave room for the answer. */
function contradicts({ verdict, lower, upper }: Design, expected: string | undefined, where: string): void {
  const [found, amount] = expected?.split(" ") ?? [];
  const isOut =
    (verdict !== "undecided" && found !== undefined && verdict !== found) ||
    (amount === "infeasible" && upper !== undefined && lower !== undefined && lower.compare(upper) <= 0);
  if (isOut) throw new Error(`${where}: ${verdict} between ${lower} and ${upper}, and not ${expected}`);
}
