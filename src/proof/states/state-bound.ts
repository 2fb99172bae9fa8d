import { efficientOutcomes } from "../../environment/efficiency.js";
import { IntegerSum } from "../../number/integer-sum.js";
import { Rational } from "../../number/rational.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import type { BudgetPrices, Multipliers } from "../multipliers.js";
import { ProofFault } from "../weak-duality.js";
import { costAt, gainsOf, outsideAt, type StatePass, worthAt } from "./state-pass.js";
import { TreeMultipliers } from "./tree-multipliers.js";

/**
 * The Lagrangian bound of tree multipliers for a rule without lotteries: what flows into every profile must be its price,
 * and what the flow makes of the outcomes is summed line by line. Undefined for multipliers of another kind.
 * Throws ProofFault when a sign or a cancellation fails.
 */
export function stateBound(
  problem: Problem,
  pass: StatePass,
  multipliers: Multipliers,
): Rational | undefined {
  const { environment, question } = problem;
  const bounding = multipliers.purpose === "bound";
  const tree = multipliers instanceof TreeMultipliers ? multipliers : undefined;
  if (!tree && multipliers.incentive.length + multipliers.participation.length > 0) return undefined;
  const denominator = tree?.denominator ?? pass.whole;
  const mass = pricesOver(multipliers.budget, pass, denominator);
  if (!mass) return undefined;
  checkPrices(problem, pass, multipliers, mass, denominator);
  if (bounding && question.objective === "max-surplus") {
    if (denominator !== pass.whole) return undefined;
    for (let s = 0; s < mass.length; s++) mass[s] += pass.probability[s];
  }
  const total = new IntegerSum();
  const longest = Math.max(...environment.profiles.sizes) + environment.agentCount + 1;
  const most = Number.MAX_SAFE_INTEGER / (4 * pass.largest * longest);
  for (let s = 0; s < mass.length; s++) {
    if (!(Math.abs(mass[s]) <= most)) return undefined;
    if (mass[s] !== 0) total.add(mass[s] * costAt(pass, pass.chosen[s], s));
  }
  if (tree) {
    checkTrees(problem, tree, mass, most);
    tree.trees.forEach(({ parents, flow }, agent) => {
      const { sizes, strides } = environment.profiles;
      const stride = strides[agent];
      for (let s = 0; s < flow.length; ) {
        for (let own = 0; own < sizes[agent]; own++) {
          for (const end = s + stride; s < end; s++) {
            if (flow[s] === 0) continue;
            const reported = s + (parents[s] - own) * stride;
            const instead =
              parents[s] < 0
                ? outsideAt(pass, agent, own, s)
                : worthAt(pass, agent, own, pass.chosen[reported], s);
            total.add(flow[s] * (instead - worthAt(pass, agent, own, pass.chosen[s], s)));
          }
        }
      }
    });
  } else checkTrees(problem, undefined, mass, most);
  if (question.ties === "optimise" && question.allocation === "efficient") {
    for (const s of pass.tied) total.add(tieGain(pass, tree, mass, s));
  }
  const proved = Rational.of(total.value, denominator * environment.moneyDenominator);
  if (!bounding || question.objective !== "max-gains") return proved;
  return proved.subtract(Rational.of(gainsOf(pass), pass.whole * environment.moneyDenominator));
}

/** Prices of money at each profile over a denominator; undefined where they are not whole over it. */
function pricesOver(budget: BudgetPrices, pass: StatePass, denominator: bigint): Float64Array | undefined {
  const { count } = pass.environment.profiles;
  switch (budget.kind) {
    case "none":
      return new Float64Array(count);
    case "profile": {
      const { prices } = budget;
      if (prices.length !== count)
        throw new ProofFault(`${prices.length} budget prices for ${count} profiles`);
      if (prices.denominator !== denominator || !(prices.numerators instanceof Float64Array))
        return undefined;
      return prices.numerators.slice();
    }
    default: {
      const price = budget.kind === "prior" ? budget.scale : budget.price;
      if (denominator !== pass.whole || price.denominator !== 1n) return undefined;
      const scale = Number(price.numerator);
      return pass.probability.map((probability) => scale * probability);
    }
  }
}

