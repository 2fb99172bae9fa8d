import { expect, it } from "vitest";
import { readExpression } from "../../src/number/expression.js";
import { Rational } from "../../src/number/rational.js";

const values: Readonly<Record<string, unknown>> = {
  q: Rational.of(1, 3),
  n: 4,
  half: "1/2",
  prior: ["1/4", "3/4"],
  kind: { label: "flat", power: 2 },
};
const at = (text: string) => readExpression(text, "an expression").value((name) => values[name]);

it("an expression is read as it is usually written, and its value is exact", () => {
  expect(
    ["q", "1-q", "2q", "2 q + 1", "(1 - q)/2", "0.5*q", "-q", "q/2 - 1/4", "3(1-q)", "1 - -q"].map((text) =>
      String(at(text)),
    ),
  ).toEqual(["1/3", "2/3", "2/3", "5/3", "1/3", "1/6", "-1/3", "-1/12", "2", "4/3"]);
  expect(
    ["q*q", "1/q", "(1-half)/(n-1)", "2 n q", "prior[n-3]*2", "kind.power/3"].map((text) => String(at(text))),
  ).toEqual(["1/9", "3", "1/6", "8/3", "3/2", "2/3"]);
});

it("a name by itself stands for whatever it is", () => {
  expect(at("prior")).toEqual(["1/4", "3/4"]);
  expect(at("kind.label")).toBe("flat");
  expect(readExpression("a*(b + a) - c.d[e]", "").names).toEqual(["a", "b", "c", "e"]);
});

it("what is no expression is refused, and so is what has no value", () => {
  for (const text of [
    "(1-q",
    "1-q)",
    "q+",
    "",
    "q 2 q",
    "1..2q",
    "*q",
    "q^2",
    "prior[0",
    ".q",
    `${"(".repeat(501)}q`,
  ])
    expect(() => at(text), text).toThrow("expected an expression");
  expect(() => at("q/(n-4)")).toThrow("divides by 0");
  expect(() => at("prior[2]")).toThrow('where the place 2 is asked of ["1/4","3/4"]');
  expect(() => at("kind.toString")).toThrow('where "toString" is asked of');
  expect(() => at("prior+1")).toThrow('which calculates with ["1/4","3/4"]');
});
