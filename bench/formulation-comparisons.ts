import { partnership, publicGood, singleGoodAuction } from "../models/index.js";
import { designFor } from "../src/design.js";
import { directProgram } from "../src/formulation/direct.js";
import { toFloatProgram } from "../src/lp/float-program.js";
import { type Problem, posed } from "../src/problem/problem.js";
import { highsSolver } from "../src/solver/highs.js";
import { type Comparison, near, RUNS, timed } from "./comparison.js";
import { rulePass } from "./trade.js";

const PARTNERS = { "1/2": ["1/2", "1/2"], "1/4": ["1/4", "3/4"], "1/10": ["1/10", "9/10"] };
/** Seconds that HiGHS gets for a direct program by each of its algorithms. */
const PATIENCE = 120;

function partners(points: number, shares: readonly string[]): Problem {
  const { environment } = partnership({ agents: 2, grid: { points }, shares: [...shares] });
  return posed(environment, { ir: "ex-post", ties: "first" });
}

/** From a parsed problem to its proven answer. */
async function proven(problem: Problem, formulation: string) {
  const { ms, value: design } = await timed(() => designFor(problem, { formulation }));
  if (!design.optimum) throw new Error(`no proven optimum by ${formulation}`);
  return { ms, optimum: design.optimum };
}

async function medianOf(run: () => Promise<number>): Promise<number> {
  await run();
  const times: number[] = [];
  for (let k = 0; k < RUNS; k++) times.push(await run());
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

/** HiGHS's solve of the direct program alone, by the faster of its algorithms; its patience where neither succeeds. */
async function directly(problem: Problem, optimum: number, sign = 1): Promise<number> {
  const program = toFloatProgram(directProgram(problem).program);
  let best = 1000 * PATIENCE;
  for (const algorithm of ["simplex", "ipm"] as const) {
    const { ms, value } = await timed(() =>
      highsSolver.solve(program, { algorithm, timeLimit: Math.min(PATIENCE, best / 1000) }),
    );
    if (value.termination !== "optimal") continue;
    near(sign * optimum, value.objective, `HiGHS by ${algorithm}`);
    best = Math.min(best, ms);
  }
  return best;
}

function againstDirect(
  name: string,
  what: string,
  formulation: string,
  factor: number,
  problemOf: () => Problem,
  sign = 1,
): Comparison {
  return {
    name,
    what: `${formulation}, ${what}, from parsed problem to proven answer`,
    against: `direct LP, HiGHS's solve alone, best of simplex and interior point, once, at most ${PATIENCE} s each`,
    target: { kind: "faster", factor },
    prepare: async () => ({
      ours: async () => (await proven(problemOf(), formulation)).ms,
      figure: async () => {
        const { optimum } = await proven(problemOf(), formulation);
        const ours = await medianOf(async () => (await proven(problemOf(), formulation)).ms);
        return (await directly(problemOf(), optimum.toNumber(), sign)) / ours;
      },
      note: "ours is a median; building the direct program is left out",
    }),
  };
}

/** Flow, exchangeable and lazy against what they replace. */
export const formulationComparisons: readonly Comparison[] = [
  ...[80, 160].flatMap((points) =>
    Object.entries(PARTNERS).map(([share, shares]) =>
      againstDirect(
        `flow-${points}-${share.replace("/", "-")}`,
        `partnership with share ${share}, ${points} types a side`,
        "flow",
        points === 80 ? 15 : 100,
        () => partners(points, shares),
      ),
    ),
  ),
  {
    name: "flow-1000",
    what: "flow, partnership with share 1/4, 1,000 types a side, from parsed problem to proven answer",
    against: "a bare pass: the efficient rule at every profile, by the library's own evaluator",
    target: { kind: "slower", factor: 100 },
    prepare: async () => ({
      ours: async () => (await proven(partners(1000, PARTNERS["1/4"]), "flow")).ms,
      theirs: async () => rulePass(partners(1000, PARTNERS["1/4"])),
      note: "optimum proven in every run",
    }),
  },
  againstDirect("exchangeable-4", "public good for four, 8 types", "exchangeable", 50, () =>
    posed(publicGood({ agents: 4, grid: { points: 8 }, cost: "2" }).environment, { ties: "uniform" }),
  ),
  againstDirect(
    "exchangeable-4-ex-post",
    "public good for four, 8 types, ex post IR",
    "exchangeable",
    50,
    () =>
      posed(publicGood({ agents: 4, grid: { points: 8 }, cost: "2" }).environment, {
        ties: "uniform",
        ir: "ex-post",
      }),
  ),
  againstDirect(
    "exchangeable-4-designed",
    "public good for four, 8 types, largest gains, ex post IC and IR, no deficit",
    "exchangeable",
    50,
    () =>
      posed(publicGood({ agents: 4, grid: { points: 8 }, cost: "2" }).environment, {
        ic: "ex-post",
        ir: "ex-post",
        balance: "no-deficit",
        allocation: "free",
        objective: "max-gains",
      }),
    -1,
  ),
  {
    name: "exchangeable-10",
    what: "exchangeable, auction with ten bidders of ten types, 10^10 profiles, largest revenue of efficient rules, proven",
    against: "a minute",
    target: { kind: "at most", value: 60_000, unit: "ms" },
    prepare: async () => {
      const { environment } = singleGoodAuction({ agents: 10, grid: { points: 10 } });
      const problem = posed(environment, { budget: "none", objective: "max-surplus" });
      return {
        ours: async () => (await proven(problem, "exchangeable")).ms,
        note: "92,378 multisets of types stand for all profiles",
      };
    },
  },
];
