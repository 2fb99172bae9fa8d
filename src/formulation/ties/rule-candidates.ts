import { efficientOutcomes } from "../../environment/efficiency.js";
import type { Environment } from "../../environment/environment.js";
import type { Lottery } from "../../environment/lottery.js";
import { Rational } from "../../number/rational.js";
import type { Problem } from "../../question/problem.js";
import type { Rule } from "../../space/rule.js";

/**
 * The rules among which a question's allocation is chosen, so far as it is enough to look at a few: the given rule, the one
 * efficient rule where ties are settled, else the efficient rules that take the first and the last of tied outcomes.
 */
export function candidateRules({ question }: Problem): Rule[] {
  if (question.allocation === "given") return [{ kind: "given" }];
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
export function ruleThatLeavesShares({ environment, question }: Problem): Rule | undefined {
  if (question.allocation !== "efficient" || question.ties !== "optimise") return undefined;
  const lotteries = new Map<number, Lottery>();
  for (let s = 0; s < environment.profiles.count; s++) {
    const lottery = indifferentLottery(environment, s, efficientOutcomes(environment, s));
    if (lottery) lotteries.set(s, lottery);
  }
  if (lotteries.size === 0) return undefined;
  return { kind: "except", rule: { kind: "efficient", ties: "first" }, lotteries };
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
