import type { KnownRule } from "../../engine/known-rule.js";
import { efficientOutcomes } from "../../environment/efficiency.js";
import type { Environment } from "../../environment/environment.js";
import { certain, type Lottery } from "../../environment/lottery.js";
import { Rational } from "../../number/rational.js";
import type { Problem } from "../../question/problem.js";

/**
 * The rules among which a question's allocation is chosen, so far as it is enough to look at a few: the given rule, the one
 * efficient rule where ties are settled, else the efficient rules that take the first and the last of tied outcomes.
 */
export function candidateRules({ question, givenRule }: Problem): KnownRule[] {
  if (question.allocation === "given")
    return [{ kind: "given", lottery: givenRule!, rule: { kind: "given" } }];
  if (question.allocation === "free") return [{ kind: "efficient", ties: "first" }];
  if (question.ties !== "optimise") return [{ kind: "efficient", ties: question.ties }];
  return [
    { kind: "efficient", ties: "first" },
    { kind: "efficient", ties: "last" },
  ];
}

/**
 * The efficient rule that leaves everybody where it was wherever a tie allows it: a lottery over two tied outcomes that is worth
 * the outside option to every agent. Partners whose values are the same keep their shares. Undefined where ties are not the
 * design's, or allow it nowhere.
 */
export function ruleThatLeavesShares({ environment, question }: Problem): KnownRule | undefined {
  if (question.allocation !== "efficient" || question.ties !== "optimise") return undefined;
  const lottery = (profile: number): Lottery => {
    const outcomes = efficientOutcomes(environment, profile);
    return indifferentLottery(environment, profile, outcomes) ?? certain(outcomes[0]);
  };
  const lotteries = new Map<number, Lottery>();
  for (let s = 0; s < environment.profiles.count; s++) {
    const chosen = lottery(s);
    if (chosen.length > 1) lotteries.set(s, chosen);
  }
  if (lotteries.size === 0) return undefined;
  return {
    kind: "given",
    lottery,
    rule: { kind: "except", rule: { kind: "efficient", ties: "first" }, lotteries },
  };
}

function indifferentLottery(
  environment: Environment,
  profile: number,
  outcomes: readonly number[],
): Lottery | undefined {
  if (outcomes.length !== 2) return undefined;
  const [first, second] = outcomes;
  let chance: Rational | undefined;
  for (let agent = 0; agent < environment.agentCount; agent++) {
    const [before, after] = outcomes.map((x) => environment.value(agent, x, profile));
    const missing = environment.outsideOption(agent, profile).subtract(before);
    const more = after.subtract(before);
    if (more.isZero && missing.isZero) continue;
    if (more.isZero) return undefined;
    const own = missing.divide(more);
    if (chance && !chance.equals(own)) return undefined;
    chance = own;
  }
  if (!chance || chance.sign <= 0 || chance.compare(Rational.ONE) >= 0) return undefined;
  return [
    { outcome: first, probability: Rational.ONE.subtract(chance) },
    { outcome: second, probability: chance },
  ];
}
