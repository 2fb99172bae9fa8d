import type { Environment } from "../../environment/environment.js";
import { InputError } from "../../environment/input-error.js";

/** Where labels stand; every label of an environment is unique in its list. Unknown ones throw InputError. */
export class LabelPositions {
  private readonly agents: ReadonlyMap<string, number>;
  private readonly types: readonly ReadonlyMap<string, number>[];

  constructor(private readonly environment: Environment) {
    this.agents = new Map(environment.agents.map((agent, i) => [agent.name, i]));
    this.types = environment.agents.map((agent) => new Map(agent.types.map((label, type) => [label, type])));
  }

  agent(name: string, path: string): number {
    const position = this.agents.get(name);
    if (position !== undefined) return position;
    throw new InputError(`${path}.agent`, `"${name}"`, "the name of an agent");
  }

  type(agent: number, label: string, path: string, field: string): number {
    const position = this.types[agent].get(label);
    if (position !== undefined) return position;
    const { name } = this.environment.agents[agent];
    throw new InputError(path + field, `"${label}"`, `a type of ${name}`);
  }

  profile(labels: readonly string[], path: string, field: string): number {
    const { agentCount, profiles } = this.environment;
    if (labels.length !== agentCount)
      throw new InputError(path + field, `${labels.length} types`, `${agentCount}, one for each agent`);
    let profile = 0;
    for (let i = 0; i < agentCount; i++) {
      const type = this.types[i].get(labels[i]) ?? this.type(i, labels[i], path, `${field}[${i}]`);
      profile += type * profiles.strides[i];
    }
    return profile;
  }
}
