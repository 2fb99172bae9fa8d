import type { Environment } from "../environment/environment.js";
import type { Lottery } from "../environment/lottery.js";
import type { Rational } from "../number/rational.js";
import { incentiveLabel } from "./incentive-compatibility.js";
import { truthfulUtility, utility } from "./interim.js";
import type { Mechanism } from "./mechanism.js";

/** A misreport that would have paid, and by how much. */
export interface Regret {
  readonly gain: Rational;
  readonly label: () => string;
}

/**
 * The misreport that would have paid most at a profile of truthful agents, over all agents: any misreport, and those
 * that change the lottery (pivotal ones). Undefined where none pays.
 */
export function exPostRegret(
  environment: Environment,
  mechanism: Mechanism,
  profile: number,
): { any: Regret | undefined; pivotal: Regret | undefined } {
  let any: Regret | undefined;
  let pivotal: Regret | undefined;
  const truth = lotteryKey(mechanism.lottery(profile));
  environment.profiles.sizes.forEach((size, agent) => {
    const truthful = truthfulUtility(environment, mechanism, agent, profile);
    const type = environment.profiles.typeOf(profile, agent);
    for (let report = 0; report < size; report++) {
      if (report === type) continue;
      const reported = environment.profiles.replace(profile, agent, report);
      const gain = utility(environment, mechanism, agent, reported, profile).subtract(truthful);
      if (gain.sign <= 0) continue;
      const regret = { gain, label: () => incentiveLabel(environment, agent, type, report, profile) };
      if (!any || gain.compare(any.gain) > 0) any = regret;
      if (pivotal && gain.compare(pivotal.gain) <= 0) continue;
      if (lotteryKey(mechanism.lottery(reported)) !== truth) pivotal = regret;
    }
  });
  return { any, pivotal };
}

/** Equal for equal lotteries, in whatever order they list their outcomes. */
function lotteryKey(lottery: Lottery): string {
  return lottery
    .filter(({ probability }) => !probability.isZero)
    .map(({ outcome, probability }) => `${outcome}:${probability}`)
    .sort()
    .join(" ");
}
