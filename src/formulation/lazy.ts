import { asked, type Problem } from "../question/problem.js";
import { allowsSubsidy } from "../question/question.js";
import type { Solver } from "../solver/solver.js";
import { interimPayments } from "../step/interim-payments.js";
import type { Formulation, LinearFormulation } from "./formulation.js";
import type { InterimRows, Misreport } from "./interim/interim-rows.js";
import { LiftedProgram } from "./interim/lift.js";
import { InterimProgram, interimProgramSize } from "./interim.js";
import { grow, type OptimalOutcome, type Separator } from "./program/grow.js";
import { GrowingProgram } from "./program/growing-program.js";
import { carriedBack } from "./program/solve-linear.js";
import type { Limits, Resolution } from "./resolution.js";
import { choiceCounts, type Size } from "./size.js";

/** A program in interim payments whose IC rows need not all be there. */
interface InterimFormulation extends LinearFormulation {
  readonly rows: InterimRows;
}

/** A slack below the first, in a float solution, is a violation; below the second, it is looked at exactly. */
const VIOLATED = 1e-8;
const DOUBTFUL = 1e-6;

/**
 * IC in rows that are added as they are violated, on a program in interim payments: `interim` where that applies, else the
 * interim lift with payments at every profile. It starts from IC between neighbours; a solution that violates no IC
 * row is a solution of the whole program, and rows that were never added have the multiplier zero.
 */
export const lazy: Formulation = {
  name: "lazy",
  theorem: "interim lift",
  programs: true,
  obstacle,
  size,
  program: (problem) => startingProgram(problem).program,
  resolve,
};

function obstacle({ environment, question }: Problem): string | undefined {
  if (environment.prior.kind !== "independent") return "the types are correlated";
  if (question.ic !== "bayesian") return "incentives are not asked in expectation";
  if (environment.agentCount === 1) return "a single agent's payments are its interim payments";
  return undefined;
}

/** Of the program with IC between neighbours. */
function size(problem: Problem): Size {
  const { sizes } = problem.environment.profiles;
  const neighbours = sizes.map((own) => 2 * (own - 1));
  const isInterim = interimPayments.obstacle(problem) === undefined;
  const of = isInterim ? interimProgramSize(problem, neighbours) : liftedSize(problem, neighbours);
  return { ...of, known: "at first" };
}

/** With payments at every profile besides; coefficients that happen to be zero are counted. */
function liftedSize(problem: Problem, pairs: readonly number[]): Size {
  const { environment, question } = problem;
  const { sizes, count } = environment.profiles;
  const exact = question.balance === "exact";
  const kept = sizes.length - (exact ? 1 : 0);
  const perPayment = exact ? 1 + kept : 1;
  const subsidies = allowsSubsidy(question) ? count : 0;
  const worst = subsidies > 0 && question.objective === "min-worst-subsidy" ? 1 : 0;
  // Participation in expectation and the one budget give way to these at every profile.
  const base = interimProgramSize(asked(problem, { ir: "none", budget: "none" }), pairs);
  const { outcomes } = choiceCounts(problem);
  const types = sizes.reduce((sum, own) => sum + own, 0);
  const budgetRows = exact ? 0 : count;
  return {
    rows: base.rows + types + sizes.length * count + budgetRows + worst * count,
    columns: base.columns + kept * count + subsidies + worst,
    nonzeros:
      base.nonzeros +
      types +
      2 * sizes.length * (count * (perPayment + 1) + outcomes) +
      budgetRows * (kept + 1) +
      outcomes +
      2 * worst * count,
  };
}

async function* resolve(problem: Problem, solver: Solver, limits: Limits): AsyncIterable<Resolution> {
  const started = performance.now();
  const { environment } = problem;
  const form = startingProgram(problem);
  const growing = new GrowingProgram(form.rows.builder, solver, limits);
  const incentives = new MissingIncentives(environment.profiles.sizes, form, growing);
  const formulateMs = performance.now() - started;
  const grown = await grow(growing, incentives, limits);
  const { outcome, proposal, isOver, size, solver: report, solveMs, exactMs } = grown;
  const back = carriedBack(form, outcome, proposal);
  yield {
    formulation: lazy.name,
    size,
    // What meets but some of the incentives is no answer.
    ...(isOver ? { multipliers: back.multipliers, shortfall: "the time is up" } : back),
    solver: report,
    timing: { formulateMs, solveMs, exactMs },
  };
}

