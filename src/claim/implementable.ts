import { generalisedVcg } from "../construction/generalised-vcg.js";
import { efficientOutcomes } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { type AllocationRule, certain, type Lottery, uniformLottery } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import type { RandomSource } from "../generator/random-source.js";
import type { Mechanism } from "../mechanism/mechanism.js";

/** What a construction builds; undefined where it refuses the instance. */
export function built<Result>(build: () => Result): Result | undefined {
  try {
    return build();
  } catch (fault) {
    if (fault instanceof InputError) return undefined;
    throw fault;
  }
}

/** The rule with the largest payments that are ex post IC and IR; undefined where a cycle of misreports rules all payments out. */
export function implementation(environment: Environment, rule: AllocationRule): Mechanism | undefined {
  return built(() => generalisedVcg(environment, rule));
}

/** An efficient rule, with ties broken at random: to one of the outcomes, or now and then to a lottery. */
export function randomEfficientRule(environment: Environment, random: RandomSource): AllocationRule {
  const lotteries = Array.from({ length: environment.profiles.count }, (_, s): Lottery => {
    const efficient = efficientOutcomes(environment, s);
    if (efficient.length === 1) return certain(efficient[0]);
    return random.onceIn(4) ? uniformLottery(efficient) : certain(random.pick(efficient));
  });
  return (s) => lotteries[s];
}
