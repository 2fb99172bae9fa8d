import { efficientOutcomes } from "../../environment/efficiency.js";
import type { Environment } from "../../environment/environment.js";
import type { TieRule } from "../../space/rule.js";
import { type EfficientRows, TIED } from "./efficient-rows.js";

/** What a pass over all profiles adds up, in machine integers: sums of products of the marginals' numerators and the shares. */
export interface InterimSums {
  /** `sums[i][type * outcomeCount + outcome]`: the weight of the others' profiles at which agent `i`'s report brings it. */
  readonly sums: readonly Float64Array[];
  /** By type of the first agent: the same weights times the cost of what is chosen. Absent where costs are by outcome. */
  readonly costs: Float64Array | undefined;
  /** The number by which every weight was multiplied, so that lotteries at ties are whole. */
  readonly shares: number;
  /** Profiles with more than one efficient outcome. */
  readonly tied: readonly number[];
}

/** A look at every profile, a row of the last agent's types at a time. Sums must be known to fit machine integers. */
export function rowPass(
  environment: Environment,
  rows: EfficientRows,
  ties: TieRule,
  shares: number,
): InterimSums {
  return new RowPass(environment, rows, ties, shares).run();
}

class RowPass {
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

  run(): InterimSums {
    const own = this.marginals[this.marginals.length - 1];
    for (let b = 0; b < own.length; b++) this.cumulative[b + 1] = this.cumulative[b] + own[b];
    const { environment, rows } = this;
    const { profiles, agentCount } = environment;
    const types = new Array<number>(agentCount - 1).fill(0);
    for (let row = 0; row < rows.rowCount; row++) {
      rows.fill(row);
      this.addRow(row, types);
      for (let i = agentCount - 2; i >= 0 && ++types[i] === profiles.sizes[i]; i--) types[i] = 0;
    }
    this.sumSteps(this.sums[agentCount - 1]);
    const costs = environment.costs.dependsOnProfile ? this.costs : undefined;
    return { sums: this.sums, costs, shares: this.shares, tied: this.tied };
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