function checkPrices(
  { question }: Problem,
  pass: StatePass,
  { budget, purpose }: Multipliers,
  prices: Float64Array,
  denominator: bigint,
): void {
  const required = budget.kind === "expectation" ? "ex-ante" : "ex-post";
  if (budget.kind !== "none" && question.budget !== required)
    throw new ProofFault(`budget prices by ${budget.kind} do not belong to the ${question.budget} budget`);
  const worst = purpose === "bound" && question.objective === "min-worst-subsidy";
  const limited = allowsSubsidy(question);
  const positive = new IntegerSum();
  const sameUnits = denominator === pass.whole;
  for (let s = 0; s < prices.length; s++) {
    if (!Number.isSafeInteger(prices[s])) throw new ProofFault("a budget price is not a whole number");
    if (prices[s] < 0 && question.balance === "no-deficit")
      throw new ProofFault("a budget price is negative");
    if (prices[s] <= 0 || !limited) continue;
    positive.add(prices[s]);
    if (worst) continue;
    const dear = sameUnits
      ? prices[s] > pass.probability[s]
      : BigInt(prices[s]) * pass.whole > BigInt(pass.probability[s]) * denominator;
    if (dear || purpose !== "bound") throw new ProofFault("money is priced above what it costs");
  }
  if (worst && positive.value > denominator) throw new ProofFault("the prices of money sum to more than 1");
}

/** Every flow is a whole number, not negative, on a requirement of the question, and leaves the price at its profile. */
function checkTrees(
  { environment, question }: Problem,
  tree: TreeMultipliers | undefined,
  mass: Float64Array,
  most: number,
): void {
  const { profiles } = environment;
  for (let agent = 0; agent < environment.agentCount; agent++) {
    const rest = mass.slice();
    const flows = tree?.trees[agent];
    if (flows) {
      const { parents, flow } = flows;
      const [size, stride] = [profiles.sizes[agent], profiles.strides[agent]];
      if (parents.length !== rest.length || flow.length !== rest.length)
        throw new ProofFault("a tree of multipliers has another number of profiles");
      for (let s = 0; s < rest.length; ) {
        for (let own = 0; own < size; own++) {
          for (const end = s + stride; s < end; s++) {
            if (flow[s] === 0) continue;
            if (!(Number.isInteger(flow[s]) && flow[s] > 0 && flow[s] <= most))
              throw new ProofFault("a multiplier is negative, no whole number, or too large");
            rest[s] -= flow[s];
            const parent = parents[s];
            if (parent < 0) {
              if (question.ir !== "ex-post")
                throw new ProofFault("a multiplier is not on a requirement of participation");
              continue;
            }
            if (parent === own || parent >= size)
              throw new ProofFault("an incentive multiplier is on no misreport");
            if (question.ic !== (tree.dominant ? "dominant" : "ex-post"))
              throw new ProofFault("a multiplier is not on a requirement of incentive compatibility");
            rest[s + (parent - own) * stride] += flow[s];
          }
        }
      }
    }
    const left = rest.findIndex((amount) => amount !== 0);
    if (left >= 0) {
      const who = environment.agents[agent].name;
      throw new ProofFault(`${who}'s payment at ${environment.profileLabel(left)} does not cancel`);
    }
  }
}

/** By how much the Lagrangian falls if the tie is broken as the multipliers like it best. */
function tieGain(pass: StatePass, tree: TreeMultipliers | undefined, mass: Float64Array, s: number): number {
  const { environment } = pass;
  const { profiles } = environment;
  const outcomes = efficientOutcomes(environment, s);
  const worths = outcomes.map((x) => mass[s] * costAt(pass, x, s));
  tree?.trees.forEach(({ parents, flow }, agent) => {
    const own = profiles.typeOf(s, agent);
    const add = (type: number, truth: number, amount: number) => {
      outcomes.forEach((x, k) => {
        worths[k] += amount * worthAt(pass, agent, type, x, truth);
      });
    };
    add(own, s, -flow[s]);
    for (let type = 0; type < profiles.sizes[agent]; type++) {
      const truth = s + (type - own) * profiles.strides[agent];
      if (parents[truth] === own && flow[truth] !== 0) add(type, truth, flow[truth]);
    }
  });
  return Math.min(...worths) - worths[outcomes.indexOf(pass.chosen[s])];
}
