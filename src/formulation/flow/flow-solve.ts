import type { Multipliers } from "../../certificate/multipliers.js";
import { nonzeroCount } from "../../lp/linear-program.js";
import { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import type { Solver } from "../../solver/solver.js";
import type { Limits, SolverReport } from "../resolution.js";
import type { Size } from "../size.js";
import { CutSeparation } from "./cut-separation.js";
import { exactAmounts, floatAmounts, leastOffers } from "./flow-amounts.js";
import { type FlowTask, flowTask } from "./flow-cut.js";
import { FlowMaster } from "./flow-master.js";
import type { FlowStates } from "./flow-states.js";
import { exactGains } from "./gain-columns.js";
import type { FlowFound } from "./state-flow.js";
import { type StatePrices, statePrices } from "./state-prices.js";

/** What the master problem and the flows come to: a flow with its scale, and prices; or why not. */
export interface FlowSolution {
  readonly task: FlowTask;
  readonly purpose: Multipliers["purpose"];
  readonly flow?: FlowFound;
  readonly scale?: bigint;
  readonly prices?: StatePrices;
  readonly shortfall?: string;
  readonly size: Size;
  readonly solver: SolverReport;
  readonly solveMs: number;
  readonly exactMs: number;
}

/** Solves the master problem with cuts from flows, exactly. */
export async function solveFlow(
  problem: Problem,
  states: FlowStates,
  solver: Solver,
  limits: Limits,
): Promise<FlowSolution> {
  const started = performance.now();
  const task = flowTask(problem);
  const master = new FlowMaster(problem, states, task, solver, limits);
  const contradiction = contradictingSteps(states, master);
  try {
    const found = contradiction ?? (await run(problem, states, master, limits));
    const { growing } = master;
    const { program } = growing;
    const solvedAt = found.solvedAt ?? started;
    return {
      task,
      ...found,
      size: { rows: program.rowCount, columns: program.columnCount, nonzeros: nonzeroCount(program) },
      solver: { ...growing.report, iterations: growing.iterations, exactPivots: found.pivots },
      solveMs: solvedAt - started,
      exactMs: performance.now() - solvedAt,
    };
  } finally {
    master.growing.dispose();
  }
}

/** What the last bound may take once the time is up; mostly it takes milliseconds. */
const LAST_SECONDS = 1;

type Found = Pick<FlowSolution, "purpose" | "flow" | "scale" | "prices" | "shortfall"> & {
  readonly pivots: number;
  readonly solvedAt?: number;
};

async function run(problem: Problem, states: FlowStates, master: FlowMaster, limits: Limits): Promise<Found> {
  const { task, growing } = master;
  const separation = new CutSeparation(states, task);
  const offers = leastOffers(states);
  const end = performance.now() + 1000 * (limits.timeLimit ?? Number.POSITIVE_INFINITY);
  let pivots = 0;
  let solvedAt = performance.now();
  const gaveUp = (shortfall: string): Found => ({ purpose: "bound", shortfall, pivots, solvedAt });
  for (;;) {
    if (performance.now() > end || limits.signal?.aborted) {
      // Cuts that are missing only leave the bound weaker.
      await growing.propose(LAST_SECONDS);
      const outcome = growing.exactly({ timeLimit: LAST_SECONDS });
      const dual = outcome.status === "optimal" ? outcome.dual : undefined;
      const prices = dual && statePrices(problem.question, states, master, dual, "bound");
      return { ...gaveUp("the time is up"), prices };
    }
    const proposal = await growing.propose();
    if (proposal.termination === "optimal" && proposal.primal) {
      const gains = master.gains(proposal.primal);
      if (master.addLosing(gains) + master.addGainfulReports(gains) > 0) continue;
      const money = master.money === undefined ? 0 : proposal.primal[master.money];
      const amounts = floatAmounts(states, task, offers, gains, money);
      if (master.addViolated(separation.search(amounts), gains, money) > 0) continue;
    }
    solvedAt = performance.now();
    const outcome = growing.exactly();
    pivots += outcome.pivots;
    if (outcome.status === "gave-up") return gaveUp(outcome.reason);
    if (outcome.status === "unbounded") throw new Error("the master problem is bounded: this is a bug");
    if (outcome.status === "infeasible") {
      const prices = statePrices(problem.question, states, master, outcome.farkas, "infeasibility");
      if (!prices) return gaveUp("the duals do not fit machine integers");
      return { purpose: "infeasibility", prices, pivots, solvedAt };
    }
    const gains = exactGains(states, master.groups, outcome.primal);
    if (master.addLosingExactly(gains) + master.addGainfulReportsExactly(gains) > 0) continue;
    const money = master.money === undefined ? undefined : outcome.primal.at(master.money);
    const amounts = exactAmounts(states, task, offers, gains, money);
    if (!amounts) {
      // On the way to the optimum fractions may be very long; a flow in floats still finds a cut.
      const [floats, amount] = [gains.toFloat64(), money?.toNumber() ?? 0];
      const { cuts } = separation.decide(floatAmounts(states, task, offers, floats, amount));
      if (master.addViolated(cuts, floats, amount) > 0) continue;
      const prices = statePrices(problem.question, states, master, outcome.dual, "bound");
      return { ...gaveUp("the flow is of larger numbers than it is made for"), prices };
    }
    const binding = master.rows.flatMap((row, k) =>
      row.kind === "cut" && outcome.dual.numeratorAt(k) !== 0n ? [row.cut] : [],
    );
    const { cuts, flow } = separation.decide(amounts, binding);
    for (const cut of cuts) master.addCut(cut);
    if (cuts.length > 0) continue;
    const prices = statePrices(problem.question, states, master, outcome.dual, "bound");
    if (!prices) return gaveUp("the duals do not fit machine integers");
    return { purpose: "bound", flow, scale: amounts.scale, prices, pivots, solvedAt };
  }
}

/** Two neighbours each of whom would report the other, whatever is paid: the proof that nothing implements the rule. */
function contradictingSteps(states: FlowStates, { groups }: FlowMaster): Found | undefined {
  for (const [group, columns] of groups.entries()) {
    const k = columns.contradiction();
    if (k < 0) continue;
    const [type, report] = [columns.order[k - 1], columns.order[k]];
    const incentive = [
      { group, type, report, weight: Rational.ONE },
      { group, type: report, report: type, weight: Rational.ONE },
    ];
    const budget = RationalVector.zeros(states.stateCount);
    const participation = RationalVector.zeros(states.slotNode.length);
    const prices = { incentive, budget, participation };
    return { purpose: "infeasibility", prices, pivots: 0 };
  }
  return undefined;
}
