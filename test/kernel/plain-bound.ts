import {
  type Multipliers,
  OTHER_OUTCOME,
  type Paths,
  type Prices,
} from "../../src/certificate/multipliers.js";
import { gains } from "../../src/environment/efficiency.js";
import { Rational } from "../../src/number/rational.js";
import { looks } from "../../src/question/linear-form.js";
import type { Problem } from "../../src/question/problem.js";
import { allowsSubsidy } from "../../src/question/question.js";
import type { Place, Requirement } from "../../src/question/requirement.js";
import { lotteries } from "../../src/space/lotteries.js";
import { orbits, sorted } from "../../src/space/orbits.js";

/** Why prices prove nothing. */
export class ProvesNothing extends Error {}

/**
 * What multipliers prove, in fractions and from the definitions alone: every price at every profile that it stands for, the
 * coefficient of every payment, lottery and sum of outside money. For small problems.
 */
export function plainBound(problem: Problem, multipliers: Multipliers): Rational {
  const sum = new Lagrangian(problem);
  if (multipliers.purpose === "bound") sum.addObjective();
  const find = (family: string) => {
    const found = problem.requirements.find((one) => one.family === family && family !== "outside money");
    if (!found) throw new ProvesNothing(`nothing is required of ${family}`);
    return found;
  };
  for (const block of multipliers.prices) {
    if (block.kind === "paths") continue;
    for (const { place, weight } of written(problem, multipliers, block))
      sum.subtract(find(block.on), place, weight);
  }
  for (const block of multipliers.prices) {
    if (block.kind !== "paths") continue;
    block.paths.forEach((paths, agent) => {
      const upTo = parentsOf(problem, agent, paths);
      for (const { profile, parent, flow } of flows(problem, agent, upTo, sum.payments[agent])) {
        const type = problem.environment.profiles.typeOf(profile, agent);
        if (parent < 0) sum.subtract(find("participation"), { agent, profile }, flow);
        else sum.subtract(find("incentive"), { agent, type, report: parent, profile }, flow);
      }
    });
  }
  return sum.least(multipliers.purpose);
}

/** The coefficients of everything that a mechanism chooses. */
class Lagrangian {
  readonly payments: Rational[][];
  private readonly chosen: Rational[][];
  private readonly money: Rational[];
  private constant: Rational = Rational.ZERO;

  constructor(private readonly problem: Problem) {
    const { agents, outcomes, profiles } = problem.environment;
    const everywhere = () => Array.from({ length: profiles.count }, () => Rational.ZERO as Rational);
    this.payments = agents.map(everywhere);
    this.money = everywhere();
    this.chosen = everywhere().map(() => outcomes.map(() => Rational.ZERO as Rational));
  }

  /** Minimised, without outside money. */
  addObjective(): void {
    const { environment, question } = this.problem;
    for (let s = 0; s < environment.profiles.count; s++) {
      const p = environment.prior.probability(s);
      environment.outcomes.forEach((_, x) => {
        const cost = environment.cost(x, s);
        const own =
          question.objective === "max-surplus"
            ? cost
            : question.objective === "max-gains"
              ? gains(environment, x, s).negate()
              : Rational.ZERO;
        this.chosen[s][x] = this.chosen[s][x].add(p.multiply(own));
      });
      if (question.objective !== "max-surplus") continue;
      for (const own of this.payments) own[s] = own[s].subtract(p);
    }
  }

  subtract(requirement: Requirement, place: Place, weight: Rational): void {
    const { environment } = this.problem;
    const { agent } = place;
    const { terms, of, exact, margin, against } = requirement;
    if (weight.sign < 0 && !exact) throw new ProvesNothing("a negative price");
    if (against && place.report === place.type) throw new ProvesNothing("no misreport");
    this.constant = this.constant.subtract(weight.multiply(margin));
    for (const { factor, reported, truth } of looks(environment, requirement, place)) {
      const times = (term: number | undefined) => weight.multiply(factor).multiply(Rational.of(term ?? 0));
      environment.outcomes.forEach((_, x) => {
        const value = of === "agents" ? environment.value(agent!, x, truth) : Rational.ZERO;
        const own = times(terms.value)
          .multiply(value)
          .add(times(terms.cost).multiply(environment.cost(x, truth)));
        this.chosen[reported][x] = this.chosen[reported][x].subtract(own);
      });
      const payers = of === "agents" ? [this.payments[agent!]] : this.payments;
      for (const own of payers) own[reported] = own[reported].subtract(times(terms.payment));
      this.money[reported] = this.money[reported].subtract(times(terms.subsidy));
      if (of === "agents")
        this.constant = this.constant.subtract(
          times(terms.outside).multiply(environment.outsideOption(agent!, truth)),
        );
    }
  }

