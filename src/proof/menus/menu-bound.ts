import { IntegerSum } from "../../number/integer-sum.js";
import { Rational } from "../../number/rational.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import { ProofFault } from "../weak-duality.js";
import { type MenuMultipliers, type MoneyPrice, NOBODY, OTHER_OUTCOME } from "./menu-multipliers.js";
import { type MenuPass, menuGains, tiedProfiles } from "./menu-pass.js";

/**
 * The Lagrangian bound of what binds in menus: what every payment is worth is summed line by line and outcome by outcome,
 * and carried along the binding requirements to a type's participation. Throws ProofFault where a sign fails, where
 * a requirement is not of the question, or where what binds is no requirement of such a type. Undefined where money has so
 * high a price that sums might not be exact.
 */
export function menuBound(
  problem: Problem,
  pass: MenuPass,
  multipliers: MenuMultipliers,
): Rational | undefined {
  const { question, environment } = problem;
  const { purpose, dominant, money, surplus } = multipliers;
  const bounding = purpose === "bound";
  if (surplus !== (bounding && question.objective === "max-surplus"))
    throw new ProofFault("what payments are worth does not fit the objective");
  checkMoney(problem, money, bounding);
  if (question.ir !== "ex-post")
    throw new ProofFault("a multiplier is not on a requirement of participation");
  if (question.ic !== (dominant ? "dominant" : "ex-post"))
    throw new ProofFault("a multiplier is not on a requirement of incentive compatibility");

  const constant = (surplus ? 1 : 0) + (money.kind === "expectation" ? money.price : 0);
  const times = Math.abs(constant) + (money.kind === "where missing" ? 1 : 0);
  if (!(8 * times * Number(pass.whole) * pass.largest <= Number.MAX_SAFE_INTEGER)) return undefined;
  const weights = new PaymentWeights(pass, money, surplus);
  const total = new IntegerSum();
  pass.agents.forEach(({ cuts, gaps, worths, places, sorted }, agent) => {
    const bindings = multipliers.bindings[agent];
    if (bindings?.length !== 2 * sorted.length + 2)
      throw new ProofFault("what binds is not told for every cut");
    cuts.forEach((cut, others) => {
      const sums = weights.onLine(agent, others);
      for (const x of [0, 1]) {
        if (sums[x] === 0) continue;
        const binding = keeperOf(bindings, places, cut, x);
        if (binding !== OTHER_OUTCOME) {
          total.addProduct(-sums[x], worths[2 * places[binding] + x]);
          continue;
        }
        // The type next to the cut would rather have the other outcome, and pays as those who have it.
        const rival = keeperOf(bindings, places, cut, 1 - x);
        if (rival === OTHER_OUTCOME || cut === 0 || cut === sorted.length)
          throw new ProofFault("what binds leads to no type's participation");
        const gain = x === 1 ? -gaps[cut] : gaps[cut - 1];
        total.addProduct(sums[x], gain - worths[2 * places[rival] + 1 - x]);
      }
    });
  });
  const costs = weights.byOutcome();
  for (const x of [0, 1]) total.addProduct(costs[x], pass.charge[x]);
  if (question.ties === "optimise") {
    for (const s of tiedProfiles(pass)) total.add(tieGain(pass, multipliers, weights, s));
  }
  const proved = Rational.of(total.value, weights.denominator * environment.moneyDenominator);
  if (!bounding || question.objective !== "max-gains") return proved;
  return proved.subtract(Rational.of(menuGains(pass), pass.whole * environment.moneyDenominator));
}

/** The type whose participation keeps the price of an outcome. */
function keeperOf(bindings: Int32Array, places: Int32Array, cut: number, x: number): number {
  const binding = bindings[2 * cut + x];
  if (binding === OTHER_OUTCOME) return binding;
  if (binding === NOBODY || !(binding in places) || places[binding] < cut !== (x === 0))
    throw new ProofFault("what binds is no requirement of a type with the outcome");
  return binding;
}

function checkMoney({ question, environment }: Problem, money: MoneyPrice, bounding: boolean): void {
  if (money.kind === "none") return;
  const required = money.kind === "expectation" ? "ex-ante" : "ex-post";
  if (question.budget !== required)
    throw new ProofFault(`budget prices of this kind do not belong to the ${question.budget} budget`);
  const limited = allowsSubsidy(question);
  if (limited && !bounding) throw new ProofFault("money is priced above what it costs");
  switch (money.kind) {
    case "expectation":
      if (!Number.isInteger(money.price)) throw new ProofFault("a budget price is not a whole number");
      if (money.price < 0 && question.balance === "no-deficit")
        throw new ProofFault("a budget price is negative");
      if (limited && money.price > 1) throw new ProofFault("money is priced above what it costs");
      return;
    case "where missing":
      if (money.missing.length !== environment.profiles.count)
        throw new ProofFault("prices are not one for each profile");
      for (let s = 0; s < money.missing.length; s++)
        if (money.missing[s] > 1) throw new ProofFault("money is priced above what it costs");
      return;
    case "at one profile":
      if (!(money.profile >= 0 && money.profile < environment.profiles.count))
        throw new ProofFault("the priced profile is none of the environment");
      // There the price is 1, which is more than the profile's probability unless it is certain.
      if (limited && question.objective !== "min-worst-subsidy")
        throw new ProofFault("money is priced above what it costs");
  }
}

