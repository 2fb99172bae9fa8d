import { InputError } from "../fault/input-error.js";
import { lcm, type Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import { IndependentPrior, JointPrior, type Prior } from "./prior.js";
import { ProfileSpace } from "./profile-space.js";
import { Table, type TableShape } from "./table.js";

/** Amounts of money, and of what each depends. */
export interface TableSpecification<Shape extends TableShape = TableShape> {
  readonly shape: Shape;
  readonly entries: RationalVector;
}

/** An agent as an environment is made of it. */
export interface AgentSpecification {
  readonly name: string;
  /** Labels, all different. */
  readonly types: readonly string[];
  /** Value of each outcome: private (by own type) or interdependent (by the whole profile). */
  readonly values: TableSpecification<"type-outcome" | "profile-outcome">;
  readonly outsideOption?: TableSpecification<"constant" | "type" | "profile">;
}

/** Everything that describes a discretised environment (theory, section 1). */
export interface EnvironmentSpecification {
  readonly name: string;
  readonly description?: string;
  readonly agents: readonly AgentSpecification[];
  readonly outcomes: readonly string[];
  readonly prior:
    | { readonly kind: "independent"; readonly marginals: readonly RationalVector[] }
    | { readonly kind: "joint"; readonly table: RationalVector };
  /** Resource cost of an outcome; zero when absent. */
  readonly cost?: TableSpecification<"constant" | "outcome" | "profile" | "profile-outcome">;
}

/** An agent of an environment: its name, and the labels of its types. */
export interface Agent {
  readonly name: string;
  readonly types: readonly string[];
}

/** A discretised environment, exact and immutable. All money tables share one denominator. */
export class Environment {
  readonly name: string;
  readonly description: string;
  readonly agents: readonly Agent[];
  readonly outcomes: readonly string[];
  readonly profiles: ProfileSpace;
  readonly prior: Prior;
  readonly values: readonly Table[];
  readonly costs: Table;
  readonly outsideOptions: readonly Table[];
  /** The denominator that all money tables share. */
  readonly moneyDenominator: bigint;

  /** Throws InputError where shapes, labels or probabilities are at fault. */
  constructor(readonly specification: EnvironmentSpecification) {
    const { agents, outcomes, prior } = specification;
    this.name = specification.name;
    this.description = specification.description ?? "";
    if (agents.length === 0) throw new InputError("agents", "an empty list", "at least one agent");
    checkLabels(
      agents.map((agent) => agent.name),
      (i) => `agents[${i}].name`,
    );
    agents.forEach((agent, i) => {
      if (agent.types.length === 0)
        throw new InputError(`agents[${i}].types`, "0 types", "at least one type");
      checkLabels(agent.types, (k) => `agents[${i}].types[${k}]`);
    });
    if (outcomes.length === 0) throw new InputError("outcomes", "an empty list", "at least one outcome");
    checkLabels(outcomes, (x) => `outcomes[${x}]`);
    this.agents = agents.map(({ name, types }) => ({ name, types }));
    this.outcomes = outcomes;
    this.profiles = new ProfileSpace(agents.map((agent) => agent.types.length));
    if (!(this.profiles.count <= 2 ** 53)) {
      throw new InputError(
        "agents",
        `${this.profiles.count.toPrecision(3)} profiles`,
        "at most 2^53 of them, so that each has a number",
      );
    }
    if (prior.kind === "independent" && prior.marginals.length !== agents.length) {
      throw new InputError(
        "prior",
        `${prior.marginals.length} marginals`,
        `${agents.length}, one for each agent`,
      );
    }
    this.prior =
      prior.kind === "independent"
        ? new IndependentPrior(this.profiles, prior.marginals)
        : new JointPrior(this.profiles, prior.table);

    const values = agents.map((agent, i) => this.table(agent.values, i, `agents[${i}].values`));
    const costs = this.table(specification.cost ?? ZERO_TABLE, undefined, "cost");
    const outside = agents.map((agent, i) =>
      this.table(agent.outsideOption ?? ZERO_TABLE, i, `agents[${i}].outsideOption`),
    );
    this.moneyDenominator = [...values, costs, ...outside].reduce(
      (common, table) => lcm(common, table.entries.denominator),
      1n,
    );
    this.values = values.map((table) => table.over(this.moneyDenominator));
    this.costs = costs.over(this.moneyDenominator);
    this.outsideOptions = outside.map((table) => table.over(this.moneyDenominator));
  }

  get agentCount(): number {
    return this.agents.length;
  }

  /** What `outcome` is worth to `agent` when the true profile is `profile`. */
  value(agent: number, outcome: number, profile: number): Rational {
    return this.values[agent].at(this.profiles.typeOf(profile, agent), profile, outcome);
  }

  /** What an outcome costs at a profile, each by its place. */
  cost(outcome: number, profile: number): Rational {
    return this.costs.at(0, profile, outcome);
  }

  /** What an agent has at a profile if it stays out. */
  outsideOption(agent: number, profile: number): Rational {
    return this.outsideOptions[agent].at(this.profiles.typeOf(profile, agent), profile, 0);
  }

  /** Whether every agent's values depend on its own type alone. */
  get hasPrivateValues(): boolean {
    return this.values.every((table) => !table.dependsOnProfile);
  }

  /** What a type is called: `0.35`. */
  typeLabel(agent: number, type: number): string {
    return this.agents[agent].types[type];
  }

  /** `buyer 0.35, seller 0.45` */
  profileLabel(profile: number): string {
    return this.agents
      .map((agent, i) => `${agent.name} ${agent.types[this.profiles.typeOf(profile, i)]}`)
      .join(", ");
  }

  private table(specification: TableSpecification, agent: number | undefined, path: string): Table {
    const { shape, entries } = specification;
    const types = agent === undefined ? 1 : this.profiles.sizes[agent];
    const expected = Table.length(shape, types, this.profiles.count, this.outcomes.length);
    if (entries.length !== expected) {
      throw new InputError(path, `${entries.length} entries`, `${expected}, as a table by ${shape} needs`);
    }
    return new Table(shape, entries, this.outcomes.length);
  }
}

/** Throws InputError where two labels are the same. */
export function checkLabels(labels: readonly string[], path: (index: number) => string): void {
  const seen = new Map<string, number>();
  labels.forEach((label, index) => {
    const before = seen.get(label);
    if (before !== undefined) {
      throw new InputError(path(index), `"${label}" again, as in ${path(before)}`, "labels that differ");
    }
    seen.set(label, index);
  });
}

const ZERO_TABLE: TableSpecification<"constant"> = { shape: "constant", entries: RationalVector.zeros(1) };