  least(purpose: Multipliers["purpose"]): Rational {
    const bounding = purpose === "bound";
    const { environment, question, allowed } = this.problem;
    if (this.payments.flat().some((left) => !left.isZero))
      throw new ProvesNothing("a payment does not cancel");
    const worst = bounding && question.objective === "min-worst-subsidy";
    if (purpose === "money" && !allowsSubsidy(question)) throw new ProvesNothing("no money is allowed");
    if (allowsSubsidy(question) && purpose !== "money") {
      const priced = this.money.map((left) => Rational.maximum(left.negate(), Rational.ZERO));
      if (worst && Rational.sum(priced).compare(Rational.ONE) > 0)
        throw new ProvesNothing("money is too dear");
      const costs = (s: number) => (bounding && !worst ? environment.prior.probability(s) : Rational.ZERO);
      if (!worst && priced.some((price, s) => price.compare(costs(s)) > 0))
        throw new ProvesNothing("money is too dear");
    }
    const atProfiles = this.chosen.map((own, s) => {
      const fixed = allowed.fixed(s);
      if (!fixed)
        return allowed
          .outcomes(s)
          .map((x) => own[x])
          .reduce(Rational.minimum);
      return Rational.sum(fixed.map(({ outcome, probability }) => probability.multiply(own[outcome])));
    });
    return this.constant.add(Rational.sum(atProfiles));
  }
}

interface Written {
  readonly place: Place;
  readonly weight: Rational;
}

/** Every inequality that a block is on, one by one. */
function* written(
  { environment }: Problem,
  { alike }: Multipliers,
  block: Exclude<Prices, { kind: "paths" }>,
): Iterable<Written> {
  const { profiles, agents, prior } = environment;
  const every = [...agents.keys()];
  switch (block.kind) {
    case "list":
      for (const { weight, ...place } of block.entries) {
        if (!alike || block.on === "budget") yield { place, weight };
        else for (const agent of every) yield { place: { ...place, agent }, weight };
      }
      return;
    case "ranges":
      for (const [from, to] of block.ranges) {
        for (let profile = from; profile < to; profile++)
          yield { place: { profile }, weight: block.weight.multiply(prior.probability(profile)) };
      }
      return;
    case "profiles": {
      const { weights, agent } = block;
      const all = alike ? [...orbits(environment)] : [];
      const slots = all.flatMap(({ profile, present }) => present.map(({ type }) => `${profile} ${type}`));
      for (let profile = 0; profile < profiles.count; profile++) {
        const increasing = sorted(environment, profile).profile;
        if (!alike) yield { place: { agent, profile }, weight: weights.at(profile) };
        else if (block.on === "budget") {
          yield {
            place: { profile },
            weight: weights.at(all.findIndex((orbit) => orbit.profile === increasing)),
          };
        } else {
          for (const own of every) {
            const slot = slots.indexOf(`${increasing} ${profiles.typeOf(profile, own)}`);
            yield { place: { agent: own, profile }, weight: weights.at(slot) };
          }
        }
      }
    }
  }
}

/** By profile: the type that the agent would rather report, or -1. */
function parentsOf({ environment }: Problem, agent: number, paths: Paths): number[] {
  const { profiles, values } = environment;
  if (paths.kind === "profiles") return [...paths.parents];
  const lottery = lotteries(environment, { kind: "efficient", ties: paths.ties }, undefined, false);
  const outcomeAt = (s: number) => lottery(s)[0].outcome;
  const types = Array.from({ length: profiles.sizes[agent] }, (_, type) => type);
  const gain = (type: number) => values[agent].at(type, 0, 1).subtract(values[agent].at(type, 0, 0));
  const order = [...types].sort((a, b) => gain(a).compare(gain(b)) || a - b);
  return Array.from({ length: profiles.count }, (_, s) => {
    const at = (type: number) => outcomeAt(profiles.replace(s, agent, type));
    const cut = types.filter((type) => at(type) === 0).length;
    const keeperOf = (x: number) => {
      const keeper = paths.keepers[2 * cut + x];
      return keeper === OTHER_OUTCOME ? order[x === 0 ? cut - 1 : cut] : keeper;
    };
    const x = outcomeAt(s);
    if (profiles.typeOf(s, agent) !== keeperOf(x)) return keeperOf(x);
    return paths.keepers[2 * cut + x] === OTHER_OUTCOME ? keeperOf(1 - x) : -1;
  });
}

/** What flows out of every profile, to the type that is named there or out of the mechanism. */
function* flows(
  { environment }: Problem,
  agent: number,
  parents: readonly number[],
  coefficients: readonly Rational[],
): Iterable<{ readonly profile: number; readonly parent: number; readonly flow: Rational }> {
  const { profiles } = environment;
  const before = coefficients.map((left) => left.negate());
  const line = (s: number) =>
    Array.from({ length: profiles.sizes[agent] }, (_, type) => profiles.replace(s, agent, type));
  const out = (s: number, depth: number): Rational => {
    if (depth > profiles.sizes[agent]) throw new ProvesNothing("a path goes round in a circle");
    const into = line(s).filter((t) => parents[t] === profiles.typeOf(s, agent));
    return Rational.sum([before[s], ...into.map((t) => out(t, depth + 1))]);
  };
  for (let profile = 0; profile < profiles.count; profile++) {
    // Where nothing is to flow, it does not matter whereto.
    if (line(profile).every((s) => before[s].isZero)) continue;
    if (!(parents[profile] < profiles.sizes[agent])) throw new ProvesNothing("a path leads to no type");
    yield { profile, parent: parents[profile], flow: out(profile, 0) };
  }
}
