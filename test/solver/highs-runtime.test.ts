import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test, vi } from "vitest";
import { bilateralTrade, design } from "../../src/index.js";
import { toFloatProgram } from "../../src/lp/float-program.js";
import { highsSolver } from "../../src/solver/highs.js";
import { configureHighs, highsConfiguration } from "../../src/solver/highs-runtime.js";
import { SolverUnavailable } from "../../src/solver/solver.js";
import { programOf } from "./known-program.js";

const file = createRequire(import.meta.url).resolve("highs/runtime");
const program = toFloatProgram(programOf([["1", "2", undefined]], [[["1"], "3", undefined]]));

async function fault(): Promise<Error> {
  const attempt = highsSolver.solve(program);
  await expect(attempt).rejects.toBeInstanceOf(SolverUnavailable);
  return attempt.then(
    () => new Error("solved"),
    (fault: Error) => fault,
  );
}

afterEach(() => {
  vi.restoreAllMocks();
  configureHighs({});
});

describe("HiGHS is loaded from where it is told to be", () => {
  test.each([
    ["a path", () => file],
    ["an address", () => pathToFileURL(file)],
    ["its bytes", () => new Uint8Array(readFileSync(file))],
    ["a compiled module", () => new WebAssembly.Module(readFileSync(file))],
  ])("%s", async (_, wasm) => {
    const compiled = vi.spyOn(WebAssembly, "instantiate");
    configureHighs({ wasm: wasm() });
    expect((await highsSolver.solve(program)).objective).toBe(3);
    expect(compiled).toHaveBeenCalledTimes(1);
  });

  test("what crosses to a worker is an address and no object of this thread", () => {
    configureHighs({ wasm: pathToFileURL(file) });
    expect(highsConfiguration()).toEqual({ wasm: pathToFileURL(file).href });
  });

  test("a page's relative address means the page's, whatever the script that reads it", () => {
    vi.stubGlobal("document", { baseURI: "https://example.org/course/page.html" });
    configureHighs({ wasm: "assets/highs.wasm" });
    vi.unstubAllGlobals();
    expect(highsConfiguration()).toEqual({ wasm: "https://example.org/course/assets/highs.wasm" });
  });
});

describe("where HiGHS cannot be loaded, the message says what happened and what to set", () => {
  test("a file that is not there", async () => {
    configureHighs({ wasm: "/nowhere/highs.wasm" });
    const { message } = await fault();
    expect(message).toContain("no such file or directory, open '/nowhere/highs.wasm'");
    expect(message).toContain('configureHighs({ wasm: "/highs.wasm" })');
    expect(message).not.toContain("policy");
  });

  test("a page in place of the file, as servers send for addresses that they do not know", async () => {
    configureHighs({ wasm: new TextEncoder().encode("<!doctype html>") });
    const { message } = await fault();
    expect(message).toContain("expected magic word 00 61 73 6d, found 3c 21 64 6f");
    expect(message).toContain("configureHighs");
  });

  test("a policy that forbids WebAssembly", async () => {
    const refusal = new WebAssembly.CompileError("Wasm code generation disallowed by embedder");
    vi.spyOn(WebAssembly, "compile").mockRejectedValue(refusal);
    vi.spyOn(WebAssembly, "instantiate").mockRejectedValue(refusal);
    const { message } = await fault();
    expect(message).toContain("Wasm code generation disallowed by embedder");
    expect(message).toContain("'wasm-unsafe-eval'");
    expect(message).not.toContain("configureHighs");
  });

  test("a package that is not installed", async () => {
    vi.resetModules();
    vi.doMock("highs", () => {
      throw new Error("Cannot find package 'highs'");
    });
    const { loadHighs } = await import("../../src/solver/highs-runtime.js");
    await expect(loadHighs()).rejects.toThrow("npm install highs");
    vi.doUnmock("highs");
    vi.resetModules();
  });

  test("and questions that need no linear program are answered without it", async () => {
    configureHighs({ wasm: "/nowhere/highs.wasm" });
    const answer = await design(bilateralTrade({ buyer: { points: 10 }, seller: { points: 10 } }));
    expect([answer.formulation, String(answer.optimum)]).toEqual(["paths", "3/40"]);
  });

  test("and once it is told the right place, it solves", async () => {
    configureHighs({ wasm: "/nowhere/highs.wasm" });
    await fault();
    configureHighs({ wasm: file });
    expect((await highsSolver.solve(program)).termination).toBe("optimal");
  });
});
