import {
  type AgentSpecification,
  Environment,
  type EnvironmentSpecification,
} from "../environment/environment.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import type { ExplicitInstance } from "./instance-schema.js";
import { depth, flatten } from "./nested-table.js";

/** Builds the environment that an instance writes out. Throws InputError with the path of what is at fault. */
export function explicitEnvironment(instance: ExplicitInstance): {
  environment: Environment;
  givenRule: AllocationRule | undefined;
} {
  instance.agents.forEach(({ types }, i) => {
    // Before any table is read, for an agent without types leaves none of the right shape.
    if (types.length === 0) throw new InputError(`agents[${i}].types`, "0 types", "at least one type");
  });
  if (instance.outcomes.length === 0)
    throw new InputError("outcomes", "an empty list", "at least one outcome");
  const shape: Shape = {
    sizes: instance.agents.map((agent) => agent.types.length),
    agents: instance.agents.map((agent) => `type of ${agent.name}`),
    outcomes: instance.outcomes.length,
  };
  const environment = new Environment({
    name: instance.name ?? "unnamed instance",
    description: instance.description,
    agents: instance.agents.map((agent, i) => agentSpecification(agent, `agents[${i}]`, shape)),
    outcomes: instance.outcomes,
    prior: priorSpecification(instance, shape),
    cost: costSpecification(instance.cost, shape),
  });
  return {
    environment,
    givenRule: instance.allocation === undefined ? undefined : givenRule(instance, shape),
  };
}

interface Shape {
  readonly sizes: readonly number[];
  /** What the levels of a table by profile stand for. */
  readonly agents: readonly string[];
  readonly outcomes: number;
}

type AgentInstance = ExplicitInstance["agents"][number];

function agentSpecification(agent: AgentInstance, path: string, shape: Shape): AgentSpecification {
  const { name, types, values, outsideOption } = agent;
  return {
    name,
    types,
    values:
      "byType" in values
        ? {
            shape: "type-outcome",
            entries: table(
              values.byType,
              [types.length, shape.outcomes],
              ["type", "outcome"],
              `${path}.values.byType`,
            ),
          }
        : {
            shape: "profile-outcome",
            entries: table(
              values.byProfile,
              [...shape.sizes, shape.outcomes],
              [...shape.agents, "outcome"],
              `${path}.values.byProfile`,
            ),
          },
    outsideOption:
      outsideOption && outsideSpecification(outsideOption, types.length, `${path}.outsideOption`, shape),
  };
}

function outsideSpecification(
  option: NonNullable<AgentInstance["outsideOption"]>,
  types: number,
  path: string,
  shape: Shape,
): AgentSpecification["outsideOption"] {
  if (option instanceof Rational) return { shape: "constant", entries: RationalVector.from([option]) };
  if ("byType" in option) {
    return { shape: "type", entries: table(option.byType, [types], ["type"], `${path}.byType`) };
  }
  return {
    shape: "profile",
    entries: table(option.byProfile, shape.sizes, shape.agents, `${path}.byProfile`),
  };
}

function costSpecification(cost: ExplicitInstance["cost"], shape: Shape): EnvironmentSpecification["cost"] {
  if (cost === undefined) return undefined;
  if (cost instanceof Rational) return { shape: "constant", entries: RationalVector.from([cost]) };
  if ("byOutcome" in cost) {
    return {
      shape: "outcome",
      entries: table(cost.byOutcome, [shape.outcomes], ["outcome"], "cost.byOutcome"),
    };
  }
  const byOutcome = depth(cost.byProfile) > shape.sizes.length;
  return {
    shape: byOutcome ? "profile-outcome" : "profile",
    entries: table(
      cost.byProfile,
      byOutcome ? [...shape.sizes, shape.outcomes] : shape.sizes,
      [...shape.agents, "outcome"],
      "cost.byProfile",
    ),
  };
}