function startingProgram(problem: Problem): InterimFormulation {
  return interimPayments.obstacle(problem) === undefined
    ? new InterimProgram(problem, neighbours)
    : new LiftedProgram(problem, neighbours);
}

function* neighbours(typeCount: number): Iterable<Misreport> {
  for (let type = 1; type < typeCount; type++) {
    yield [type, type - 1];
    yield [type - 1, type];
  }
}

interface FloatRow {
  readonly constant: number;
  readonly terms: readonly (readonly [column: number, factor: number])[];
}

/** The IC rows that are there, and those that are not. */
class MissingIncentives implements Separator {
  private readonly known = new Set<string>();
  private readonly floats = new Map<string, FloatRow>();

  constructor(
    private readonly sizes: readonly number[],
    private readonly form: InterimFormulation,
    private readonly growing: GrowingProgram,
  ) {
    for (const meaning of form.rows.meanings) {
      if (meaning.kind !== "requirement" || meaning.on !== "incentive") continue;
      const { agent, type, report } = meaning.place;
      this.known.add(key(agent!, [type!, report!]));
    }
  }

  /** For each type the report by which it gains most. */
  near(primal: Float64Array): boolean {
    const found: [number, Misreport][] = [];
    this.forEachType((agent, type) => {
      let worst = -VIOLATED;
      let best = -1;
      for (let report = 0; report < this.sizes[agent]; report++) {
        if (report === type || this.known.has(key(agent, [type, report]))) continue;
        const slack = this.slack(agent, type, report, primal);
        if (!(slack < worst)) continue;
        worst = slack;
        best = report;
      }
      if (best >= 0) found.push([agent, [type, best]]);
    });
    return this.add(found);
  }

  /** All reports by which some type gains, decided exactly. */
  exactly({ primal }: OptimalOutcome): boolean {
    const floats = primal.toFloat64();
    const found: [number, Misreport][] = [];
    this.forEachType((agent, type) => {
      for (let report = 0; report < this.sizes[agent]; report++) {
        if (report === type || this.known.has(key(agent, [type, report]))) continue;
        if (this.slack(agent, type, report, floats) > DOUBTFUL) continue;
        if (this.form.rows.incentive(agent, type, report).at(primal).sign < 0)
          found.push([agent, [type, report]]);
      }
    });
    return this.add(found);
  }

  /** Whether there are any. */
  private add(misreports: readonly [agent: number, misreport: Misreport][]): boolean {
    for (const [agent, [type, report]] of misreports) {
      const { terms, bound } = this.form.rows.incentive(agent, type, report);
      this.known.add(key(agent, [type, report]));
      this.form.rows.meanings.push({ kind: "requirement", on: "incentive", place: { agent, type, report } });
      this.growing.addRow(terms, bound);
    }
    return misreports.length > 0;
  }

  private slack(agent: number, type: number, report: number, primal: Float64Array): number {
    const place = key(agent, [type, report]);
    let row = this.floats.get(place);
    if (!row) {
      const { terms, constant } = this.form.rows.incentive(agent, type, report);
      row = {
        constant: constant.toNumber(),
        terms: terms.map(([column, factor]) => [column, factor.toNumber()]),
      };
      this.floats.set(place, row);
    }
    let slack = row.constant;
    for (const [column, factor] of row.terms) slack += factor * primal[column];
    return slack;
  }

  private forEachType(visit: (agent: number, type: number) => void): void {
    this.sizes.forEach((size, agent) => {
      for (let type = 0; type < size; type++) visit(agent, type);
    });
  }
}

function key(agent: number, [type, report]: Misreport): string {
  return `${agent} ${type} ${report}`;
}
