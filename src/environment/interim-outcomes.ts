import { RationalSum } from "../number/rational-sum.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";
import { efficientOutcomes } from "./efficiency.js";
import { EfficientRows, TIED } from "./efficient-rows.js";
import type { Environment } from "./environment.js";
import { type KnownRule, lotteriesOf, type TieRule } from "./known-rule.js";

/** What a rule means to each type before it knows the others', with an independent prior. */
export interface InterimOutcomes {
  /** `probabilities[i].at(type * outcomeCount + outcome)`: the outcome's probability when agent `i` reports the type. */
  readonly probabilities: readonly RationalVector[];
  /** `E[r | type of the first agent]`, by type. */
  readonly costs: RationalVector;
  /** Profiles with more than one efficient outcome, where the rule is efficient. */
  readonly tied: readonly number[];
}

/**
 * One pass over all profiles, none of which is stored: machine integers while every sum provably fits 2^53, fractions
 * otherwise. The prior must be independent.
 */
export function interimOutcomes(environment: Environment, rule: KnownRule): InterimOutcomes {
  if (rule.kind === "efficient") {
    const shares = rule.ties === "uniform" ? commonMultiple(environment.outcomes.length) : 1;
    const rows = EfficientRows.of(environment);
    if (rows && sumsFit(environment, shares)) return new Pass(environment, rows, rule.ties, shares).run();
  }
  return plainPass(environment, rule);
}

/** The least number that 1 to `count` divide, so that a lottery over tied outcomes has whole shares. */
function commonMultiple(count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let multiple = 1;
  for (let k = 2; k <= count; k++) multiple = (multiple / divisor(multiple, k)) * k;
  return multiple;
}

function sumsFit({ prior, costs }: Environment, shares: number): boolean {
  let mass = shares;
  for (const { numerators, denominator } of prior.marginals) {
    if (!(numerators instanceof Float64Array)) return false;
    mass *= Number(denominator);
  }
  let largest = 1;
  if (costs.dependsOnProfile) {
    for (const cost of costs.entries.numerators) largest = Math.max(largest, Math.abs(Number(cost)));
  }
  return mass * largest <= Number.MAX_SAFE_INTEGER;
}

/** The pass in machine integers: sums of products of the marginals' numerators. */
class Pass {
  private readonly sums: Float64Array[];
  private readonly costs: Float64Array;
  private readonly tied: number[] = [];
  private readonly marginals: readonly Float64Array[];
  private readonly rowTotal: Float64Array;
  /** By type of the last agent: by how much more often than the type before it meets an outcome. */
  private readonly steps: Float64Array;
  /** By type of the last agent: the weight of all types before it. */
  private readonly cumulative: Float64Array;

  constructor(
    private readonly environment: Environment,
    private readonly rows: EfficientRows,
    private readonly ties: TieRule,
    private readonly shares: number,
  ) {
    const { profiles, prior, outcomes } = environment;
    this.sums = profiles.sizes.map((size) => new Float64Array(size * outcomes.length));
    this.costs = new Float64Array(profiles.sizes[0]);
    this.rowTotal = new Float64Array(outcomes.length);
    const last = profiles.sizes[profiles.agentCount - 1];
    this.steps = new Float64Array((last + 1) * outcomes.length);
    this.cumulative = new Float64Array(last + 1);
    this.marginals = prior.marginals.map((marginal) => marginal.numerators as Float64Array);
  }

  run(): InterimOutcomes {
    const own = this.marginals[this.marginals.length - 1];
    for (let b = 0; b < own.length; b++) this.cumulative[b + 1] = this.cumulative[b] + own[b];
    const { environment, rows } = this;
    const { profiles, prior, agentCount } = environment;
    const denominators = prior.marginals.map((marginal) => marginal.denominator);
    const types = new Array<number>(agentCount - 1).fill(0);
    for (let row = 0; row < rows.rowCount; row++) {
      rows.fill(row);
      this.addRow(row, types);
      for (let i = agentCount - 2; i >= 0 && ++types[i] === profiles.sizes[i]; i--) types[i] = 0;
    }
    this.sumSteps(this.sums[agentCount - 1]);
    const over = (agent: number) =>
      denominators.reduce((product, d, j) => (j === agent ? product : product * d), BigInt(this.shares));
    const probabilities = this.sums.map((sum, agent) => new RationalVector(sum, over(agent)));
    const costs = environment.costs.dependsOnProfile
      ? new RationalVector(this.costs, over(0) * environment.moneyDenominator)
      : costsByOutcome(environment, probabilities[0]);
    return { probabilities, costs, tied: this.tied };
  }

