import { expect, test } from "vitest";
import { judgedMechanism } from "../../src/kernel/judged-mechanism.js";
import { asData } from "../../src/mechanism/as-data.js";
import { posed } from "../../src/question/problem.js";
import { choices, defaultQuestion, isMaximised, type Question } from "../../src/question/question.js";
import { filmWith } from "../environment/hand-made.js";
import { priced } from "../mechanism/hand-made.js";

const environment = filmWith();
// Seen with probabilities 1/6, 1/4 and 1/2; outside money of 1 when ann is low and of 2 when both are high.
const mechanism = priced([0, 1, 2, 1], [0, 2, 2, 1], [0, 1, 0, 2]);

const measured = (question: Partial<Question>) =>
  String(judgedMechanism(posed(environment, question), asData(environment, mechanism)).objective);

test("outside money is measured in expectation or at the worst profile", () => {
  expect(measured({ objective: "min-subsidy" })).toBe("7/6");
  expect(measured({ objective: "min-worst-subsidy" })).toBe("2");
});

test("surplus is what payments leave beyond the cost, gains what values leave beyond cost and outside options", () => {
  // Deficits of 1, 0 and 2.
  expect(measured({ objective: "max-surplus" })).toBe("-7/6");
  // 1/4 * 2 + 1/2 * 3 - 1/2
  expect(measured({ objective: "max-gains" })).toBe("3/2");
});

test("there is nothing to measure where any mechanism will do, or no money need add up", () => {
  expect(measured({ objective: "feasibility" })).toBe("0");
  expect(measured({ objective: "min-subsidy", budget: "none" })).toBe("0");
  expect(measured({ objective: "min-worst-subsidy", budget: "none" })).toBe("0");
});

test("surplus and gains are maximised, outside money is minimised", () => {
  expect(choices.objective.filter((objective) => isMaximised({ ...defaultQuestion, objective }))).toEqual([
    "max-surplus",
    "max-gains",
  ]);
});
