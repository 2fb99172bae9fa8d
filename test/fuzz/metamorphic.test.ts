import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomInstance } from "../../fuzz/random-instance.js";
import { designFor } from "../../src/design.js";
import { InputError } from "../../src/fault/input-error.js";
import { directSize } from "../../src/formulation/direct/direct-size.js";
import { type InstanceData, instanceFromData } from "../../src/instance/instance.js";
import { Rational } from "../../src/number/rational.js";
import { parseRational } from "../../src/number/rational-text.js";
import { posed } from "../../src/question/problem.js";

/** Explicit instances as the generator makes them, all numbers as text. */
interface Explicit {
  readonly name: string;
  readonly agents: readonly {
    readonly name: string;
    readonly types: readonly string[];
    readonly values: { readonly byType: Table } | { readonly byProfile: Table };
    readonly outsideOption?: string | { readonly byType: Table } | { readonly byProfile: Table };
    readonly weights?: readonly number[];
  }[];
  readonly outcomes: readonly string[];
  readonly prior?: { readonly weights: Table };
  readonly cost?: string | { readonly byOutcome: Table } | { readonly byProfile: Table };
  readonly allocation?: unknown;
  readonly question: { readonly allocation: string; readonly ties: string; readonly objective: string };
}
type Table = string | readonly Table[];

const each = (table: Table, change: (amount: string) => string): Table =>
  typeof table === "string" ? change(table) : table.map((part) => each(part, change));

/** Every amount of values, outside options and costs; probabilities stay. */
function withMoney(data: Explicit, change: (amount: string) => string): Explicit {
  const within = <T>(field: T): T => {
    if (field === undefined) return field;
    if (typeof field === "string") return change(field) as T;
    return Object.fromEntries(
      Object.entries(field as object).map(([shape, table]) => [shape, each(table, change)]),
    ) as T;
  };
  return {
    ...data,
    agents: data.agents.map((agent) => ({
      ...agent,
      values: within(agent.values),
      ...(agent.outsideOption !== undefined && { outsideOption: within(agent.outsideOption) }),
    })),
    ...(data.cost !== undefined && { cost: within(data.cost) }),
  };
}

const times = (factor: Rational) => (amount: string) => `${parseRational(amount)!.multiply(factor)}`;
const plus = (more: Rational) => (amount: string) => `${parseRational(amount)!.add(more)}`;

/** Verdict, and the optimum as a fraction. Undefined for what the program refuses, or is large. */
async function answer(
  data: Explicit,
  most: number,
): Promise<{ verdict: string; optimum: Rational | undefined } | undefined> {
  try {
    const { environment, question, givenRule } = instanceFromData(data as unknown as InstanceData);
    const problem = posed(environment, question, givenRule);
    if (directSize(problem).nonzeros > most) return undefined;
    const { verdict, optimum, infeasible, unbounded } = await designFor(problem);
    const how = infeasible ? " infeasible" : unbounded ? " unbounded" : "";
    return { verdict: verdict + how, optimum: infeasible ? undefined : optimum };
  } catch (fault) {
    if (fault instanceof InputError) return undefined;
    throw fault;
  }
}

interface Change {
  /** Undefined where it says nothing about the instance. */
  readonly of: (data: Explicit) => Explicit | undefined;
  readonly optimum?: (optimum: Rational, data: Explicit) => Rational;
}

const SEVENTH = Rational.of(22, 7);

