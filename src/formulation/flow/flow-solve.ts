import type { Multipliers } from "../../certificate/multipliers.js";
import { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import type { Solver } from "../../solver/solver.js";
import { type Grown, grow, type OptimalOutcome, type Separator } from "../program/grow.js";
import type { Limits } from "../resolution.js";
import { type CellPrices, cellPrices } from "./cell-prices.js";
import { CutSeparation } from "./cut-separation.js";
import { exactAmounts, floatAmounts, leastOffers } from "./flow-amounts.js";
import { type FlowTask, flowTask } from "./flow-cut.js";
import { FlowMaster } from "./flow-master.js";
import type { FlowNetwork } from "./flow-network.js";
import { exactGains } from "./gain-columns.js";
import type { FlowFound } from "./greatest-flow.js";

/** What the master problem and the flows come to: a flow with its scale, and prices; or why not. */
export interface FlowSolution extends Partial<Pick<Grown, "size" | "solver" | "solveMs" | "exactMs">> {
  readonly task: FlowTask;
  readonly purpose: Multipliers["purpose"];
  readonly flow?: FlowFound;
  readonly scale?: bigint;
  readonly prices?: CellPrices;
  readonly shortfall?: string;
}

/** Solves the master problem with cuts from flows, exactly. */
export async function solveFlow(
  problem: Problem,
  network: FlowNetwork,
  solver: Solver,
  limits: Limits,
): Promise<FlowSolution> {
  const task = flowTask(problem);
  const master = new FlowMaster(problem, network, task, solver, limits);
  const contradiction = contradictingSteps(network, master);
  if (contradiction) return { task, purpose: "infeasibility", prices: contradiction };
  const missing = new MissingRows(network, master);
  const { outcome, isOver, ...rest } = await grow(master.growing, missing, limits);
  const { status } = outcome;
  if (status === "unbounded") throw new Error("the master problem is bounded: this is a bug");
  if (status === "gave-up")
    return { task, ...rest, purpose: "bound", shortfall: isOver ? TIME_IS_UP : outcome.reason };
  const [purpose, dual] =
    status === "infeasible"
      ? (["infeasibility", outcome.farkas] as const)
      : (["bound", outcome.dual] as const);
  const prices = cellPrices(problem.question, network, master, dual, purpose);
  const base = { task, ...rest, purpose, prices };
  if (isOver && status === "optimal") return { ...base, shortfall: TIME_IS_UP };
  if (!prices) return { ...base, shortfall: "the duals do not fit machine integers" };
  return { ...base, ...missing.found };
}

const TIME_IS_UP = "the time is up";

/** Losses, incentives and cuts that the master problem leaves out. */
class MissingRows implements Separator {
  /** Once an exact solution violates nothing. */
  found: Pick<FlowSolution, "flow" | "scale" | "shortfall"> = {};
  private readonly separation: CutSeparation;
  private readonly offers;

  constructor(
    private readonly network: FlowNetwork,
    private readonly master: FlowMaster,
  ) {
    this.separation = new CutSeparation(network, master.task);
    this.offers = leastOffers(network);
  }

  near(primal: Float64Array): boolean {
    const { network, master, offers, separation } = this;
    const gains = master.gains(primal);
    if (master.addLosing(gains) + master.addGainfulReports(gains) > 0) return true;
    const money = master.money === undefined ? 0 : primal[master.money];
    const amounts = floatAmounts(network, master.task, offers, gains, money);
    return master.addViolated(separation.search(amounts), gains, money) > 0;
  }

  exactly({ primal, dual }: OptimalOutcome): boolean {
    const { network, master, offers, separation } = this;
    const gains = exactGains(network, master.groups, primal);
    if (master.addLosingExactly(gains) + master.addGainfulReportsExactly(gains) > 0) return true;
    const money = master.money === undefined ? undefined : primal.at(master.money);
    const amounts = exactAmounts(network, master.task, offers, gains, money);
    if (!amounts) {
      // On the way to the optimum fractions may be very long; a flow in floats still finds a cut.
      const [floats, amount] = [gains.toFloat64(), money?.toNumber() ?? 0];
      const { cuts } = separation.decide(floatAmounts(network, master.task, offers, floats, amount));
      this.found = { shortfall: "the flow is of larger numbers than it is made for" };
      return master.addViolated(cuts, floats, amount) > 0;
    }
    const binding = master.rows.flatMap((row, k) =>
      row.kind === "cut" && dual.numeratorAt(k) !== 0n ? [row.cut] : [],
    );
    const { cuts, flow } = separation.decide(amounts, binding);
    for (const cut of cuts) master.addCut(cut);
    this.found = { flow, scale: amounts.scale };
    return cuts.length > 0;
  }
}

/** Two neighbours each of whom would report the other, whatever is paid: the proof that nothing implements the rule. */
function contradictingSteps(network: FlowNetwork, { groups }: FlowMaster): CellPrices | undefined {
  for (const [group, columns] of groups.entries()) {
    const k = columns.contradiction();
    if (k < 0) continue;
    const [type, report] = [columns.order[k - 1], columns.order[k]];
    const incentive = [
      { group, type, report, weight: Rational.ONE },
      { group, type: report, report: type, weight: Rational.ONE },
    ];
    const budget = RationalVector.zeros(network.cellCount);
    const participation = RationalVector.zeros(network.slotNode.length);
    return { incentive, budget, participation };
  }
  return undefined;
}
