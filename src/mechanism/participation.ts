import type { Environment } from "../environment/environment.js";
import { expectation, interimExpectation, truthfulUtility } from "./interim.js";
import type { Mechanism } from "./mechanism.js";
import type { Slack } from "./slack.js";

/** Ex ante IR: before types are known, no agent loses by taking part. */
export function* exAnteParticipationSlacks(environment: Environment, mechanism: Mechanism): Iterable<Slack> {
  for (let agent = 0; agent < environment.agentCount; agent++) {
    yield {
      slack: expectation(environment, (profile) => gain(environment, mechanism, agent, profile)),
      label: () => `participation of ${environment.agents[agent].name} before its type is known`,
    };
  }
}

/** Interim IR: knowing its own type, no agent loses in expectation (LN Def. 5). */
export function* interimParticipationSlacks(environment: Environment, mechanism: Mechanism): Iterable<Slack> {
  for (let agent = 0; agent < environment.agentCount; agent++) {
    for (let type = 0; type < environment.profiles.sizes[agent]; type++) {
      yield {
        slack: interimExpectation(environment, agent, type, (profile) =>
          gain(environment, mechanism, agent, profile),
        ),
        label: () =>
          `participation of ${environment.agents[agent].name} ${environment.typeLabel(agent, type)}`,
      };
    }
  }
}

/** Ex post IR: at every profile, no agent regrets having taken part (KE (5)). */
export function* exPostParticipationSlacks(environment: Environment, mechanism: Mechanism): Iterable<Slack> {
  for (let agent = 0; agent < environment.agentCount; agent++) {
    for (let profile = 0; profile < environment.profiles.count; profile++) {
      yield {
        slack: gain(environment, mechanism, agent, profile),
        label: () =>
          `participation of ${environment.agents[agent].name} at ${environment.profileLabel(profile)}`,
      };
    }
  }
}

function gain(environment: Environment, mechanism: Mechanism, agent: number, profile: number) {
  return truthfulUtility(environment, mechanism, agent, profile).subtract(
    environment.outsideOption(agent, profile),
  );
}
