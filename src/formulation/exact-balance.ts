import type { KnownRule } from "../environment/known-rule.js";
import { RuledMechanism } from "../mechanism/ruled-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../problem/problem.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "../proof/multipliers.js";
import type { ChosenOutcomes } from "./chosen-outcomes.js";
import { NOTHING, type StateDesign } from "./state-design.js";

/** An arc `t(to) <= t(from) + length` of the graph of the first agent's payments, and the requirement that it states. */
interface Arc {
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly meaning:
    | { readonly agent: number; readonly truth: number; readonly report: number }
    | { readonly agent: number; readonly profile: number };
}

/**
 * Exact ex post balance between two agents (theory, section 5): the second pays what the first leaves of the cost, so that
 * every requirement bounds a difference of the first agent's payments at two profiles, or a payment itself. Shortest
 * paths from the root give payments; a negative cycle proves that there are none.
 */
export function balancedDesign(problem: Problem, rule: KnownRule, chosen: ChosenOutcomes): StateDesign {
  const { environment, question } = problem;
  const { count } = environment.profiles;
  const root = count;
  const arcs = arcsOf(problem, chosen, root);
  const distance = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY);
  distance[root] = 0;
  const parent = new Int32Array(count + 1).fill(-1);
  const open = question.allocation === "efficient" && question.ties === "optimise" && chosen.tied.length > 0;
  for (let round = 0; ; round++) {
    let changed = false;
    for (let k = 0; k < arcs.length; k++) {
      const index = round % 2 === 0 ? k : arcs.length - 1 - k;
      const { from, to, length } = arcs[index];
      if (!(distance[from] + length < distance[to])) continue;
      distance[to] = distance[from] + length;
      parent[to] = index;
      changed = true;
    }
    const cycle = changed ? negativeCycle(arcs, parent) : undefined;
    if (cycle) return { multipliers: cycleMultipliers(problem, cycle), bestAtTies: !open };
    if (!changed) break;
  }
  const unit = environment.moneyDenominator * BigInt(chosen.shares);
  const first = distance.slice(0, count);
  const second = first.map((payment, s) => chosen.cost(s) - payment);
  const payments = [first, second].map((own) => new RationalVector(own, unit));
  const mechanism = new RuledMechanism(environment, rule, payments, undefined);
  // Exact balance leaves no surplus: every profile's price of money is minus its probability.
  const multipliers: Multipliers =
    question.objective === "max-surplus"
      ? { ...NOTHING, budget: { kind: "prior", scale: Rational.ONE.negate() } }
      : NOTHING;
  return { mechanism, multipliers, bestAtTies: true };
}

function arcsOf({ environment, question }: Problem, chosen: ChosenOutcomes, root: number): Arc[] {
  const { profiles } = environment;
  const arcs: Arc[] = [];
  for (let s = 0; s < profiles.count; s++) {
    const gain = (agent: number) => chosen.value(agent, s, s) - chosen.outside(agent, s);
    arcs.push({ from: root, to: s, length: gain(0), meaning: { agent: 0, profile: s } });
    arcs.push({ from: s, to: root, length: gain(1) - chosen.cost(s), meaning: { agent: 1, profile: s } });
    if (question.ic === "none") continue;
    for (let agent = 0; agent < 2; agent++) {
      const type = profiles.typeOf(s, agent);
      for (let report = 0; report < profiles.sizes[agent]; report++) {
        if (report === type) continue;
        const lie = profiles.replace(s, agent, report);
        const gained = chosen.value(agent, s, s) - chosen.value(agent, lie, s);
        const meaning = { agent, truth: s, report };
        if (agent === 0) arcs.push({ from: lie, to: s, length: gained, meaning });
        else arcs.push({ from: s, to: lie, length: gained + chosen.cost(lie) - chosen.cost(s), meaning });
      }
    }
  }
  return arcs;
}

/** Arcs of a cycle among the parents. */
function negativeCycle(arcs: readonly Arc[], parent: Int32Array): Arc[] | undefined {
  const seen = new Int32Array(parent.length).fill(-1);
  for (let start = 0; start < parent.length; start++) {
    let node = start;
    while (seen[node] < 0 && parent[node] >= 0) {
      seen[node] = start;
      node = arcs[parent[node]].from;
    }
    if (parent[node] < 0 || seen[node] !== start) continue;
    const cycle: Arc[] = [];
    let at = node;
    do {
      const arc = arcs[parent[at]];
      cycle.push(arc);
      at = arc.from;
    } while (at !== node);
    return cycle;
  }
  return undefined;
}

/** The requirements around the cycle, and prices of money that carry payments from one agent to the other. */
function cycleMultipliers({ environment, question }: Problem, cycle: readonly Arc[]): Multipliers {
  const { profiles } = environment;
  const incentive: IncentiveMultiplier[] = [];
  const participation: ParticipationMultiplier[] = [];
  const prices = new Float64Array(profiles.count);
  const weight = Rational.ONE;
  for (const { meaning } of cycle) {
    const { agent } = meaning;
    if ("profile" in meaning) {
      participation.push({ agent, profile: meaning.profile, weight });
      if (agent === 0) prices[meaning.profile] += 1;
      continue;
    }
    const { truth, report } = meaning;
    const entry = { agent, type: profiles.typeOf(truth, agent), report, truth, weight };
    incentive.push(question.ic === "dominant" ? { ...entry, reported: truth } : entry);
    if (agent !== 0) continue;
    prices[truth] += 1;
    prices[profiles.replace(truth, agent, report)] -= 1;
  }
  const budget: BudgetPrices = { kind: "profile", prices: new RationalVector(prices, 1n) };
  return { purpose: "infeasibility", incentive, participation, budget };
}
