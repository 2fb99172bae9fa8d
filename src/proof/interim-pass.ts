import type { Environment } from "../environment/environment.js";
import type { TieRule } from "../environment/known-rule.js";

/**
 * What the referee knows of an efficient rule after looking at every profile once, by itself. Integers in doubles: weights
 * are products of the marginals' numerators and of `shares`, money is over the environment's denominator.
 */
export interface InterimPass {
  readonly shares: number;
  /** `mass[i][type * outcomes + x]`: weight of the others' profiles at which the rule chooses `x`. */
  readonly mass: readonly Float64Array[];
  /** `cost[i][type]`: the same weights times the cost of what is chosen. */
  readonly cost: readonly Float64Array[];
  /** Weight times welfare of what is chosen, over all profiles; as a BigInt because it may be large. */
  readonly welfare: bigint;
  /** Profiles with more than one efficient outcome. */
  readonly tied: readonly number[];
  /** Outcomes with positive probability, summed over all profiles. */
  readonly support: number;
}

/** Undefined where an integer of the pass might not be exact in a double, or values and outside options depend on more than the own type. */
export function interimPass(environment: Environment, ties: TieRule): InterimPass | undefined {
  const { profiles, prior, values, costs, outcomes, agentCount } = environment;
  const width = outcomes.length;
  const shares = ties === "uniform" ? factorial(width) : 1;
  if (prior.kind !== "independent" || !isExact(environment, shares)) return undefined;
  const p = prior.marginals.map((marginal) => marginal.numerators as Float64Array);
  const v = values.map((table) => table.entries.numerators as Float64Array);
  const last = agentCount - 1;
  const lastValues = v[last];
  const mass = profiles.sizes.map((size) => new Float64Array(size * width));
  const lastMass = mass[last];
  const lastMarginal = p[last];
  const cost = profiles.sizes.map((size) => new Float64Array(size));
  const tied: number[] = [];
  const byProfile = costs.dependsOnProfile;
  const costOf = (s: number, x: number) => costs.numerator(0, s, x) as number;
  const prefix = new Float64Array(width);
  const chosenMass = new Float64Array(width);
  let welfare = 0n;
  let support = 0;

  for (let first = 0; first < profiles.count; first += profiles.sizes[last]) {
    let before = shares;
    prefix.fill(0);
    for (let i = 0; i < last; i++) {
      const type = profiles.typeOf(first, i);
      before *= p[i][type];
      for (let x = 0; x < width; x++) prefix[x] += v[i][type * width + x];
    }
    if (!byProfile) for (let x = 0; x < width; x++) prefix[x] -= costOf(0, x);
    chosenMass.fill(0);
    let chosenCost = 0;
    let chosenWelfare = 0;
    for (let b = 0; b < profiles.sizes[last]; b++) {
      const own = b * width;
      let best = Number.NEGATIVE_INFINITY;
      let from = 0;
      let to = 0;
      for (let x = 0; x < width; x++) {
        let w = prefix[x] + lastValues[own + x];
        if (byProfile) w -= costOf(first + b, x);
        if (w > best) {
          best = w;
          from = x;
          to = x;
        } else if (w === best) to = x;
      }
      const weight = lastMarginal[b] * shares;
      chosenWelfare += weight * best;
      if (from === to || ties !== "uniform") {
        if (from !== to) tied.push(first + b);
        const x = ties === "last" ? to : from;
        lastMass[own + x] += before;
        chosenMass[x] += weight;
        support++;
        if (byProfile) {
          chosenCost += weight * costOf(first + b, x);
          cost[last][b] += before * costOf(first + b, x);
        }
        continue;
      }
      tied.push(first + b);
      const equal: number[] = [];
      for (let x = from; x <= to; x++) {
        const charge = byProfile ? costOf(first + b, x) : 0;
        if (prefix[x] + lastValues[own + x] - charge === best) equal.push(x);
      }
      support += equal.length;
      for (const x of equal) {
        lastMass[own + x] += before / equal.length;
        chosenMass[x] += weight / equal.length;
        if (byProfile) {
          chosenCost += (weight / equal.length) * costOf(first + b, x);
          cost[last][b] += (before / equal.length) * costOf(first + b, x);
        }
      }
    }
    welfare += BigInt(chosenWelfare) * BigInt(before / shares);
    for (let i = 0; i < last; i++) {
      const type = profiles.typeOf(first, i);
      let others = 1;
      for (let j = 0; j < last; j++) if (j !== i) others *= p[j][profiles.typeOf(first, j)];
      for (let x = 0; x < width; x++) mass[i][type * width + x] += others * chosenMass[x];
      cost[i][type] += others * chosenCost;
    }
  }
  if (!byProfile) {
    mass.forEach((own, i) => {
      for (let k = 0; k < own.length; k++) cost[i][Math.floor(k / width)] += own[k] * costOf(0, k % width);
    });
  }
  return { shares, mass, cost, welfare, tied, support };
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** All sums stay below the whole probability times the greatest money, and those are safe integers. */
function isExact({ prior, values, costs, outsideOptions }: Environment, shares: number): boolean {
  let whole = shares;
  for (const { numerators, denominator } of prior.marginals) {
    if (!(numerators instanceof Float64Array)) return false;
    whole *= Number(denominator);
  }
  let money = 1;
  for (const table of [...values, costs, ...outsideOptions]) {
    if (!(table.entries.numerators instanceof Float64Array)) return false;
    let most = 0;
    for (const numerator of table.entries.numerators) most = Math.max(most, Math.abs(numerator));
    money += most;
  }
  const ownTypeAlone = [...values, ...outsideOptions].every((table) => !table.dependsOnProfile);
  return ownTypeAlone && whole * money <= Number.MAX_SAFE_INTEGER;
}
