import { expect, test, vi } from "vitest";
import { partnership } from "../../models/index.js";
import { designFor } from "../../src/design.js";
import { directProgram } from "../../src/formulation/direct.js";
import { WideAmounts } from "../../src/formulation/flow/wide-amounts.js";
import { flow } from "../../src/formulation/flow.js";
import { toFloatProgram } from "../../src/lp/float-program.js";
import { posed } from "../../src/question/problem.js";
import { choices } from "../../src/question/question.js";
import { highsSolver } from "../../src/solver/highs.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";
import { answerOf, compareWithDirect, type Tally } from "./against-direct.js";
import { resolved } from "./resolved.js";

const COUNT = Number(process.env["COUNT"] ?? 300);

test("interim payments with cuts from flows give the direct program's optimum, and the way back proves it", async () => {
  const tally: Tally = {};
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x3f84d5b5);
    const environment = randomEnvironment(seed, { agents: [2, 4], types: [1, 4], prior: "independent" });
    const question = {
      ic: random.pick(["bayesian", "bayesian", "bayesian", "none"] as const),
      ir: "ex-post" as const,
      budget: "ex-post" as const,
      balance: random.pick(choices.balance),
      objective: random.pick(["min-subsidy", "min-worst-subsidy", ...choices.objective] as const),
      allocation: random.pick(["efficient", "efficient", "given"] as const),
      ties: random.pick(["first", "last", "uniform"] as const),
    };
    const problem = posed(environment, question, randomRule(environment, seed));
    const applied = tally["applied"] ?? 0;
    await compareWithDirect(problem, flow, tally, `seed ${seed}, ${JSON.stringify(question)}`);
    const agents = `${environment.agentCount} agents`;
    if ((tally["applied"] ?? 0) > applied) tally[agents] = (tally[agents] ?? 0) + 1;
  }
  console.log(`flow, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const kind of [
    "infeasible",
    "zero",
    "not zero",
    "IC none",
    "IC bayesian",
    "budget ex-post exact",
    "budget ex-post no-deficit",
    "2 agents",
    "3 agents",
    "4 agents",
    ...choices.objective,
  ]) {
    expect(tally[kind], kind).toBeGreaterThan(0);
  }
});

test("flows of numbers beyond 2^53 give the direct program's optimum as well", async () => {
  const tally: Tally = {};
  let wide = 0;
  const { of } = WideAmounts;
  const counted = vi.spyOn(WideAmounts, "of").mockImplementation((length, bits, amount) => {
    wide++;
    return of(length, bits, amount);
  });
  for (let seed = 1; seed <= COUNT / 5; seed++) {
    const random = new RandomSource(seed ^ 0x2545f491);
    const environment = randomEnvironment(seed, {
      agents: [2, 3],
      types: [2, 4],
      prior: "independent",
      heaviest: 500,
    });
    const question = {
      ir: "ex-post" as const,
      budget: "ex-post" as const,
      balance: random.pick(choices.balance),
      objective: random.pick(["min-subsidy", "min-worst-subsidy", "max-surplus"] as const),
      ties: random.pick(["first", "last"] as const),
    };
    const before = wide;
    await compareWithDirect(posed(environment, question), flow, tally, `seed ${seed}`);
    const kind = wide > before ? `wide ${question.objective} ${question.balance}` : "short";
    tally[kind] = (tally[kind] ?? 0) + 1;
  }
  counted.mockRestore();
  console.log(`flow with long fractions, seeds 1 to ${COUNT / 5}: ${JSON.stringify(tally)}`);
  for (const objective of ["min-subsidy", "min-worst-subsidy"]) {
    for (const balance of choices.balance)
      expect(tally[`wide ${objective} ${balance}`], `${objective} ${balance}`).toBeGreaterThan(0);
  }
});

test("where ties are left to the design, a rule is answered with only if the proof shows that it is best", async () => {
  const tally: Tally = {};
  let left = 0;
  for (let seed = 1; seed <= COUNT / 3; seed++) {
    const random = new RandomSource(seed ^ 0x1b873593);
    const environment = randomEnvironment(seed, {
      agents: [2, 2],
      types: [2, 4],
      outcomes: [2, 3],
      prior: "independent",
    });
    const question = {
      ir: "ex-post" as const,
      balance: random.pick(choices.balance),
      objective: random.pick(choices.objective),
    };
    const problem = posed(environment, question);
    const tied =
      environment.profiles.count > 0 &&
      [...Array(environment.profiles.count).keys()].some((s) => !problem.allowed.fixed(s));
    if (!tied || flow.obstacle(problem)) continue;
    const { optimum, infeasible, unbounded } = await resolved(flow, problem);
    if (!optimum && !infeasible && !unbounded) left++;
    else await compareWithDirect(problem, flow, tally, `seed ${seed}, ${JSON.stringify(question)}`);
  }
  console.log(`flow with ties, seeds 1 to ${COUNT / 3}: ${left} left to others, ${JSON.stringify(tally)}`);
  expect(tally["applied"]).toBeGreaterThan(0);
  expect(tally["not zero"]).toBeGreaterThan(0);
  expect(left).toBeGreaterThan(0);
});

test("partners whose time is up are told what the cuts found so far prove that they need", async () => {
  const { environment } = partnership({ agents: 2, grid: { points: 60 }, shares: ["1/10", "9/10"] });
  const problem = posed(environment, { ir: "ex-post", ties: "first" });
  const whole = await designFor(problem, { formulation: "flow" });
  const cut = await designFor(problem, { formulation: "flow", timeLimit: 1e-6 });
  expect(cut.shortfall).toBe("time limit of 0.000001 s");
  expect(cut.upper!.compare(whole.optimum!), "what a mechanism at hand needs").toBe(1);
  expect(cut.verdict).toBe("impossible");
  expect(cut.lower!.sign).toBe(1);
  expect(cut.lower!.compare(whole.optimum!)).toBe(-1);
});

test("the least worst-case subsidy may differ between profiles: the same one everywhere would have to be larger", async () => {
  const environment = randomEnvironment(4, {
    agents: [2, 2],
    types: [2, 4],
    prior: "independent",
    values: "private",
    costs: false,
  });
  const problem = posed(environment, { ir: "ex-post", ties: "first", objective: "min-worst-subsidy" });
  expect(await answerOf(problem, flow, "seed 4")).toBe("59/42");
  const { program } = directProgram(problem);
  const floats = toFloatProgram(program);
  for (let row = 0; row < program.rowCount; row++) {
    // The largest subsidy minus the profile's: from now on zero.
    if (program.rowName(row).startsWith("worst subsidy")) floats.rowUpper[row] = 0;
  }
  const { objective } = await highsSolver.solve(floats);
  expect(objective).toBeCloseTo(17 / 12, 9);
});

test("the least worst-case subsidy of partners with 500 types each is proven, though its numbers are beyond 2^53", async () => {
  const { environment } = partnership({ agents: 2, grid: { points: 500 }, shares: ["1/4", "3/4"] });
  const design = await designFor(
    posed(environment, { ir: "ex-post", ties: "first", objective: "min-worst-subsidy" }),
    { formulation: "flow" },
  );
  expect(design.verdict).toBe("impossible");
  // Proved by the referees, not taken from elsewhere.
  expect(`${design.optimum}`).toBe("462577/15430320");
});
