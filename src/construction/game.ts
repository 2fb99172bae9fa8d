import type { Environment } from "../environment/environment.js";
import type { Lottery } from "../environment/lottery.js";
import { audit, type Finding, type Slack } from "../kernel/finding.js";
import { interimExpectation } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import type { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { lazyMechanism, lazyTable } from "./lazy-table.js";
import { notDefined } from "./preconditions.js";

/** What the agents' actions lead to. */
export interface GameOutcome {
  readonly lottery: Lottery;
  /** From each agent to the designer. */
  readonly payments: readonly Rational[];
}

/** Whether no deviation pays at any profile of the others, or in expectation over them. */
export type EquilibriumConcept = "ex post" | "interim";

/** An indirect mechanism together with the strategies that are claimed to be its equilibrium. */
export interface Game<Action> {
  readonly name: string;
  outcome(actions: readonly Action[]): GameOutcome;
  /** What `type` of `agent` does. */
  strategy(agent: number, type: number): Action;
  /**
   * Actions of `agent` that stand for all of them. For `ex post`: against each profile of the others' strategies, any
   * action leads to the outcome of one of these. For `interim`: against all of these profiles at once.
   */
  deviations(agent: number, concept: EquilibriumConcept): readonly Action[];
  /** `an offer of 0.35` */
  actionLabel(action: Action): string;
}

/** The direct mechanism that the strategies induce. */
export function inducedMechanism<Action>(environment: Environment, game: Game<Action>): Mechanism {
  const outcome = lazyTable((profile) => game.outcome(actionsAt(environment, game, profile)));
  return lazyMechanism(
    environment,
    (profile) => outcome(profile).lottery,
    (agent, profile) => outcome(profile).payments[agent],
  );
}

/** No type of any agent gains by any deviation at any profile of the others, who follow their strategies (CE 2.2). */
export function* exPostEquilibriumSlacks<Action>(
  environment: Environment,
  game: Game<Action>,
): Iterable<Slack> {
  for (let agent = 0; agent < environment.agentCount; agent++) {
    const deviations = game.deviations(agent, "ex post");
    for (let truth = 0; truth < environment.profiles.count; truth++) {
      const actions = actionsAt(environment, game, truth);
      const gained = utility(environment, agent, truth, game.outcome(actions));
      for (const action of deviations) {
        const deviating = game.outcome(actions.with(agent, action));
        yield {
          slack: gained.subtract(utility(environment, agent, truth, deviating)),
          label: () =>
            `${environment.agents[agent].name} at ${environment.profileLabel(truth)} by ${game.actionLabel(action)}`,
        };
      }
    }
  }
}

/** The same in expectation over the others' types: Bayesian equilibrium. */
export function* interimEquilibriumSlacks<Action>(
  environment: Environment,
  game: Game<Action>,
): Iterable<Slack> {
  for (let agent = 0; agent < environment.agentCount; agent++) {
    const deviations = game.deviations(agent, "interim");
    for (let type = 0; type < environment.profiles.sizes[agent]; type++) {
      const expected = (action: Action) =>
        interimExpectation(environment, agent, type, (truth) =>
          utility(
            environment,
            agent,
            truth,
            game.outcome(actionsAt(environment, game, truth).with(agent, action)),
          ),
        );
      const gained = expected(game.strategy(agent, type));
      for (const action of deviations) {
        yield {
          slack: gained.subtract(expected(action)),
          label: () =>
            `${environment.agents[agent].name} ${environment.typeLabel(agent, type)} by ${game.actionLabel(action)}`,
        };
      }
    }
  }
}

/** Whether the strategies are an equilibrium, and the deviation that gains most if they are not. */
export function verifyEquilibrium<Action>(
  environment: Environment,
  game: Game<Action>,
  concept: EquilibriumConcept = "ex post",
): Finding {
  const slacks = concept === "ex post" ? exPostEquilibriumSlacks : interimEquilibriumSlacks;
  return audit(slacks(environment, game));
}

/**
 * The mechanism that the strategies induce, once they are known to be an ex post equilibrium. Throws InputError, with
 * the deviation that gains most, when they are not.
 */
export function equilibriumMechanism<Action>(environment: Environment, game: Game<Action>): Mechanism {
  const { holds, worst, violation } = verifyEquilibrium(environment, game);
  if (holds) return inducedMechanism(environment, game);
  throw notDefined(
    game.name,
    "values at which its strategies are an ex post equilibrium",
    `${worst} would gain ${violation}`,
  );
}

function actionsAt<Action>(environment: Environment, game: Game<Action>, profile: number): Action[] {
  return environment.profiles.typesOf(profile).map((type, agent) => game.strategy(agent, type));
}

function utility(
  environment: Environment,
  agent: number,
  truth: number,
  { lottery, payments }: GameOutcome,
): Rational {
  const total = new RationalSum().add(payments[agent].negate());
  for (const { outcome, probability } of lottery) {
    total.addProduct(probability, environment.value(agent, outcome, truth));
  }
  return total.value;
}