/** What payments are worth, summed along every agent's lines by outcome. Throws ProofFault where it is negative anywhere. */
class PaymentWeights {
  readonly denominator: bigint;
  /** By agent: `sums[2 * others + outcome]`. */
  private readonly sums: readonly Float64Array[];
  private readonly constant: number;
  private readonly missing: Uint8Array | undefined;
  private readonly alone: number | undefined;

  constructor(
    private readonly pass: MenuPass,
    money: MoneyPrice,
    surplus: boolean,
  ) {
    this.constant = (surplus ? 1 : 0) + (money.kind === "expectation" ? money.price : 0);
    this.missing = money.kind === "where missing" ? money.missing : undefined;
    this.alone = money.kind === "at one profile" ? money.profile : undefined;
    if (this.constant < 0 || (this.alone !== undefined && this.constant > 0))
      throw new ProofFault("a payment does not cancel");
    this.denominator = this.alone === undefined ? pass.whole : 1n;
    this.sums = pass.agents.map(({ cuts }) => new Float64Array(2 * cuts.length));
    if (this.alone !== undefined) this.add(this.alone, 1);
    else if (this.constant > 0 || this.missing) this.addAll();
  }

  onLine(agent: number, others: number): Float64Array {
    return this.sums[agent].subarray(2 * others, 2 * others + 2);
  }

  byOutcome(): [number, number] {
    const [sums] = this.sums;
    const total: [number, number] = [0, 0];
    for (let k = 0; k < sums.length; k++) total[k % 2] += sums[k];
    return total;
  }

  at(profile: number): number {
    if (this.alone !== undefined) return profile === this.alone ? 1 : 0;
    const { environment, agents } = this.pass;
    let weight = this.constant + (this.missing?.[profile] ?? 0);
    agents.forEach(({ weights, places }, i) => {
      weight *= weights[places[environment.profiles.typeOf(profile, i)]];
    });
    return weight;
  }

  private add(profile: number, weight: number): void {
    const { environment, agents } = this.pass;
    const { profiles } = environment;
    agents.forEach(({ cuts, places }, i) => {
      const others = profiles.othersOf(i, profile);
      const x = places[profiles.typeOf(profile, i)] < cuts[others] ? 0 : 1;
      this.sums[i][2 * others + x] += weight;
    });
  }

  /** All profiles, a row of the last agent's types at a time. */
  private addAll(): void {
    const { pass, sums, constant, missing } = this;
    const { profiles } = pass.environment;
    const last = pass.agents.length - 1;
    const { cuts, sorted, weights, othersWeights } = pass.agents[last];
    const size = sorted.length;
    const types = Int32Array.from(sorted);
    // In a row, by place.
    const row = new Float64Array(size);
    for (let others = 0; others < cuts.length; others++) {
      const cut = cuts[others];
      const first = others * size;
      const weight = othersWeights[others];
      if (missing)
        for (let k = 0; k < size; k++) row[k] = (constant + missing[first + types[k]]) * weight * weights[k];
      else for (let k = 0; k < size; k++) row[k] = constant * weight * weights[k];
      let [before, behind] = [0, 0];
      for (let k = 0; k < cut; k++) before += row[k];
      for (let k = cut; k < size; k++) behind += row[k];
      sums[last][2 * others] = before;
      sums[last][2 * others + 1] = behind;
      for (let i = 0; i < last; i++) {
        const start = 2 * profiles.othersOf(i, first);
        const own = sums[i];
        for (let k = 0; k < cut; k++) own[start + 2 * types[k]] += row[k];
        for (let k = cut; k < size; k++) own[start + 2 * types[k] + 1] += row[k];
      }
    }
  }
}

/** By how much the Lagrangian falls if the tie is broken the other way, where it does. */
function tieGain(
  { environment, agents, charge }: MenuPass,
  { bindings }: MenuMultipliers,
  weights: PaymentWeights,
  profile: number,
): number {
  const { profiles } = environment;
  let chosen = 0;
  // What the second outcome adds instead of the first.
  let more = weights.at(profile) * (charge[1] - charge[0]);
  agents.forEach(({ cuts, places, gaps, sorted }, i) => {
    const others = profiles.othersOf(i, profile);
    const cut = cuts[others];
    const own = places[profiles.typeOf(profile, i)];
    const x = own < cut ? 0 : 1;
    chosen = x;
    const sums = weights.onLine(i, others);
    const keeper = (of: number) => {
      const binding = bindings[i][2 * cut + of];
      return binding === OTHER_OUTCOME ? (of === 0 ? cut - 1 : cut) : places[binding];
    };
    if (own !== keeper(x)) {
      more -= weights.at(profile) * gaps[own];
      return;
    }
    const hangs = bindings[i][2 * cut + 1 - x] === OTHER_OUTCOME && sums[1 - x] > 0;
    more -= (sums[x] + (hangs ? sums[1 - x] : 0)) * gaps[own];
    if (hangs) more += sums[1 - x] * gaps[keeper(1 - x)];
    if (sums[x] === 0) return;
    for (let place = x === 0 ? 0 : cut; place < (x === 0 ? cut : gaps.length); place++) {
      if (place === own) continue;
      const truth = profile + (sorted[place] - sorted[own]) * profiles.strides[i];
      more += weights.at(truth) * gaps[place];
    }
  });
  return Math.min(0, chosen === 0 ? more : -more);
}
