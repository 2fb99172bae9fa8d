import * as plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { allocationFigure } from "../../src/figure/allocation.js";
import { amountsFigure } from "../../src/figure/amounts.js";
import { curvesFigure } from "../../src/figure/curves.js";
import { type Figure, figureSvg } from "../../src/figure/figure.js";
import { incentivesFigure } from "../../src/figure/incentives.js";
import { typeAxis } from "../../src/figure/type-axis.js";

function drawn(figure: Figure): { text: string; svg: Element } {
  const page = parseHTML("<!doctype html><html><body></body></html>");
  const text = figureSvg(figure, plot, page.document);
  return { text, svg: parseHTML(`<html><body>${text}</body></html>`).document.querySelector("svg")! };
}

const hostile = "<img src=x onerror=alert(1)>\u001b[31m\u202e&\"'";
const across = typeAxis("buyer", ["0.1", "1/2", "0.9"]);
const up = typeAxis("seller", ["low", "high"]);

describe("a type axis", () => {
  it("puts numbers where they are and other labels at their places", () => {
    expect(across.cells.map(({ at, from, to }) => [from, at, to])).toEqual(
      [
        [-0.1, 0.1, 0.3],
        [0.3, 0.5, 0.7],
        [0.7, 0.9, 1.1],
      ].map((row) => row.map((x) => expect.closeTo(x, 12))),
    );
    expect(up.cells.map(({ at }) => at)).toEqual([0, 1]);
    expect(typeAxis("who", ["3", "2"]).scale).toBe("places");
  });

  it("thins out what is too much, and says so", () => {
    const axis = typeAxis(
      "buyer",
      Array.from({ length: 1000 }, (_, k) => `${k}`),
      40,
    );
    expect(axis.cells).toHaveLength(40);
    expect(axis.step).toBe(25);
    const figure = curvesFigure({
      name: "c",
      title: "t",
      caption: "What is expected.",
      axis,
      curves: [{ label: "pays", at: (type) => ({ value: type, text: `${type}` }) }],
    });
    expect(figure.caption).toBe("What is expected. Shown are 40 types of buyer, every 25th.");
  });
});

describe("pictures", () => {
  const allocation = allocationFigure({
    across,
    up,
    outcomes: ["kept", "sold"],
    lottery: (a, b) =>
      a === 1
        ? [
            { outcome: 0, probability: 0.25, text: "1/4" },
            { outcome: 1, probability: 0.75, text: "3/4" },
          ]
        : [{ outcome: a > b ? 1 : 0, probability: 1, text: "1" }],
  })!;

  it("of an allocation have a cell for every pair of types, paler where a lottery decides", () => {
    const { svg } = drawn(allocation);
    const cells = [...svg.querySelectorAll('[data-mark="rect"] rect')];
    expect(cells).toHaveLength(6);
    expect(cells.filter((cell) => cell.getAttribute("fill-opacity") === "0.75")).toHaveLength(2);
    expect(svg.textContent).toContain("kept: 1/4\nsold: 3/4");
  });

  it("of the same data are the same bytes, whatever was drawn before", () => {
    const first = drawn(allocation).text;
    drawn(amounts("name"));
    expect(drawn(allocation).text).toBe(first);
  });

  const amounts = (name: string) =>
    amountsFigure({
      name: "payment",
      title: `What ${name} pays`,
      label: `${name} pays`,
      meaning: "Less than nothing is what it is paid.",
      across: { ...across, name },
      up,
      amount: (a, b) => ({ value: a - b, text: `${a - b}` }),
    });

  it("of amounts say from what to what their colours go", () => {
    expect(amounts("buyer").caption).toBe(
      "By the types of buyer (to the right) and seller (upwards). Less than nothing is what it is paid. " +
        "It goes from -1 (brown) to 2 (green).",
    );
  });

  it("of incentives have an arc for each misreport and a dot for each refusal", () => {
    const { svg } = drawn(
      incentivesFigure({
        name: "i",
        title: "t",
        caption: "c",
        axis: across,
        arcs: [
          { from: 1, to: 0, weight: 0.5, text: "1/2" },
          { from: 1, to: 2, weight: 0.25, text: "1/4" },
        ],
        participation: [{ type: 0, weight: 1, text: "1" }],
      }),
    );
    expect(svg.querySelectorAll('[data-mark="arrow"] path')).toHaveLength(2);
    expect(svg.textContent).toContain("buyer 1/2 against reporting 0.1: 1/2");
    expect(svg.textContent).toContain("buyer 0.1 against staying out: 1");
  });

  it("are inert, whatever labels say", () => {
    const { text, svg } = drawn(amounts(hostile));
    expect(text).not.toContain("<img");
    expect(text).not.toMatch(/\p{Cc}(?<!\n)|\u202e/u);
    expect(svg.querySelector("img")).toBeNull();
    expect(svg.textContent).toContain("<img src=x onerror=alert(1)>");
  });
});
