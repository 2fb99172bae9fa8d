import { describe, expect, test } from "vitest";
import { answerFileText, readAnswerFile } from "../src/certificate/answer-file.js";
import { environmentDigest } from "../src/environment/digest.js";
import { solveExactly } from "../src/exact/solve-exactly.js";
import { directProgram } from "../src/formulation/direct.js";
import { bilateralTrade, correlatedPair, design, publicGood } from "../src/index.js";
import { parseExactJson } from "../src/instance/exact-json.js";
import { verifyAnswer } from "../src/kernel/verify.js";
import type { Progress } from "../src/progress/progress.js";
import { posed } from "../src/question/problem.js";

/** Work that takes about a second when it is not cut short. */
const trade = bilateralTrade({ buyer: { points: 30 }, seller: { points: 30 } });
const question = { ir: "ex-post" } as const;

/** Asks to stop from the given look at it on. */
function stopAt(look: number) {
  let looks = 0;
  return {
    get aborted() {
      return ++looks >= look;
    },
    reason: "enough",
  };
}

describe("work that is cut short", () => {
  test("answers with the interval that was proved by then, and its file verifies", async () => {
    const answer = await design(trade, question, { formulation: "direct", signal: stopAt(100) });
    expect([answer.shortfall, answer.solver?.termination]).toEqual(["enough", "interrupted"]);
    expect(answer.optimum).toBeUndefined();
    expect([answer.verdict, String(answer.lower), String(answer.upper)]).toEqual([
      "impossible",
      "29/216",
      "899/5400",
    ]);
    const digest = environmentDigest(trade.environment);
    const text = [...answerFileText(answer, { name: "trade", digest })].join("");
    const file = readAnswerFile(parseExactJson(text, ""));
    expect(file.claim).toMatchObject({ verdict: "impossible", infeasible: false });
    expect(verifyAnswer(file, { environment: trade.environment, digest })).toMatchObject({ verified: true });
  });

  test("is undecided, and verifies as that with its interval, where no bound above zero is known", async () => {
    const grid = { points: 24 };
    const traders = correlatedPair({ situation: "trade", grid, correlation: "1/4" });
    const answer = await design(traders, {}, { signal: stopAt(1) });
    expect([answer.verdict, String(answer.lower), answer.upper !== undefined]).toEqual([
      "undecided",
      "0",
      true,
    ]);
    const digest = environmentDigest(traders.environment);
    const text = [...answerFileText(answer, { name: "traders", digest })].join("");
    const file = readAnswerFile(parseExactJson(text, ""));
    expect(file.claim.upper).toEqual(answer.upper);
    const verification = verifyAnswer(file, { environment: traders.environment, digest });
    expect(verification).toMatchObject({ verified: true, judgement: { verdict: "undecided" } });
  });

  test("an AbortSignal is heard as well, and a time limit says itself", async () => {
    const aborted = await design(trade, question, { formulation: "direct", signal: AbortSignal.abort() });
    expect(aborted.shortfall).toBe("stopped by the caller");
    const late = await design(trade, question, { formulation: "direct", timeLimit: 0.01 });
    expect(late.shortfall).toBe("time limit of 0.01 s");
    expect(String(late.lower)).toBe("29/216");
  });
});

/** Everything that is told of the work: stages, and what is counted in each. */
async function told(work: (progress: Progress) => Promise<unknown>): Promise<Map<string, Set<string>>> {
  const stages = new Map<string, Set<string>>();
  let stage = "";
  await work({
    stage(words) {
      stage = words;
      if (!stages.has(stage)) stages.set(stage, new Set());
    },
    done(count, of) {
      expect(count).toBeGreaterThanOrEqual(0);
      stages.get(stage)!.add(of);
    },
  });
  return stages;
}

test("work tells its stages, and counts iterations, rounds and pivots", async () => {
  const direct = await told((progress) => design(trade, question, { formulation: "direct", progress }));
  expect([...direct.keys()]).toEqual([
    "looking for bounds at hand",
    "solving by direct",
    "checking the answer by direct",
  ]);
  expect([...direct.get("solving by direct")!]).toContain("simplex iterations");

  const neighbours = publicGood({ agents: 3, grid: { points: 4 }, cost: "3/2" });
  const lazy = await told((progress) => design(neighbours, question, { formulation: "lazy", progress }));
  expect([...lazy.get("solving by lazy")!][0]).toBe("simplex iterations in round 1");

  const small = posed(bilateralTrade({ buyer: { points: 4 }, seller: { points: 4 } }).environment);
  const pivoting = await told(async (progress) => {
    progress.stage("pivoting");
    solveExactly(directProgram(small).program, undefined, { progress });
  });
  expect([...pivoting.get("pivoting")!]).toEqual(["exact pivots"]);
});

describe("a program that is too large", () => {
  const traders = (points: number) =>
    correlatedPair({ situation: "trade", grid: { points }, correlation: "1/4" });

  test("leaves what is at hand: an interval, or an answer where that is all that is asked", async () => {
    const interval = await design(traders(180));
    expect([interval.verdict, String(interval.lower), interval.upper?.sign]).toEqual(["undecided", "0", 1]);
    expect(interval.shortfall).toMatch(/^too large: the direct linear program would have 97,380 rows, /);
    const settled = await design(traders(180), { allocation: "free" });
    expect([settled.verdict, String(settled.optimum), settled.formulation]).toEqual([
      "possible",
      "0",
      "bounds at hand",
    ]);
  });

  test("is refused where nothing at hand says whether there is a mechanism", async () => {
    await expect(design(traders(180), { objective: "feasibility" })).rejects.toThrow(
      /^the direct linear program/,
    );
  });
});
