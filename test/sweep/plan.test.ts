import { describe, expect, it } from "vitest";
import { type Plan, type PointTask, planOf } from "../../src/sweep/plan.js";
import { partners, randomPriors } from "./specifications.js";

function taskAt(plan: Plan, number: number): PointTask {
  const point = plan.point(number);
  if ("fault" in point) throw point.fault;
  return point.task;
}

function fault(change: object): string {
  try {
    taskAt(planOf({ ...partners, ...change }), 1);
  } catch (thrown) {
    return (thrown as Error).message;
  }
  return "no fault";
}

describe("the points of a specification", () => {
  it("are each combination once, the last variable fastest, then draws, then questions", () => {
    const plan = planOf(randomPriors);
    expect(plan.count).toBe(2 * 2 * 3 * 2);
    const words = Array.from({ length: plan.count }, (_, k) => {
      const { at, draw, question } = plan.point(k + 1).coordinates;
      return `${at["types"]} ${at["kind"]} ${draw} ${question}`;
    });
    expect(new Set(words).size).toBe(24);
    expect(words.slice(0, 8)).toEqual([
      "2 any 1 interim",
      "2 any 1 ex post",
      "2 any 2 interim",
      "2 any 2 ex post",
      "2 any 3 interim",
      "2 any 3 ex post",
      "2 even 1 interim",
      "2 even 1 ex post",
    ]);
    expect(words.at(-1)).toBe("4 even 3 ex post");
    expect(plan.placeOf(1)).toBe(plan.placeOf(5));
    expect(new Set(words.map((_, k) => plan.placeOf(k + 1))).size).toBe(8);
  });

  it("have instances with exact numbers in place of expressions, and copies in place of repetitions", () => {
    const plan = planOf(partners);
    expect(plan.count).toBe(10);
    expect(taskAt(plan, 7).instance).toEqual({
      model: "partnership",
      parameters: { agents: 3, grid: { points: 3 }, shares: ["1/4", "3/8", "3/8"] },
    });
    expect(plan.point(7).coordinates).toEqual({ point: 7, at: { partners: 3, share: "1/4" } });
  });

  it("count copies from 0, so that each is about another", () => {
    const copies = planOf({
      instance: { agents: [{ repeat: { name: "=i+1", prior: "=priors[i]" }, times: 2 }] },
      draw: { priors: { of: "simplex", shape: [3], parts: 3, times: 2 } },
    });
    const prior = ["1/3", "1/3", "1/3"];
    expect(taskAt(copies, 1).instance).toEqual({
      agents: [
        { name: 1, prior },
        { name: 2, prior },
      ],
    });
  });

  it("are drawn from the seed, the name, the draw's number and what is drawn alone", () => {
    const drawnAt = (specification: object, number: number) =>
      planOf(specification).point(number).coordinates.drawn;
    // The kind does not concern the seller: its priors are the same at both, so that kinds are compared by the same draws.
    expect(drawnAt(randomPriors, 7)?.["seller"]).toEqual(drawnAt(randomPriors, 1)?.["seller"]);
    expect(drawnAt(randomPriors, 7)?.["buyer"]).not.toEqual(drawnAt(randomPriors, 1)?.["buyer"]);
    expect(drawnAt(randomPriors, 3)).not.toEqual(drawnAt(randomPriors, 1));
    expect(drawnAt({ ...randomPriors, seed: 8 }, 1)).not.toEqual(drawnAt(randomPriors, 1));
    // Once for all: another machine, another engine and another year draw the same.
    expect(drawnAt(randomPriors, 1)).toEqual({
      buyer: ["399/1000", "601/1000"],
      seller: ["87/250", "163/250"],
    });
  });

  it("are the same however numbers are written, and others for another seed", () => {
    const ranged = (step: unknown) =>
      planOf({ ...partners, vary: { partners: [2], share: { from: 0, to: 1, step } } });
    expect(ranged(0.25).digest).toBe(ranged("1/4").digest);
    expect(ranged("0.3").count).toBe(4);
    expect(planOf({ ...randomPriors, seed: 8 }).digest).not.toBe(planOf(randomPriors).digest);
  });
});

describe("a specification at fault", () => {
  it("is told with where, what was found and what would be accepted", () => {
    expect(fault({ vary: { partner: [2], share: [0] } })).toBe(
      'instance.parameters.agents: the unknown variable "partners"; expected one of partner, share; did you mean partner?',
    );
    expect(fault({ instance: { model: "=1+" } })).toContain(
      'instance.model: "1+"; expected numbers and variables',
    );
    expect(fault({ vary: { share: { from: 1, to: 0, points: 3 }, partners: [2] } })).toContain(
      "vary.share.to: 0; expected more than",
    );
    expect(fault({ vary: { share: { from: 0, to: 1, point: 3 }, partners: [2] } })).toContain("vary.share");
    expect(fault({ vary: { "a b": [1] } })).toContain("vary");
    expect(fault({ vary: { i: [1] } })).toContain('a variable "i"');
    expect(fault({ draws: 3 })).toContain("draws: 3 draws of nothing");
    expect(fault({ questions: [{ question: { ic: "bayes" } }] })).toContain("questions[0].question.ic");
    expect(fault({ questions: [{ name: "a" }, { name: "a" }] })).toContain('questions[1].name: "a" again');
    expect(fault({ limits: { seconds: 0 } })).toContain("limits.seconds");
    expect(fault({ draw: { share: { of: "whole", from: 0, to: 1 } } })).toContain(
      "draw.share: a variable that varies already",
    );
    expect(fault({ draw: { x: { of: "normal" } } })).toContain("draw.x");
    expect(fault({ sede: 1 })).toContain("did you mean seed?");
    expect(fault({ vary: { share: { from: 0, to: 1, step: "1e-9" }, partners: [2] } })).toContain(
      "at most 1000000",
    );
    // Known from counts, before any point is looked at.
    const shares = {
      share: { from: 0, to: 1, points: 1001 },
      partners: Array.from({ length: 10_000 }, (_, k) => k + 2),
    };
    expect(fault({ vary: shares })).toContain("10,010,000 points; expected at most 10,000,000");
    expect(() => planOf([])).toThrow("expected an object: a sweep");
  });
});
