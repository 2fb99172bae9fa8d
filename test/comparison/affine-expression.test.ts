import { expect, it } from "vitest";
import { isExpression, valueOfExpression } from "../../src/comparison/affine-expression.js";
import { Rational } from "../../src/number/rational.js";

const at = (text: string) => valueOfExpression(text, Rational.of(1, 3)).toString();

it("an expression in q is read as it is usually written", () => {
  expect(
    ["q", "1-q", "2q", "2 q + 1", "(1 - q)/2", "0.5*q", "-q", "q/2 - 1/4", "3(1-q)", "1 - -q"].map(at),
  ).toEqual(["1/3", "2/3", "2/3", "5/3", "1/3", "1/6", "-1/3", "-1/12", "2", "4/3"]);
});

it("what is no affine expression is refused", () => {
  for (const text of ["q*q", "1/q", "q/0", "(1-q", "1-q)", "q+", "", "q 2 q", "1..2q", "*q", "q^2"])
    expect(() => at(text), text).toThrow("expected a text such as");
});

it("other texts are left alone", () => {
  expect(["uniform", "equal-probability", "1/2", "1-q"].map(isExpression)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
