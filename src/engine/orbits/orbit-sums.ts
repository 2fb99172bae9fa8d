import { lcm, Rational } from "../../number/rational.js";
import { packIntegers, RationalVector } from "../../number/rational-vector.js";
import type { ClassLottery, OutcomeClass } from "./orbit-pattern.js";
import { NOBODY, type OrbitTable, type OrbitView, SEVERAL } from "./orbit-table.js";

/** What one of exchangeable agents may expect of a symmetric rule when it reports a type. */
export interface SymmetricOutcomes {
  /** `chances.at(type * classes + class)`: how likely the outcome is worth to the agent what the class is worth. */
  readonly chances: RationalVector;
  /** `E[r | type]`. */
  readonly costs: RationalVector;
}

/** Whole numbers over a denominator, by type and class of values (zero for the base class), and of cost by type. */
export interface OrbitTotals {
  readonly chances: readonly bigint[];
  readonly costs: readonly bigint[];
  readonly denominator: bigint;
}

/**
 * Sums over orbits of what is chosen there: weights times the number of agents of a type, who get what a class of values is
 * worth, or bear a cost. Sure choices are added in machine integers, limb by limb, the table's limbs being such that no sum
 * over all orbits and agents is inexact; proper lotteries in integers of any size, each over its own denominator.
 */
export class OrbitSums {
  /** By limb: `chosen[type * classes + class]`. */
  private readonly chosen: readonly Float64Array[];
  /** By limb: `spent[type * outcomes + x]`, for outcomes that cost anything. */
  private readonly spent: readonly Float64Array[];
  /** By type, where cost depends on the profile. */
  private readonly charged: bigint[];
  private readonly lotteries = new Map<bigint, { chances: bigint[]; costs: bigint[] }>();

  /** Starts from what another has summed so far. */
  constructor(
    private readonly table: OrbitTable,
    from?: OrbitSums,
  ) {
    const { environment, limbs, mass, values } = table;
    const [chances, outcomes] = [mass.length * values.count, mass.length * environment.outcomes.length];
    this.chosen = limbs.map((_, l) => from?.chosen[l].slice() ?? new Float64Array(chances));
    this.spent = limbs.map((_, l) => from?.spent[l].slice() ?? new Float64Array(outcomes));
    this.charged = from ? [...from.charged] : new Array<bigint>(mass.length).fill(0n);
    for (const [denominator, { chances, costs }] of from?.lotteries ?? []) {
      this.lotteries.set(denominator, { chances: [...chances], costs: [...costs] });
    }
  }

  add(orbit: number, view: OrbitView, { parts, denominator }: ClassLottery): void {
    if (view.impossible === SEVERAL) return;
    if (parts.length === 1) {
      this.addClass(orbit, view, parts[0].of);
      return;
    }
    const { table, charged, lotteries } = this;
    const none = () => charged.map(() => 0n);
    const sums = lotteries.get(denominator) ?? { chances: table.values.values.map(() => 0n), costs: none() };
    lotteries.set(denominator, sums);
    const weight = table.weight(orbit);
    for (const { of, share } of parts) {
      of.block.forEach((b, e) => {
        const type = view.types[view.from + b];
        if (!counts(view, b)) return;
        sums.chances[type * table.values.count + of.valueClass[e]] += weight * share * BigInt(of.count[e]);
      });
      this.charge(view, of, weight * share, sums.costs);
    }
  }

  private addClass(orbit: number, view: OrbitView, of: OutcomeClass): void {
    const { table, charged } = this;
    const { types, from, pattern, impossible } = view;
    const { limbs, values, environment, isFree } = table;
    const { block, valueClass, count } = of;
    const x = of.outcomes[0];
    for (let l = 0; l < limbs.length; l++) {
      const weight = limbs[l][orbit];
      if (weight === 0) continue;
      const chosen = this.chosen[l];
      for (let e = 0; e < block.length; e++) {
        if (impossible !== NOBODY && block[e] !== impossible) continue;
        chosen[types[from + block[e]] * values.count + valueClass[e]] += weight * count[e];
      }
      if (isFree[x] === 1) continue;
      const spent = this.spent[l];
      for (let b = 0; b < pattern.counts.length; b++) {
        if (!counts(view, b)) continue;
        spent[types[from + b] * environment.outcomes.length + x] += weight * pattern.counts[b];
      }
    }
    if (environment.costs.dependsOnProfile) this.charge(view, of, table.weight(orbit), charged);
  }

