import { expect, it } from "vitest";
import { FloatProgramBuilder } from "../../src/lp/float-program-builder.js";
import { highsSolver } from "../../src/solver/highs.js";

it("a program built of floats adds up repeated entries, drops zeros and is solved as it is", async () => {
  const builder = new FloatProgramBuilder();
  const x = builder.addColumn(-1, 0, Infinity);
  const y = builder.addColumn(0, 0, 3);
  builder.addCost(y, -2);
  builder.addRow(
    [
      [x, 1],
      [y, 0.5],
      [y, 0.5],
      [x, 1],
    ],
    -Infinity,
    4,
  );
  builder.addRow(
    [
      [x, 1],
      [x, -1],
    ],
    -1,
    1,
  );
  const program = builder.build();
  expect(Array.from(program.rowStart)).toEqual([0, 2, 2]);
  expect(Array.from(program.coefficient)).toEqual([2, 1]);
  const { objective, primal } = await highsSolver.solve(program);
  expect(objective).toBeCloseTo(-6.5, 9);
  expect(Array.from(primal!)).toEqual([0.5, 3]);
});
