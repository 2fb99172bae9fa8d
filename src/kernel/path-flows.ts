import { OTHER_OUTCOME, type PathPrices, type Paths } from "../certificate/multipliers.js";
import { increasingOrder } from "../number/increasing-order.js";
import { compared, type Integer, isZero, minus, negate, plus, zeros } from "../number/integer.js";
import type { Choices } from "../space/choices.js";
import type { Space } from "../space/space.js";
import { Refuted } from "./refuted.js";

/** A flow out of a true profile: to the profile that the agent would rather report, or, where it is -1, out of the mechanism. */
type Visit = (agent: number, type: number, truth: number, reported: number, flow: Integer) => void;

/** The same of one agent, whose flows are on a line that begins at a profile: lets everything flow to what types would rather report. */
type Pour = (first: number, line: Line, tell: Tell) => void;
type Tell = (type: number, truth: number, reported: number, flow: Integer) => void;

/**
 * The flows along paths that make payments cancel, whose coefficients are given by agent and profile. Flows between types who get
 * the same for sure, of which `only` tells, are told together, as one from a profile to itself; all one by one where it is absent. Throws Refuted where a flow is
 * negative, or a path does not lead out.
 */
export function eachFlow(
  space: Space,
  { paths }: PathPrices,
  coefficient: (agent: number, profile: number) => Integer,
  only: Int32Array | undefined,
  chosen: Chosen,
  visit: Visit,
): void {
  const { agentCount, profiles } = space.environment;
  if (paths.length !== agentCount) throw new Refuted("paths are not one for each agent");
  for (let agent = 0; agent < agentCount; agent++) {
    const [size, stride] = [profiles.sizes[agent], profiles.strides[agent]];
    const own = paths[agent];
    const line = new Line(size, stride);
    const { flow } = line;
    const pour =
      own.kind === "menu"
        ? alongMenu(space, own, agent, only, chosen)
        : alongProfiles(own, profiles.count, line);
    const tell = (type: number, truth: number, reported: number, amount: Integer) => {
      if (isZero(amount)) return;
      if (amount < 0) throw new Refuted("a price along a path is negative");
      visit(agent, type, truth, reported, amount);
    };
    for (let others = 0; others < profiles.othersCount(agent); others++) {
      const first = profiles.withOthers(agent, others);
      let isEmpty = true;
      for (let type = 0, s = first; type < size; type++, s += stride) {
        const amount = negate(coefficient(agent, s));
        flow[type] = amount;
        isEmpty &&= isZero(amount);
      }
      if (!isEmpty) pour(first, line, tell);
    }
  }
}

/** One line of an agent's types. */
class Line {
  readonly parents: Int32Array;
  /** What is there at each type, and after pouring what flows out of it. */
  readonly flow: Integer[];
  private readonly children: Int32Array;
  private readonly order: Int32Array;

  constructor(
    private readonly size: number,
    readonly stride: number,
  ) {
    this.parents = new Int32Array(size);
    this.flow = zeros(size);
    this.children = new Int32Array(size);
    this.order = new Int32Array(size);
  }

  /** Lets everything flow to the parents, leaves first. Throws Refuted where parents go round in a circle. */
  pour(): void {
    const { size, parents, children, order, flow } = this;
    children.fill(0);
    for (let type = 0; type < size; type++) if (parents[type] >= 0) children[parents[type]]++;
    let found = 0;
    for (let type = 0; type < size; type++) if (children[type] === 0) order[found++] = type;
    for (let k = 0; k < found; k++) {
      const parent = parents[order[k]];
      if (parent < 0) continue;
      flow[parent] = plus(flow[parent], flow[order[k]]);
      if (--children[parent] === 0) order[found++] = parent;
    }
    if (found < size) throw new Refuted("a path goes round in a circle");
  }

  /** Tells what flows out of each type. */
  tell(first: number, tell: Tell): void {
    const { size, stride, flow, parents } = this;
    for (let type = 0, s = first; type < size; type++, s += stride)
      tell(type, s, parents[type] < 0 ? -1 : first + parents[type] * stride, flow[type]);
  }
}

/** By profile: the outcome that an efficient rule chooses which breaks ties so. */
export type Chosen = (ties: "first" | "last") => Int32Array;

