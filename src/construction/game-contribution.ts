import type { Environment } from "../environment/environment.js";
import { certain } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import { Rational } from "../number/rational.js";
import type { Construction } from "./construction.js";
import { equilibriumMechanism, type Game } from "./game.js";
import { optionNumbers } from "./option-text.js";
import { notDefined } from "./preconditions.js";
import { type ProvisionView, provisionView } from "./provision-view.js";
import { bestThresholds } from "./threshold-contribution.js";

/** "Up to `promise`, provided that the other promises at least `demand`." */
export interface ContingentPromise {
  readonly promise: Rational;
  readonly demand: Rational;
}

/**
 * The contingent-contribution game of two agents (CE 5.3): the good is provided when each promise meets the other's
 * demand, and then each agent pays what the other demands.
 *
 * Strategies, for a threshold rule: agent `i` finds the lowest type of the other with which the good would be provided,
 * promises its own value there and demands the other's. On a grid that type lies between two points; with the values
 * interpolated between them the paper's strategies are an ex post equilibrium that provides the good exactly where the
 * rule does, on any grid on which values rise with every type and differences `v_i - v_-i` rise with `s_i` (the
 * strategies evaluated at the grid's own points are not: promises then miss demands by the mesh). Who would always be
 * met demands the other's threshold and promises its value at the other's lowest type.
 *
 * Throws InputError unless the instance is a public good for two agents that the rule ever provides.
 */
export function contributionGame(
  environment: Environment,
  thresholds: readonly Rational[],
): Game<ContingentPromise> {
  const name = "contribution-game";
  const view = provisionView(name, environment);
  if (environment.agentCount !== 2) {
    throw notDefined(name, "exactly two agents", `this instance has ${environment.agentCount}`);
  }
  const { profiles } = environment;
  const top = profiles.count - 1;
  const short = [0, 1].find((agent) => view.value(agent, top).compare(thresholds[agent]) < 0);
  if (short !== undefined) {
    const { name: who } = environment.agents[short];
    const reached = `${who}'s value of ${view.value(short, top)} at the highest types`;
    throw new InputError(`thresholds[${short}]`, `${thresholds[short]}`, `at most ${reached}`);
  }
  const strategies = environment.agents.map(({ types }, agent) =>
    types.map((_, type) => contingentPromise(environment, view, thresholds, agent, type)),
  );
  return {
    name,
    outcome: ([first, second]) => {
      const provided = first.promise.compare(second.demand) >= 0 && second.promise.compare(first.demand) >= 0;
      return provided
        ? { lottery: certain(view.provided), payments: [second.demand, first.demand] }
        : { lottery: certain(view.without), payments: [Rational.ZERO, Rational.ZERO] };
    },
    strategy: (agent, type) => strategies[agent][type],
    // Promises matter by which of the other's demands they meet, demands by which of its promises meet them. Knowing
    // the other's action, an agent need only ask for the least that anybody promises.
    deviations: (agent, concept) => {
      const demands = strategies[1 - agent].map(({ demand }) => demand);
      const promises = strategies[1 - agent].map(({ promise }) => promise);
      const least = demands.reduce(Rational.minimum).subtract(Rational.ONE);
      const asked = concept === "ex post" ? [promises.reduce(Rational.minimum)] : promises;
      return [least, ...demands].flatMap((promise) => asked.map((demand) => ({ promise, demand })));
    },
    actionLabel: ({ promise, demand }) => `promising ${promise} and demanding ${demand}`,
  };
}

function contingentPromise(
  environment: Environment,
  view: ProvisionView,
  thresholds: readonly Rational[],
  agent: number,
  type: number,
): ContingentPromise {
  const other = 1 - agent;
  const facing = environment.profiles.profilesOf(agent, type);
  const meets = (who: number, profile: number) => view.value(who, profile).compare(thresholds[who]) >= 0;
  const k = facing.findIndex((profile) => meets(agent, profile) && meets(other, profile));
  const at = (profile: number) => ({
    promise: view.value(agent, profile),
    demand: view.value(other, profile),
  });
  if (k < 0) return at(facing[facing.length - 1]);
  if (k === 0) return { promise: view.value(agent, facing[0]), demand: thresholds[other] };
  // Both values between the last type that fails and the first that does not, where the later of them is reached.
  const [below, above] = [at(facing[k - 1]), at(facing[k])];
  const weight = Rational.maximum(
    share(below.promise, above.promise, thresholds[agent]),
    share(below.demand, above.demand, thresholds[other]),
  );
  return {
    promise: between(below.promise, above.promise, weight),
    demand: between(below.demand, above.demand, weight),
  };
}

/** How far from `below` to `above` the value reaches `target`; 0 where it starts there. */
function share(below: Rational, above: Rational, target: Rational): Rational {
  if (below.compare(target) >= 0) return Rational.ZERO;
  return target.subtract(below).divide(above.subtract(below));
}

function between(below: Rational, above: Rational, weight: Rational): Rational {
  return below.add(above.subtract(below).multiply(weight));
}

export const contributionGameConstruction: Construction = {
  name: "contribution-game",
  summary: "Promises contingent on the other's promise.",
  about: "Promises to contribute, contingent on the other's promise. What the equilibrium does.",
  source: "Chung and Ely 2006, Section 5.3",
  example: "rule-with-a-cycle",
  versions: ["exact"],
  options: {
    thresholds:
      "one for each agent, separated by commas (default: those that sum to the cost with the largest expected welfare)",
  },
  build: ({ environment }, { options }) => {
    const view = provisionView("contribution-game", environment);
    const thresholds =
      optionNumbers(options, "thresholds", environment.agentCount) ?? bestThresholds(environment, view);
    return equilibriumMechanism(environment, contributionGame(environment, thresholds));
  },
};
