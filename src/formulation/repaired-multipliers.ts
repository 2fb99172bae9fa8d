import type { Multipliers, Price, Prices } from "../certificate/multipliers.js";
import { expectedMoney, listed } from "../certificate/price-blocks.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../question/problem.js";
import { allowsSubsidy } from "../question/question.js";
import type { Family } from "../question/requirement.js";

/** Where a payment's coefficient must cancel: a profile, or a type where only interim payments matter. */
interface Cell {
  readonly agent: number;
  readonly place: number;
  /** Probability of the place. */
  readonly chance: Rational;
  /** What incentive multipliers leave of the payment: those of truthful reports less those of misreports. */
  readonly net: Rational;
}

/**
 * Multipliers near rounded ones that prove a bound exactly, where participation is asked of every cell in which payments have
 * to cancel: participation takes up what is left there, for `mu = price - net` need only not be negative. Where the price of
 * money is limited, the multipliers are mixed with those that price every profile at its probability and no incentive at
 * all, `net = 0` and `mu = price = p`, by the least share that suffices. Undefined for other questions.
 */
export function repairedMultipliers(problem: Problem, rounded: Multipliers): Multipliers | undefined {
  const { environment, question } = problem;
  const atProfiles = question.ir === "ex-post";
  const atTypes = question.ir === "interim" && (question.ic === "bayesian" || question.ic === "none");
  if (rounded.purpose !== "bound" || !(atProfiles || (atTypes && environment.prior.kind === "independent"))) {
    return undefined;
  }
  const incentive = [...entries(problem, rounded, "incentive")].filter(({ weight }) => weight.sign > 0);
  const cells = atProfiles ? profileCells(problem, incentive) : typeCells(problem, incentive);
  const money = [...entries(problem, rounded, "budget")];
  return question.budget === "ex-post" && atProfiles
    ? pricedAtProfiles(problem, money, incentive, cells)
    : pricedAlike(problem, money, incentive, cells);
}

/** Prices of one requirement, one by one; each agent's where they are told of all. */
function* entries({ environment }: Problem, { prices, alike }: Multipliers, on: Family): Iterable<Price> {
  for (const block of prices) {
    if (block.kind === "paths" || block.on !== on) continue;
    if (block.kind === "list") {
      for (const price of block.entries) {
        if (on === "budget" || !alike) yield price;
        else for (const agent of environment.agents.keys()) yield { ...price, agent };
      }
    } else if (block.kind === "profiles" && !alike) {
      for (let profile = 0; profile < block.weights.length; profile++) {
        yield { agent: block.agent, profile, weight: block.weights.at(profile) };
      }
    }
  }
}

function profileCells({ environment }: Problem, incentive: readonly Price[]): Cell[] {
  const { profiles, prior, agents } = environment;
  const sums = agents.map(() => Array.from({ length: profiles.count }, () => new RationalSum()));
  for (const { agent, type, report, profile, reported, weight } of incentive) {
    const own = sums[agent!];
    const move = (s: number, amount: Rational) => {
      own[s].add(amount);
      own[profiles.replace(s, agent!, report!)].add(amount.negate());
    };
    if (profile !== undefined) move(reported ?? profile, weight);
    else {
      for (const s of profiles.profilesOf(agent!, type!)) move(s, weight.multiply(prior.belief(agent!, s)));
    }
  }
  return sums.flatMap((own, agent) =>
    own.map((sum, place) => ({ agent, place, chance: prior.probability(place), net: sum.value })),
  );
}

function typeCells({ environment }: Problem, incentive: readonly Price[]): Cell[] {
  const { agents, prior } = environment;
  const sums = agents.map(({ types }) => types.map(() => new RationalSum()));
  for (const { agent, type, report, weight } of incentive) {
    sums[agent!][type!].add(weight);
    sums[agent!][report!].add(weight.negate());
  }
  return sums.flatMap((own, agent) =>
    own.map((sum, place) => ({ agent, place, chance: prior.marginals[agent].at(place), net: sum.value })),
  );
}

