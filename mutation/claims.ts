import type { Answer } from "../src/certificate/answer-file.js";
import type { Multipliers, Prices } from "../src/certificate/multipliers.js";
import { judge } from "../src/kernel/judgement.js";
import { Refuted } from "../src/kernel/refuted.js";
import { constantMoney } from "../src/mechanism/forms.js";
import { StructuredMechanism } from "../src/mechanism/structured-mechanism.js";
import { Rational } from "../src/number/rational.js";
import { RationalVector } from "../src/number/rational-vector.js";
import type { Problem } from "../src/question/problem.js";

type Proof = Pick<Answer, "mechanism" | "multipliers">;
type Claim = Omit<Answer, "problem" | "mechanism" | "multipliers" | "solver">;

const VALUES = [undefined, Rational.ZERO, Rational.ONE, Rational.of(-1)];

/** What may be said of a proof, of parts of it, of more than it proves, and of a mechanism that fails: what the kernel says, and all that differs from it in one respect. */
export function* claims(problem: Problem, { mechanism, multipliers }: Proof): Iterable<Answer> {
  const parts: Proof[] = [{ mechanism, multipliers }, { mechanism }, { multipliers }, {}];
  const dear = multipliers && { ...multipliers, prices: multipliers.prices.map(doubled) };
  if (dear) parts.push({ multipliers: dear });
  if (multipliers) parts.push({ multipliers: { ...multipliers, purpose: otherPurpose(multipliers) } });
  if (mechanism) parts.push({ mechanism: withMoney(problem, mechanism), multipliers });
  for (const proof of parts) {
    const own = claimOf(problem, proof) ?? claimOf(problem, {})!;
    for (const claim of new Set([own, ...changed(own)])) yield { problem, ...claim, ...proof } as Answer;
  }
}

function claimOf(problem: Problem, { mechanism, multipliers }: Proof): Claim | undefined {
  try {
    return judge(problem, mechanism, multipliers);
  } catch (fault) {
    if (fault instanceof Refuted) return undefined;
    throw fault;
  }
}

function* changed(claim: Claim): Iterable<Claim> {
  for (const verdict of ["possible", "impossible", "undecided"] as const) yield { ...claim, verdict };
  yield { ...claim, infeasible: !claim.infeasible };
  yield { ...claim, unbounded: !claim.unbounded };
  for (const part of ["contradiction", "lower", "upper"] as const) {
    const doubled = claim[part]?.multiply(Rational.of(2));
    for (const value of [...VALUES, doubled]) yield { ...claim, [part]: value };
  }
}

function doubled(block: Prices): Prices {
  const two = Rational.of(2);
  switch (block.kind) {
    case "list":
      return {
        ...block,
        entries: [...block.entries].map((entry) => ({ ...entry, weight: entry.weight.multiply(two) })),
      };
    case "ranges":
      return { ...block, weight: block.weight.multiply(two) };
    case "profiles":
      return { ...block, weights: RationalVector.combined([block.weights, two]) };
    case "paths":
      return block;
  }
}

function otherPurpose({ purpose }: Multipliers): Multipliers["purpose"] {
  return purpose === "bound" ? "money" : "bound";
}

/** With outside money of 1 everywhere, which it mostly has no use for. */
function withMoney({ environment, givenRule }: Problem, mechanism: StructuredMechanism): StructuredMechanism {
  const { alike, rule, payments } = mechanism;
  return new StructuredMechanism(
    environment,
    { alike, rule, payments, money: constantMoney(Rational.ONE) },
    givenRule,
  );
}