  private charge(view: OrbitView, { outcomes }: OutcomeClass, weight: bigint, costs: bigint[]): void {
    const cost = BigInt(this.table.environment.costs.numerator(0, view.profile, outcomes[0])) * weight;
    if (cost === 0n) return;
    view.pattern.counts.forEach((count, b) => {
      if (counts(view, b)) costs[view.types[view.from + b]] += cost * BigInt(count);
    });
  }

  totals(): OrbitTotals {
    const { table, chosen, spent } = this;
    const { outcomes, costs } = table.environment;
    let denominator = 1n;
    for (const own of this.lotteries.keys()) denominator = lcm(denominator, own);
    const chances = Array.from(chosen[0], (_, k) => table.joined((_limb, l) => chosen[l][k]) * denominator);
    const charged = this.charged.map((whole, type) => {
      let total = whole;
      for (let x = 0; x < outcomes.length; x++) {
        if (table.isFree[x] === 1) continue;
        const weight = table.joined((_limb, l) => spent[l][type * outcomes.length + x]);
        total += weight * BigInt(costs.numerator(0, 0, x));
      }
      return total * denominator;
    });
    for (const [own, sums] of this.lotteries) {
      const factor = denominator / own;
      sums.chances.forEach((chance, k) => {
        chances[k] += chance * factor;
      });
      sums.costs.forEach((cost, type) => {
        charged[type] += cost * factor;
      });
    }
    return { chances, costs: charged, denominator };
  }
}

/** Whether what a block's agents get is counted: where types of probability zero are present, only of the one agent alone. */
function counts({ impossible }: OrbitView, block: number): boolean {
  return impossible === NOBODY || impossible === block;
}

/** Totals of all orbits as expectations of one agent. */
export function expectations(table: OrbitTable, totals: OrbitTotals): SymmetricOutcomes {
  const { environment, mass, massDenominator, values } = table;
  const { agentCount, moneyDenominator } = environment;
  const others = massDenominator ** BigInt(agentCount - 1) * BigInt(agentCount) * totals.denominator;
  const over = mass.map((own) => others * (own === 0n ? 1n : own));
  const { count, base } = values;
  const chances = mass.flatMap((_, type) => {
    const own = totals.chances.slice(type * count, (type + 1) * count);
    own[base] = over[type] - own.reduce((sum, chance) => sum + chance, 0n);
    return own.map((chance) => Rational.of(chance, over[type]));
  });
  return {
    chances: RationalVector.from(chances),
    costs: RationalVector.from(
      totals.costs.map((cost, type) => Rational.of(cost, over[type] * moneyDenominator)),
    ),
  };
}

/** `U(a)`, what one agent of a type expects without the mechanism. */
export function expectedOutsideOptions(table: OrbitTable): RationalVector {
  const { environment, mass } = table;
  const { outsideOptions, moneyDenominator } = environment;
  if (!outsideOptions.some((option) => option.dependsOnProfile)) {
    const [own] = outsideOptions;
    const numerators = mass.map((_, type) => BigInt(own.numerator(type, 0, 0)));
    return new RationalVector(packIntegers(numerators), moneyDenominator);
  }
  const sums = mass.map(() => 0n);
  for (let orbit = 0; orbit < table.count; orbit++) {
    const view = table.view(orbit);
    if (view.impossible === SEVERAL) continue;
    const weight = table.weight(orbit);
    let agent = 0;
    view.pattern.counts.forEach((count, b) => {
      const type = view.types[view.from + b];
      const option = BigInt(outsideOptions[agent].numerator(type, view.profile, 0));
      if (counts(view, b)) sums[type] += weight * BigInt(count) * option;
      agent += count;
    });
  }
  const none = table.values.values.map(() => 0n);
  return expectations(table, { chances: none, costs: sums, denominator: 1n }).costs;
}
