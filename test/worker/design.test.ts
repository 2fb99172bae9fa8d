import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { afterEach, expect, inject, test, vi } from "vitest";
import type * as Library from "../../src/index.js";
import type * as InWorker from "../../src/worker.js";

// The built files: a thread runs them as they are.
const built = join(dirname(inject("builtCommand")), "../src");
const library: typeof Library = await import(/* @vite-ignore */ pathToFileURL(join(built, "index.js")).href);
const { design }: typeof InWorker = await import(
  /* @vite-ignore */ pathToFileURL(join(built, "worker.js")).href
);
const { jslp } = await import("../../src/jslp.js");

const trade = (points: number) => library.bilateralTrade({ buyer: { points }, seller: { points } });

/** Minutes of work. */
/** A program that takes long, of whose optimum only the obvious is known before. */
const long = [trade(60), { allocation: "free", objective: "max-gains" }, { formulation: "direct" }] as const;

afterEach(() => library.configureHighs({}));

test("the answer is the one that the same thread gives, and it verifies", async () => {
  const model = trade(10);
  const [there, here] = [await design(model), await library.design(model)];
  expect([there.verdict, String(there.optimum), there.formulation]).toEqual(["impossible", "3/40", "paths"]);
  expect(there.findings).toEqual(here.findings);
  expect(there.problem.environment).toBe(model.environment);
  expect(there.mechanism!.payment(0, 57)).toEqual(here.mechanism!.payment(0, 57));
  const digest = library.environmentDigest(model.environment);
  const text = new TextEncoder().encode(
    [...library.answerFileText(there, { name: "trade", digest })].join(""),
  );
  expect(library.verifyAnswerText([text], { ...model, digest })).toMatchObject({ verified: true });
});

test("progress and every tighter bound are passed on, in the terms of the caller's model", async () => {
  const stages: string[] = [];
  const known: Library.Known[] = [];
  const progress = { stage: (words: string) => stages.push(words), done: () => {} };
  const answer = await design(
    trade(4),
    { ir: "ex-post" },
    { formulation: "direct", progress, onKnown: (one) => known.push(one) },
  );
  expect(stages).toEqual(["solving by direct", "checking the answer by direct"]);
  expect(known.map(({ verdict, lower }) => `${verdict} ${lower}`)).toEqual(["undecided 0"]);
  expect(known[0].lower).toBeInstanceOf(library.Rational);
  expect(answer.optimum).toBeInstanceOf(library.Rational);
});

test("a signal ends the work wherever it is, with what was known by then", async () => {
  const stop = new AbortController();
  const [model, question, options] = long;
  let told = 0;
  const answer = await design(model, question, {
    ...options,
    signal: stop.signal,
    onKnown: () => {
      told++;
      stop.abort("that is enough");
    },
  });
  expect(told).toBeGreaterThan(0);
  // How much was known by then depends on how fast the thread heard of it; that something was does not.
  expect(answer.lower ?? answer.upper).toBeDefined();
  expect([answer.optimum, answer.shortfall]).toEqual([undefined, "that is enough"]);
  expect(["direct", "bounds at hand"]).toContain(answer.formulation);
});

test("a signal that has been given already starts nothing", async () => {
  const worker = () => {
    throw new Error("started");
  };
  const answer = await design(trade(3), {}, { signal: AbortSignal.abort(), worker });
  expect([answer.verdict, answer.shortfall]).toEqual(["undecided", "stopped by the caller"]);
});

test("a time limit ends it as well, and says itself", async () => {
  const [model, question, options] = long;
  const answer = await design(model, question, { ...options, timeLimit: 0.5 });
  expect([answer.optimum, answer.shortfall]).toEqual([undefined, "time limit of 0.5 s"]);
});

test("errors keep their class", async () => {
  const unknown = design(trade(3), {}, { formulation: "guess" as never });
  await expect(unknown).rejects.toBeInstanceOf(library.InputError);
  await expect(unknown).rejects.toThrow('the unknown formulation "guess"');
  library.configureHighs({ wasm: "/nowhere/highs.wasm" });
  const without = design(trade(3), {}, { formulation: "direct" });
  await expect(without).rejects.toBeInstanceOf(library.SolverUnavailable);
  await expect(without).rejects.toThrow("'/nowhere/highs.wasm'");
});

