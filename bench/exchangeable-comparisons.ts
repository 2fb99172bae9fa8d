import { publicGood, singleGoodAuction } from "../models/index.js";
import { directProgram } from "../src/formulation/direct.js";
import type { FormulationName } from "../src/formulation/formulation.js";
import { toFloatProgram } from "../src/lp/float-program.js";
import { type Problem, posed } from "../src/question/problem.js";
import { PATIENCE, provenBy, solvedByHighs } from "./against-direct.js";
import { type Comparison, settledMedian } from "./comparison.js";

function againstDirect(
  name: string,
  what: string,
  formulation: FormulationName,
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
      ours: async () => (await provenBy(formulation, problemOf())).ms,
      figure: async () => {
        const { optimum } = await provenBy(formulation, problemOf());
        const ours = await settledMedian(async () => (await provenBy(formulation, problemOf())).ms);
        const program = toFloatProgram(directProgram(problemOf()).program);
        return (await solvedByHighs(program, sign * optimum.toNumber())) / ours;
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
    against: "a limit of time",
    target: { kind: "at most", value: most, unit: "ms" },
    prepare: async () => ({
      ours: async () => (await provenBy("exchangeable", problemOf())).ms,
      note: "92,378 multisets of types stand for all profiles",
    }),
  };
}

/** Exchangeable agents against the direct program, and ten of them, whom it cannot take. */
export const exchangeableComparisons: readonly Comparison[] = [
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
  tenAgents(
    "exchangeable-10-participation",
    "public good of cost 5, least subsidy, ex post IR, ex ante balance",
    3000,
    () =>
      posed(publicGood({ agents: 10, grid: { points: 10 }, cost: "5" }).environment, {
        ir: "ex-post",
        budget: "ex-ante",
      }),
  ),
  tenAgents(
    "exchangeable-10-refusal",
    "auction, largest revenue of efficient rules, ex post IR, no deficit",
    10_000,
    () =>
      posed(singleGoodAuction({ agents: 10, grid: { points: 10 } }).environment, {
        ir: "ex-post",
        balance: "no-deficit",
        objective: "max-surplus",
      }),
  ),
];