function priorSpecification(instance: ExplicitInstance, shape: Shape): EnvironmentSpecification["prior"] {
  const { prior, agents } = instance;
  if (prior === undefined) {
    return { kind: "independent", marginals: agents.map((agent, i) => marginal(agent, `agents[${i}]`)) };
  }
  agents.forEach((agent, i) => {
    const own = agent.prior ? "prior" : agent.weights ? "weights" : undefined;
    if (own) throw new InputError(`agents[${i}].${own}`, "a prior beside the joint one", "one or the other");
  });
  if ("joint" in prior) {
    const joint = flatten(prior.joint, shape.sizes, shape.agents, "prior.joint");
    checkSigns(joint, "probability", (k) => `prior.joint${indices(k, shape.sizes)}`);
    const total = Rational.sum(joint);
    if (!total.equals(Rational.ONE)) {
      throw new InputError(
        "prior.joint",
        `probabilities that sum to ${total}`,
        "a sum of exactly 1 (or give `prior.weights`, which are normalised exactly)",
      );
    }
    return { kind: "joint", table: RationalVector.from(joint) };
  }
  const weights = flatten(prior.weights, shape.sizes, shape.agents, "prior.weights");
  checkSigns(weights, "weight", (k) => `prior.weights${indices(k, shape.sizes)}`);
  return { kind: "joint", table: normalised(weights, "prior.weights") };
}

function marginal(agent: AgentInstance, path: string): RationalVector {
  if (agent.prior && agent.weights)
    throw new InputError(`${path}.weights`, "weights beside a prior", "one or the other");
  if (agent.prior) return RationalVector.from(agent.prior);
  if (agent.weights) {
    const { weights, types } = agent;
    if (weights.length !== types.length) {
      throw new InputError(
        `${path}.weights`,
        `a list of ${weights.length}`,
        `a list of ${types.length}, one for each type`,
      );
    }
    checkSigns(weights, "weight", (k) => `${path}.weights[${k}]`);
    return normalised(weights, `${path}.weights`);
  }
  throw new InputError(
    `${path}.prior`,
    "nothing (the field is missing)",
    "probabilities, or weights, or a joint prior",
  );
}

function checkSigns(numbers: readonly Rational[], what: string, path: (k: number) => string): void {
  numbers.forEach((number, k) => {
    if (number.sign < 0) throw new InputError(path(k), `the negative ${what} ${number}`, "a number >= 0");
  });
}

/** Weights divided by their sum, exactly. */
function normalised(weights: readonly Rational[], path: string): RationalVector {
  if (weights.every((weight) => weight.isZero))
    throw new InputError(path, "weights that sum to 0", "a positive sum");
  return RationalVector.normalised(weights);
}

function table(
  nested: Parameters<typeof flatten<Rational>>[0],
  sizes: readonly number[],
  what: readonly string[],
  path: string,
): RationalVector {
  return RationalVector.from(flatten(nested, sizes, what, path));
}

function givenRule(instance: ExplicitInstance, shape: Shape): AllocationRule {
  const entries = flatten(instance.allocation!, shape.sizes, shape.agents, "allocation");
  const positions = new Map(instance.outcomes.map((label, outcome) => [label, outcome]));
  const outcomeOf = (label: string, path: string) => {
    const outcome = positions.get(label);
    if (outcome === undefined) throw unknownName(path, "outcome", label, instance.outcomes);
    return outcome;
  };
  const lotteries = entries.map((entry, profile): Lottery => {
    const path = `allocation${indices(profile, shape.sizes)}`;
    if (typeof entry === "string") return [{ outcome: outcomeOf(entry, path), probability: Rational.ONE }];
    const lottery = Object.entries(entry as Record<string, Rational>).map(([label, probability]) => {
      if (probability.sign < 0)
        throw new InputError(`${path}.${label}`, `the negative probability ${probability}`, "a number >= 0");
      return { outcome: outcomeOf(label, `${path}.${label}`), probability };
    });
    const total = Rational.sum(lottery.map((one) => one.probability));
    if (!total.equals(Rational.ONE))
      throw new InputError(path, `a lottery that sums to ${total}`, "a sum of exactly 1");
    return lottery.filter((one) => !one.probability.isZero);
  });
  return (profile) => lotteries[profile];
}

/** `[2][0]` */
function indices(profile: number, sizes: readonly number[]): string {
  let rest = profile;
  return sizes
    .reduceRight<number[]>((digits, size) => {
      digits.unshift(rest % size);
      rest = Math.floor(rest / size);
      return digits;
    }, [])
    .map((digit) => `[${digit}]`)
    .join("");
}