test("a solver beside HiGHS is served by a script of one's own, and else asked for", async () => {
  const script = join(built, "served-by-test.js");
  writeFileSync(
    script,
    'import { serve } from "./worker/serve.js"; import { jslp } from "./jslp.js"; serve([jslp]);',
  );
  const options = { solver: jslp, formulation: "direct" } as const;
  const answer = await design(trade(6), {}, { ...options, worker: () => new Worker(pathToFileURL(script)) });
  expect([answer.solver?.name, String(answer.optimum)]).toEqual(["jslp", "5/216"]);
  await expect(design(trade(6), {}, options)).rejects.toThrow("a script of your own that says serve([jslp])");
});

test("a worker as browsers have them serves as well", async () => {
  const thread = new Worker(pathToFileURL(join(built, "worker/thread.js")));
  const browsers = {
    onmessage: undefined as ((event: { data: unknown }) => void) | undefined,
    postMessage: (message: unknown) => thread.postMessage(message),
    terminate: () => void thread.terminate(),
  };
  thread.on("message", (data) => browsers.onmessage?.({ data }));
  const answer = await design(trade(10), {}, { worker: () => browsers as unknown as globalThis.Worker });
  expect(String(answer.optimum)).toBe("3/40");
});

test("a script that cannot be loaded is said to, and nothing waits for ever", async () => {
  const nowhere = () => new Worker(pathToFileURL("/nowhere/thread.js"));
  await expect(design(trade(3), {}, { worker: nowhere })).rejects.toThrow(/Cannot find module.*nowhere/);
});

test("a worker that is killed in mid-solve is said to have ended, and nothing waits for ever", async () => {
  const thread = new Worker(pathToFileURL(join(built, "worker/thread.js")));
  const begun = { stage: () => void thread.terminate(), done: () => {} };
  const killed = design(trade(40), {}, { formulation: "direct", progress: begun, worker: () => thread });
  await expect(killed).rejects.toThrow("the worker ended with status 1");
  // The next question is not put to it.
  expect(String((await design(trade(10))).optimum)).toBe("3/40");
});

test("a clock that jumps changes no limit", async () => {
  let now = 0;
  const jumping = vi.spyOn(Date, "now").mockImplementation(() => {
    now = -now + 1e12;
    return now;
  });
  const { optimum } = await design(trade(10), {}, { timeLimit: 100 });
  expect(String(optimum)).toBe("3/40");
  const [model, question, options] = long;
  const { shortfall } = await library.design(model, question, { ...options, timeLimit: 0.2 });
  expect(shortfall).toBe("time limit of 0.2 s");
  jumping.mockRestore();
});

test("the next question is answered by the worker that waits, in whatever state the last one left HiGHS", async () => {
  const options = { formulation: "direct" } as const;
  for (const wasm of [undefined, "/nowhere/highs.wasm", undefined]) {
    library.configureHighs(wasm === undefined ? {} : { wasm });
    const answer = design(trade(6), {}, options);
    if (wasm === undefined) expect(String((await answer).optimum)).toBe("5/216");
    else await expect(answer).rejects.toBeInstanceOf(library.SolverUnavailable);
  }
});

test("questions at the same time have a worker each, and their answers are not mixed up", async () => {
  const answers = await Promise.all([6, 8, 10].map((points) => design(trade(points))));
  expect(answers.map(({ optimum }) => String(optimum))).toEqual(["5/216", "7/128", "3/40"]);
});

test("a worker that waits keeps no process alive", () => {
  const code = `const { bilateralTrade } = await import(${JSON.stringify(join(built, "index.js"))});
    const { design } = await import(${JSON.stringify(join(built, "worker.js"))});
    console.log(String((await design(bilateralTrade({ buyer: { points: 10 }, seller: { points: 10 } }))).optimum));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect(output.trim()).toBe("3/40");
});
