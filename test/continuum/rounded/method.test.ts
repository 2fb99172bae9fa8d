import { describe, expect, it } from "vitest";
import { twoResidents } from "../../../models/index.js";
import { designContinuumFor } from "../../../src/continuum/design-continuum.js";
import { continuumMethods } from "../../../src/continuum/methods.js";
import type { ContinuousEnvironment } from "../../../src/environment/continuous-environment.js";
import { Rational } from "../../../src/number/rational.js";
import { defaultQuestion } from "../../../src/question/question.js";
import { partnership } from "../environments.js";

const rounded = continuumMethods.find(({ method }) => method.kind === "rounded")!.method;
const residents = () =>
  twoResidents({ agents: 2, grid: { points: 4, from: "1/2" } }).continuous!() as ContinuousEnvironment;

describe("outside options between two polynomials", () => {
  it("enclose what a good of one's own is worth, t^2/(1 + t), within 10^-6", () => {
    const above = residents();
    const below = above.roundedDown!;
    for (let k = 0; k <= 16; k++) {
      const t = Rational.of(16 + k, 32);
      const worth = t.multiply(t).divide(Rational.ONE.add(t));
      const [high, low] = [above, below].map(({ agents }) => agents[1].outsideOption.at(t));
      expect(high.compare(worth)).toBeGreaterThanOrEqual(0);
      expect(low.compare(worth)).toBeLessThanOrEqual(0);
      expect(high.subtract(low).compare(Rational.of(1, 1_000_000))).toBeLessThan(0);
    }
  });

  it("let two residents build together without anybody's loss and without outside money (Ke 2009, Example 3)", async () => {
    const answer = await designContinuumFor(residents(), { ir: "ex-post" }, { cells: 12 });
    expect([answer.verdict, String(answer.optimum), answer.method]).toEqual(["possible", "0", "rounded"]);
    // Rounded up is enough for that.
    expect(Object.keys(answer.certificate!)).toEqual(["kind", "up"]);
  });

  it("give a bracket around the exact answer where a partnership's options are moved a little", async () => {
    const exact = partnership(["1/10", "9/10"]);
    const moved = (by: Rational): ContinuousEnvironment => ({
      ...exact,
      agents: exact.agents.map((agent) => ({
        ...agent,
        outsideOption: agent.outsideOption.map((piece) => piece.plus(piece.scaled(by))),
      })),
    });
    const little = Rational.of(1, 1000);
    const around = { ...moved(little), roundedDown: moved(little.negate()) };
    const { certificate } = await rounded.find(around, defaultQuestion, {});
    const { lower, upper } = rounded.judge(around, defaultQuestion, certificate);
    const answer = (await designContinuumFor(exact, {})).optimum!;
    expect(lower!.compare(answer)).toBeLessThan(0);
    expect(upper!.compare(answer)).toBeGreaterThan(0);
    expect(upper!.subtract(lower!).compare(Rational.of(1, 500))).toBeLessThan(0);
  });

  it("prove nothing with the parts exchanged, and nothing about exact options", async () => {
    const { certificate } = await rounded.find(
      residents(),
      { ...defaultQuestion, ir: "ex-post" },
      { cells: 12 },
    );
    const question = { ...defaultQuestion, ir: "ex-post" as const };
    const { up } = certificate as { up: object };
    const asDown = rounded.judge(residents(), question, { kind: "rounded", down: up });
    expect([String(asDown.lower), asDown.upper]).toEqual(["0", undefined]);
    expect(() => rounded.judge(partnership(["1/2", "1/2"]), question, certificate)).toThrow(
      "need no rounding",
    );
    expect(rounded.refusal(residents(), { ...question, objective: "max-gains" })).toMatch(/^gains over/);
  });
});