  private addRow(row: number, types: readonly number[]): void {
    const { environment, rows, marginals, sums, shares } = this;
    const { agentCount, outcomes, costs } = environment;
    const last = agentCount - 1;
    const width = outcomes.length;
    const own = marginals[last];
    const chosen = rows.outcome;
    let weight = shares;
    for (let i = 0; i < last; i++) weight *= marginals[i][types[i]];
    const total = this.rowTotal.fill(0);
    // Neighbours mostly share their outcome: a run of them is two entries of the steps, summed up at the end.
    let present = TIED;
    let start = 0;
    for (let b = 0; b < own.length; b++) {
      const x = chosen[b];
      if (x === present && x !== TIED) continue;
      if (present !== TIED) this.addRun(present, start, b, weight);
      if (x === TIED) this.addTie(row * rows.rowLength + b, weight, b * width, shares * own[b]);
      present = x;
      start = b;
    }
    if (present !== TIED) this.addRun(present, start, own.length, weight);
    for (let i = 0; i < last; i++) {
      let others = 1;
      for (let j = 0; j < last; j++) if (j !== i) others *= marginals[j][types[j]];
      for (let x = 0; x < width; x++) sums[i][types[i] * width + x] += total[x] * others;
    }
    if (costs.dependsOnProfile) this.addCosts(row, types);
  }

  private sumSteps(sum: Float64Array): void {
    const { steps } = this;
    const width = this.rowTotal.length;
    for (let entry = 0; entry < sum.length; entry++) {
      if (entry >= width) steps[entry] += steps[entry - width];
      sum[entry] += steps[entry];
    }
  }

  private addRun(x: number, start: number, end: number, weight: number): void {
    const width = this.rowTotal.length;
    this.steps[start * width + x] += weight;
    this.steps[end * width + x] -= weight;
    this.rowTotal[x] += this.shares * (this.cumulative[end] - this.cumulative[start]);
  }

  /** Both weights are multiples of the shares, so that dividing them leaves integers. */
  private addTie(profile: number, weight: number, entry: number, own: number): void {
    this.tied.push(profile);
    const lottery = this.lottery(profile);
    for (const x of lottery) {
      this.sums[this.sums.length - 1][entry + x] += weight / lottery.length;
      this.rowTotal[x] += own / lottery.length;
    }
  }

  private lottery(profile: number): readonly number[] {
    const outcomes = efficientOutcomes(this.environment, profile);
    if (this.ties === "uniform") return outcomes;
    return [this.ties === "first" ? outcomes[0] : outcomes[outcomes.length - 1]];
  }

  private addCosts(row: number, types: readonly number[]): void {
    const { environment, rows, marginals, shares } = this;
    const last = environment.agentCount - 1;
    const cost = (profile: number, x: number) => environment.costs.numerator(0, profile, x) as number;
    let others = shares;
    for (let i = 1; i < last; i++) others *= marginals[i][types[i]];
    for (let b = 0; b < rows.rowLength; b++) {
      const profile = row * rows.rowLength + b;
      const lottery = rows.outcome[b] === TIED ? this.lottery(profile) : [rows.outcome[b]];
      const weight = last === 0 ? shares : others * marginals[last][b];
      for (const x of lottery)
        this.costs[last === 0 ? b : types[0]] += (weight / lottery.length) * cost(profile, x);
    }
  }
}

function costsByOutcome(
  { costs, outcomes, profiles }: Environment,
  probability: RationalVector,
): RationalVector {
  const width = outcomes.length;
  const totals = Array.from({ length: profiles.sizes[0] }, (_, type) => {
    let total = 0n;
    for (let x = 0; x < width; x++) {
      const cost = costs.numerator(0, 0, x);
      if (Number(cost) !== 0) total += probability.numeratorAt(type * width + x) * BigInt(cost);
    }
    return total;
  });
  return new RationalVector(packIntegers(totals), probability.denominator * costs.entries.denominator);
}

/** The same from the definitions, in fractions. */
function plainPass(environment: Environment, rule: KnownRule): InterimOutcomes {
  const { profiles, prior, outcomes } = environment;
  const width = outcomes.length;
  const lotteries = lotteriesOf(environment, rule);
  const sums = profiles.sizes.map((size) => Array.from({ length: size * width }, () => new RationalSum()));
  const costs = Array.from({ length: profiles.sizes[0] }, () => new RationalSum());
  const tied: number[] = [];
  for (let s = 0; s < profiles.count; s++) {
    if (rule.kind === "efficient" && efficientOutcomes(environment, s).length > 1) tied.push(s);
    const lottery = lotteries(s);
    sums.forEach((sum, agent) => {
      const belief = prior.belief(agent, s);
      if (belief.isZero) return;
      const type = profiles.typeOf(s, agent);
      for (const { outcome, probability } of lottery) {
        sum[type * width + outcome].addProduct(belief, probability);
        if (agent === 0) costs[type].addProduct(belief.multiply(probability), environment.cost(outcome, s));
      }
    });
  }
  const vector = (sum: RationalSum[]) => RationalVector.from(sum.map((entry) => entry.value));
  return { probabilities: sums.map(vector), costs: vector(costs), tied };
}