const changes: Record<string, Change> = {
  "new names of agents, types and outcomes change nothing": {
    of: (data) => ({
      ...data,
      agents: data.agents.map((agent, i) => ({
        ...agent,
        name: `agent ${9 - i}`,
        types: agent.types.map((type) => `type ${type}`),
      })),
    }),
  },
  "outcomes in another order change nothing, unless ties are broken by it": {
    of: (data) => {
      const isOrdered = data.question.ties === "first" || data.question.ties === "last";
      if (data.question.allocation !== "free" || isOrdered || typeof data.cost === "object") return undefined;
      const levels = (values: { byType: Table } | { byProfile: Table }) =>
        "byType" in values ? 1 : data.agents.length;
      const turned = (table: Table, depth: number): Table =>
        depth === 0
          ? [...(table as Table[])].reverse()
          : (table as Table[]).map((part) => turned(part, depth - 1));
      return {
        ...data,
        outcomes: [...data.outcomes].reverse(),
        agents: data.agents.map((agent) => ({
          ...agent,
          values: Object.fromEntries(
            Object.entries(agent.values).map(([shape, table]) => [
              shape,
              turned(table, levels(agent.values)),
            ]),
          ) as typeof agent.values,
        })),
      };
    },
  },
  "all money in another unit changes the optimum by its factor": {
    of: (data) => withMoney(data, times(SEVENTH)),
    optimum: (optimum) => optimum.multiply(SEVENTH),
  },
  "what an agent has in any case, inside and outside, changes nothing": {
    of: (data) => {
      const [first, ...others] = data.agents;
      const { agents } = withMoney({ ...data, agents: [first] }, plus(SEVENTH));
      const outsideOption = first.outsideOption === undefined ? `${SEVENTH}` : agents[0].outsideOption!;
      return { ...data, agents: [{ ...agents[0], outsideOption }, ...others] };
    },
  },
  "a type split in two halves of its probability changes nothing": {
    of: (data) => {
      const copied = <T extends Table | undefined>(table: T): T =>
        (table === undefined ? table : [...table, table.at(-1)!]) as T;
      const byProfile = <T>(field: T): T => {
        if (typeof field !== "object" || field === null || !("byProfile" in field)) return field;
        return { byProfile: copied(field.byProfile as Table) } as T;
      };
      const own = <T>(field: T): T => {
        if (typeof field !== "object" || field === null || !("byType" in field)) return byProfile(field);
        return { byType: copied(field.byType as Table) } as T;
      };
      const halves = <T>(weights: readonly T[], twice: (weight: T) => T): T[] => {
        const last = weights.at(-1)!;
        return [...weights.slice(0, -1).map(twice), last, last];
      };
      return {
        ...data,
        agents: data.agents.map((agent, i) => ({
          ...agent,
          ...(i === 0 && {
            types: [...agent.types, "copy"],
            ...(agent.weights && { weights: halves(agent.weights, (weight) => 2 * weight) }),
          }),
          values: i === 0 ? own(agent.values) : byProfile(agent.values),
          ...(agent.outsideOption !== undefined && {
            outsideOption: i === 0 ? own(agent.outsideOption) : byProfile(agent.outsideOption),
          }),
        })),
        ...(data.prior && {
          prior: {
            weights: halves(data.prior.weights as Table[], (part) => each(part, times(Rational.of(2)))),
          },
        }),
        ...(data.cost !== undefined && { cost: byProfile(data.cost) }),
        ...(data.allocation !== undefined && { allocation: copied(data.allocation as Table) }),
      };
    },
  },
  "an outcome that nobody would choose, for it costs too much, changes nothing": {
    of: (data) => {
      if (data.question.allocation !== "efficient") return undefined;
      if (data.cost !== undefined && !(typeof data.cost === "object" && "byOutcome" in data.cost))
        return undefined;
      const more = (table: Table, depth: number): Table =>
        depth === 0 ? [...(table as Table[]), "0"] : (table as Table[]).map((part) => more(part, depth - 1));
      const costs = data.cost ? (data.cost.byOutcome as Table[]) : data.outcomes.map(() => "0");
      return {
        ...data,
        outcomes: [...data.outcomes, "dear"],
        cost: { byOutcome: [...costs, "1e15"] },
        agents: data.agents.map((agent) => ({
          ...agent,
          values: Object.fromEntries(
            Object.entries(agent.values).map(([shape, table]) => [
              shape,
              more(table, shape === "byType" ? 1 : data.agents.length),
            ]),
          ) as typeof agent.values,
        })),
      };
    },
  },
};

const COUNT = 40;

describe.each(Object.entries(changes))("%s", (_, { of, optimum = (same) => same }) => {
  it(`on ${COUNT} random problems, seed 5`, async () => {
    let [applied, amounts] = [0, 0];
    const property = fc.asyncProperty(randomInstance, async (instance) => {
      const data = instance as unknown as Explicit;
      const changed = of(data);
      fc.pre(changed !== undefined);
      const [before, after] = [await answer(data, 1500), await answer(changed!, 20_000)];
      fc.pre(before !== undefined);
      expect(after?.verdict).toBe(before!.verdict);
      const expected = before!.optimum && optimum(before!.optimum, data);
      expect(`${after?.optimum}`).toBe(`${expected}`);
      applied++;
      if (expected && !expected.isZero) amounts++;
    });
    await fc.assert(property, { numRuns: COUNT, seed: 5, maxSkipsPerRun: 1000 });
    expect(applied).toBeGreaterThanOrEqual(COUNT);
    expect(amounts).toBeGreaterThan(0);
  }, 120_000);
});