/** What a rule without lotteries chooses, by profile. */
export function chosenOutcomes(space: Space, choices: Choices): Int32Array {
  const chosen = new Int32Array(space.environment.profiles.count);
  space.rows((row) => {
    choices.fill(row);
    chosen.set(choices.sure, row.first);
  });
  return chosen;
}

function alongMenu(
  { environment }: Space,
  { ties, keepers }: Extract<Paths, { kind: "menu" }>,
  agent: number,
  only: Int32Array | undefined,
  chosenBy: Chosen,
): Pour {
  const { sizes, strides } = environment.profiles;
  const [size, stride] = [sizes[agent], strides[agent]];
  const { numerators } = environment.values[agent].entries;
  if (environment.outcomes.length !== 2 || !environment.hasPrivateValues || keepers.length !== 2 * size + 2)
    throw new Refuted("paths by menus are not for every cut, or not over two outcomes");
  const chosen = chosenBy(ties);
  // The types in the order of how much more they value the second outcome.
  const gain = Array.from({ length: size }, (_, type) =>
    minus(numerators[2 * type + 1], numerators[2 * type]),
  );
  const order = increasingOrder(size, (a, b) => compared(gain[a], gain[b]));
  return (first, { flow }, tell) => {
    let cut = 0;
    let [toZero, toOne]: Integer[] = [0, 0];
    // Types whose flows are to be told one by one.
    const apart: number[] = [];
    for (let type = 0, s = first; type < size; type++, s += stride) {
      const amount = flow[type];
      if (chosen[s] === 0) {
        cut++;
        toZero = plus(toZero, amount);
      } else toOne = plus(toOne, amount);
      if (only?.[s] !== chosen[s] || amount < 0) apart.push(type);
    }
    const [zero, one] = [keepers[2 * cut], keepers[2 * cut + 1]];
    const keeperOfZero = zero === OTHER_OUTCOME ? order[cut - 1] : zero;
    const keeperOfOne = one === OTHER_OUTCOME ? order[cut] : one;
    const isThere = (keeper: number, x: number, count: number) =>
      count === 0 || (keeper >= 0 && keeper < size && chosen[first + keeper * stride] === x);
    if (!isThere(keeperOfZero, 0, cut) || !isThere(keeperOfOne, 1, size - cut))
      throw new Refuted("what types would rather report is no type with the outcome");
    const [zeroLeads, oneLeads] = [zero === OTHER_OUTCOME && cut > 0, one === OTHER_OUTCOME && cut < size];
    if ((zeroLeads && cut === size) || (oneLeads && cut === 0))
      throw new Refuted("what types would rather report is an outcome that nobody gets");
    if (zeroLeads && oneLeads) throw new Refuted("a path goes round in a circle");
    const out = (x: number, keeper: number, next: number, all: Integer, more: Integer) => {
      const own = first + keeper * stride;
      let together = minus(all, flow[keeper]);
      for (const type of only?.[own] === x ? apart : order) {
        const s = first + type * stride;
        if (chosen[s] !== x || type === keeper) continue;
        together = minus(together, flow[type]);
        tell(type, s, own, flow[type]);
      }
      tell(keeper, own, own, together);
      tell(keeper, own, next < 0 ? -1 : first + next * stride, plus(all, more));
    };
    if (cut > 0) out(0, keeperOfZero, zeroLeads ? keeperOfOne : -1, toZero, oneLeads ? toOne : 0);
    if (cut < size) out(1, keeperOfOne, oneLeads ? keeperOfZero : -1, toOne, zeroLeads ? toZero : 0);
  };
}

function alongProfiles(
  { parents: all }: Extract<Paths, { kind: "profiles" }>,
  count: number,
  { parents, stride }: Line,
): Pour {
  if (all.length !== count) throw new Refuted(`paths for ${all.length} profiles instead of ${count}`);
  const size = parents.length;
  return (first, line, tell) => {
    for (let type = 0, s = first; type < size; type++, s += stride) {
      if (!(all[s] >= -1 && all[s] < size && all[s] !== type))
        throw new Refuted("a path leads to no other type");
      parents[type] = all[s];
    }
    line.pour();
    line.tell(first, tell);
  };
}
