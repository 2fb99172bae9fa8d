import { partnership, publicGood, singleGoodAuction } from "../models/index.js";
import { designFor } from "../src/design.js";
import { directProgram } from "../src/formulation/direct.js";
import { toFloatProgram } from "../src/lp/float-program.js";
import { type Problem, posed } from "../src/problem/problem.js";
import { highsSolver } from "../src/solver/highs.js";
import { type Comparison, medians, near, timed } from "./comparison.js";
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
        const [ours] = await medians([async () => (await proven(problemOf(), formulation)).ms]);
        return (await directly(problemOf(), optimum.toNumber(), sign)) / ours;
      },
      note: "ours is a median after warming up; building the direct program is left out",
    }),
  };
}

/** Ten agents of ten types: 10^10 profiles, for which 92,378 multisets of types stand. */
function tenAgents(name: string, what: string, most: number, problemOf: () => Problem): Comparison {
  return {
    name,
    what: `exchangeable, ten agents of ten types, 10^10 profiles, ${what}, from parsed problem to proven answer`,
    against: "a clock",
    target: { kind: "at most", value: most, unit: "ms" },
    prepare: async () => ({
      ours: async () => (await proven(problemOf(), "exchangeable")).ms,
      note: "92,378 multisets of types stand for all profiles",
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
  ...(["uniform", "optimise"] as const).map((ties) =>
    againstDirect(
      ties === "uniform" ? "exchangeable-4" : `exchangeable-4-${ties}`,
      `public good for four, 8 types, ties ${ties}`,
      "exchangeable",
      50,
      () => posed(publicGood({ agents: 4, grid: { points: 8 }, cost: "2" }).environment, { ties }),
    ),
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
  tenAgents("exchangeable-10", "auction, largest revenue of efficient rules", 2000, () =>
    posed(singleGoodAuction({ agents: 10, grid: { points: 10 } }).environment, {
      budget: "none",
      objective: "max-surplus",
    }),
  ),
  tenAgents("exchangeable-10-revenue", "auction, largest revenue of all (Myerson)", 3000, () =>
    posed(singleGoodAuction({ agents: 10, grid: { points: 10 } }).environment, {
      budget: "none",
      objective: "max-surplus",
      allocation: "free",
    }),
  ),
  tenAgents("exchangeable-10-good", "public good of cost 5, least subsidy", 3000, () =>
    posed(publicGood({ agents: 10, grid: { points: 10 }, cost: "5" }).environment),
  ),
  tenAgents("exchangeable-10-gains", "public good of cost 5, largest gains without a deficit", 5000, () =>
    posed(publicGood({ agents: 10, grid: { points: 10 }, cost: "5" }).environment, {
      balance: "no-deficit",
      objective: "max-gains",
      allocation: "free",
    }),
  ),
  tenAgents(
    "exchangeable-10-ironed",
    "auction, largest revenue of all with two humps of values",
    5000,
    () => {
      const distribution = { weights: [6, 5, 4, 1, 1, 1, 2, 5, 4, 2] };
      return posed(singleGoodAuction({ agents: 10, grid: { points: 10, distribution } }).environment, {
        budget: "none",
        objective: "max-surplus",
        allocation: "free",
      });
    },
  ),
];
