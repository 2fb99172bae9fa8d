import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { environmentDigest } from "../../src/environment/digest.js";
import { bilateralTrade, InputError, posed, SolverUnavailable } from "../../src/index.js";
import { readInstance } from "../../src/instance/instance.js";
import { faultData, faultFromData } from "../../src/worker/fault-data.js";
import { problemData, problemFromData } from "../../src/worker/messages.js";

const files = readdirSync("instances").filter((name) => name.endsWith(".json"));

test.each(files)("%s is the same problem in another thread", (file) => {
  const { environment, question, givenRule } = readInstance(readFileSync(`instances/${file}`, "utf8"), file);
  const problem = posed(environment, question, givenRule);
  const there = problemFromData(structuredClone(problemData(problem)));
  expect(environmentDigest(there.environment, there.givenRule)).toBe(
    environmentDigest(environment, givenRule),
  );
  expect(there.question).toEqual(problem.question);
});

test("fractions in a question arrive as fractions", () => {
  const { environment } = bilateralTrade({ buyer: { points: 2 }, seller: { points: 2 } });
  const problem = posed(environment, {
    parameters: { icSlack: "1/7", paymentCaps: { buyer: "1/3" } } as never,
  });
  const there = problemFromData(structuredClone(problemData(problem)));
  expect(there.question).toEqual(problem.question);
});

describe("an error", () => {
  const across = (fault: unknown) => faultFromData(structuredClone(faultData(fault)));

  test("of what the user gave says where, what was found, and what would be accepted", () => {
    const fault = new InputError("agents[1].prior", "a sum of 3/4", "a sum of 1", {
      file: "trade.json",
      suggestions: ["weights"],
    });
    const there = across(fault);
    expect(there).toBeInstanceOf(InputError);
    expect({ ...there }).toEqual({ ...fault });
    expect([there.message, there.stack]).toEqual([fault.message, fault.stack]);
  });

  test.each([new SolverUnavailable("no HiGHS"), new RangeError("too far"), new TypeError("no list")])(
    "%s keeps its class",
    (fault) => {
      const there = across(fault);
      expect(there.constructor).toBe(fault.constructor);
      expect([there.name, there.message]).toEqual([fault.name, fault.message]);
    },
  );

  test("of any other kind is an error with its words", () => {
    expect(across(new EvalError("odd"))).toMatchObject({ message: "odd" });
    expect(across("thrown text")).toMatchObject({ message: "thrown text" });
  });
});