/** An own price of money at every profile; the cells are all profiles of the first agent, then of the next. */
function pricedAtProfiles(
  problem: Problem,
  money: readonly Price[],
  incentive: readonly Price[],
  cells: readonly Cell[],
): Multipliers | undefined {
  const { environment, question } = problem;
  const { count } = environment.profiles;
  const surplus = question.objective === "max-surplus";
  const proposals = Array.from({ length: count }, () => new RationalSum());
  for (const { profile, weight } of money) if (profile !== undefined) proposals[profile].add(weight);
  // The least price at which no participation multiplier is negative, and what was proposed.
  const prices: Rational[] = [];
  for (let s = 0; s < count; s++) {
    const proposed = proposals[s].value;
    const floor = question.balance === "no-deficit" ? Rational.maximum(Rational.ZERO, proposed) : proposed;
    prices.push(
      environment.agents
        .map((_, agent) => cells[agent * count + s])
        .map(({ net, chance }) => (surplus ? net.subtract(chance) : net))
        .reduce(Rational.maximum, floor),
    );
  }
  let kept = Rational.ONE;
  let base = (_: number): Rational => Rational.ZERO;
  if (allowsSubsidy(question) && question.objective === "min-worst-subsidy") {
    const sum = Rational.sum(prices.filter(({ sign }) => sign > 0));
    if (sum.compare(Rational.ONE) > 0) kept = Rational.ONE.divide(sum);
  } else if (allowsSubsidy(question)) {
    base = (s) => environment.prior.probability(s);
    for (let s = 0; s < count; s++) {
      const excess = prices[s].subtract(base(s));
      if (excess.sign <= 0) continue;
      prices[s] = base(s);
      kept = Rational.minimum(kept, base(s).divide(excess.add(base(s))));
    }
  }
  const mixed = prices.map((price, s) =>
    kept.multiply(price).add(Rational.ONE.subtract(kept).multiply(base(s))),
  );
  const due = ({ place, chance }: Cell) => (surplus ? mixed[place].add(chance) : mixed[place]);
  const weights = RationalVector.from(mixed);
  return assembled(incentive, cells, kept, due, "profile", [{ kind: "profiles", on: "budget", weights }]);
}

/** One price of money, the same in all profiles; none where no budget is asked. */
function pricedAlike(
  problem: Problem,
  money: readonly Price[],
  incentive: readonly Price[],
  cells: readonly Cell[],
): Multipliers | undefined {
  const { question } = problem;
  const surplus = question.objective === "max-surplus" ? Rational.ONE : Rational.ZERO;
  // Per unit of probability: what the price, and the surplus itself, must at least be.
  let needed: Rational | undefined;
  for (const { net, chance } of cells) {
    if (chance.isZero && net.sign > 0) return undefined;
    if (chance.isZero) continue;
    const least = net.divide(chance);
    if (!needed || least.compare(needed) > 0) needed = least;
  }
  const least = (needed ?? Rational.ZERO).subtract(surplus);
  const proposed = Rational.sum(money.map(({ weight }) => weight));
  const floor = question.balance === "no-deficit" ? Rational.maximum(proposed, Rational.ZERO) : proposed;
  let price = question.budget === "none" ? Rational.ZERO : Rational.maximum(floor, least);
  const most =
    question.budget === "none" ? Rational.ZERO : allowsSubsidy(question) ? Rational.ONE : undefined;
  let kept = Rational.ONE;
  if (most && least.compare(most) > 0) {
    // All is scaled down until the price is what money may cost at most.
    const room = most.add(surplus);
    if (room.sign <= 0) return undefined;
    kept = room.divide(least.add(surplus));
    price = most;
  }
  price = most ? Rational.minimum(price, most) : price;
  const perChance = price.add(surplus);
  const kind = question.ir === "ex-post" ? "profile" : "type";
  return assembled(
    incentive,
    cells,
    kept,
    ({ chance }) => chance.multiply(perChance),
    kind,
    question.budget === "none" ? [] : expectedMoney(price),
  );
}

/** Incentives as far as they are kept, and participation that takes up what is left of every payment. */
function assembled(
  incentive: readonly Price[],
  cells: readonly Cell[],
  kept: Rational,
  due: (cell: Cell) => Rational,
  by: "profile" | "type",
  money: readonly Prices[],
): Multipliers | undefined {
  const participation: Price[] = [];
  for (const cell of cells) {
    const weight = due(cell).subtract(kept.multiply(cell.net));
    if (weight.sign < 0) return undefined;
    if (weight.isZero) continue;
    participation.push({ agent: cell.agent, [by]: cell.place, weight });
  }
  const scaled = incentive.map((price) => ({ ...price, weight: price.weight.multiply(kept) }));
  return {
    purpose: "bound",
    alike: false,
    prices: [
      ...listed("incentive", kept.isZero ? [] : scaled),
      ...listed("participation", participation),
      ...money,
    ],
  };
}
