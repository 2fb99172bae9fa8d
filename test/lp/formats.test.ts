import loadHighs, { type Highs } from "highs";
import { beforeAll, describe, expect, test } from "vitest";
import { toFloatProgram } from "../../src/lp/float-program.js";
import { jsonText } from "../../src/lp/json-format.js";
import { type LinearProgram, LinearProgramBuilder } from "../../src/lp/linear-program.js";
import { lpText } from "../../src/lp/lp-format.js";
import { mpsText } from "../../src/lp/mps-format.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { highsSolver } from "../../src/solver/highs.js";
import { programOf } from "../solver/known-program.js";
import { knownPrograms } from "../solver/known-programs.js";

const joined = (pieces: Iterable<string>) => [...pieces].join("");

let highs: Highs;
beforeAll(async () => {
  highs = await (loadHighs as unknown as typeof loadHighs.default)();
});

/** What HiGHS makes of a file. */
function solveFile(format: "lp" | "mps", text: string) {
  const source =
    format === "lp"
      ? { format: "lp" as const, data: text }
      : { format: "mps" as const, data: new TextEncoder().encode(text) };
  return highs.withModel(source, (model) => {
    model.options.set({ output_flag: false, presolve: "off", solver: "simplex" });
    const { modelStatus } = model.run();
    return { modelStatus, objective: model.getObjectiveValue(), size: model.getDimensions() };
  });
}

const clashes = (program: LinearProgram) =>
  program.rowLower.some((lower, i) => {
    const upper = program.rowUpper[i];
    return lower !== undefined && upper !== undefined && lower.compare(upper) > 0;
  });

const STATUS: Record<string, number> = { optimal: 7, infeasible: 8, unbounded: 10 };

describe.each(["lp", "mps"] as const)("a program in a %s file", (format) => {
  const write = format === "lp" ? lpText : mpsText;
  const readable = knownPrograms.filter(({ program }) => program.columnCount > 0 && !clashes(program));

  test("has the optimum of the program", () => {
    expect(readable.length).toBeGreaterThan(20);
    for (const { title, program, termination, objective } of readable) {
      const text = joined(write(program));
      const read = solveFile(format, text);
      expect(read.modelStatus, `${title}\n${text}`).toBe(STATUS[termination]);
      expect(read.size.numCols, title).toBe(program.columnCount);
      if (objective) expect(read.objective, title).toBeCloseTo(toRational(objective).toNumber(), 6);
    }
  });

  test("keeps rows of sevenths and thirds whole, and says which costs it rounds", () => {
    const program = programOf(
      [
        ["1/3", "1/7", undefined],
        ["1/4", undefined, undefined],
      ],
      [
        [["1/3", "1/7"], "1/2", "3/5"],
        [["2/3", "-1"], "0", "0"],
      ],
    );
    const text = joined(write(program));
    expect(text).toContain("2 costs or column bounds are rounded");
    expect(text).not.toContain("rows are rounded");
    if (format === "lp") {
      expect(text).toContain(" r0: + 70 x0 + 30 x1 >= 105\n r0_upper: + 70 x0 + 30 x1 <= 126\n");
      expect(text).toMatch(/r1: \+ 2 x0 - 3 x1 = 0/);
    } else {
      expect(text).toMatch(/x0 r0 70\n x0 r1 2\n/);
      expect(text).toContain("RANGE r0 21");
    }
  });

  test("has the typed arrays' optimum where sizes differ by 10^40", async () => {
    const tiny = `1/${10n ** 40n + 1n}`;
    const program = programOf(
      [
        ["1", "0", undefined],
        ["1", "0", undefined],
      ],
      [[["1", tiny], "1/3", undefined]],
    );
    const text = joined(write(program));
    expect(text).toContain("1 rows are rounded");
    const read = solveFile(format, text);
    const direct = await highsSolver.solve(toFloatProgram(program));
    expect(read.objective).toBeCloseTo(direct.objective!, 9);
  });

  test("has unique names made of letters, digits and underscores", () => {
    const labels = [
      "payment of buyer 0.35 → 0.45",
      "payment of buyer 0.35 - 0.45",
      "e1",
      "free",
      "2nd",
      "→",
      "",
    ];
    const builder = new LinearProgramBuilder("names: a\nb");
    for (const _ of labels) builder.addColumn(Rational.ONE, { lower: Rational.ONE });
    builder.addRow(
      labels.map((_, j) => [j, Rational.ONE]),
      Rational.of(10),
      undefined,
    );
    const text = joined(write(builder.build({ column: (j) => labels[j], row: () => "End" })));
    for (const name of [
      "payment_of_buyer_0_35_0_45",
      "payment_of_buyer_0_35_0_45_1",
      "c_e1",
      "c_free",
      "c_2nd",
    ]) {
      expect(text).toContain(` ${name} `);
    }
    expect(text).toContain("r_End");
    const read = solveFile(format, text);
    expect(read.size).toMatchObject({ numCols: labels.length, numRows: 1 });
    expect(read.objective).toBe(10);
  });
});

test("an LP file tells in comments what its names stand for", () => {
  const builder = new LinearProgramBuilder("trade");
  builder.addColumn(Rational.ONE, { lower: Rational.ONE });
  const text = joined(lpText(builder.build({ column: () => "buyer 0.35" })));
  expect(text).toContain("\\ buyer_0_35: buyer 0.35\n");
});

test("lines of an LP file stay short", () => {
  const builder = new LinearProgramBuilder("long");
  const columns = Array.from({ length: 500 }, () => builder.addColumn(Rational.of(-12345, 8)));
  builder.addRow(
    columns.map((j) => [j, Rational.of(j + 1, 7)]),
    Rational.ONE,
    Rational.of(2),
  );
  const text = joined(lpText(builder.build()));
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(130);
  expect(solveFile("lp", text).size).toMatchObject({ numCols: 500, numRows: 2 });
});

test("an MPS file cannot hold a row whose bounds clash", () => {
  const program = programOf([["1", "0", undefined]], [[["1"], "5", "1"]]);
  expect(() => joined(mpsText(program))).toThrow("MPS cannot hold row r0");
});

test("a program in JSON is the same program, fraction by fraction", () => {
  expect(knownPrograms.length).toBeGreaterThan(20);
  for (const { title, program } of knownPrograms) {
    const text = joined(jsonText(program));
    const builder = new LinearProgramBuilder(program.name);
    const file = JSON.parse(text);
    const bound = (value: string | undefined) => (value === undefined ? undefined : toRational(value));
    builder.offset = toRational(file.offset);
    for (const { cost, lower, upper } of file.columns) {
      builder.addColumn(toRational(cost), { lower: bound(lower), upper: bound(upper) });
    }
    for (const { lower, upper, entries } of file.rows) {
      const row = entries.map(([j, value]: [number, string]) => [j, toRational(value)] as const);
      builder.addRow(row, bound(lower), bound(upper));
    }
    const { columnName: _columns, rowName: _rows, ...read } = builder.build();
    const { columnName: _names, rowName: _labels, ...written } = program;
    expect(read, title).toEqual(written);
    expect(file.columns.map((column: { name: string }) => column.name)).toEqual(
      file.columns.map((_: unknown, j: number) => program.columnName(j)),
    );
  }
});
