import { describe, expect, it } from "vitest";
import { BasisSystem } from "../../src/exact/basis-system.js";
import { toIntegerProgram } from "../../src/exact/integer-program.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { BasisStatus } from "../../src/solver/solver.js";
import { generator, randomProgram } from "./random-program.js";

describe("BasisSystem", () => {
  it("prices every basic variable at zero, moves only basic ones, and writes them in terms of the others", () => {
    const seed = 1947;
    const random = generator(seed);
    let bases = 0;
    let repaired = 0;
    let logicalsWithCost = 0;
    for (let round = 0; round < 300; round++) {
      const program = toIntegerProgram(randomProgram(random, 8));
      const { columnCount, rowCount, variableCount, rows } = program;
      const proposed = Uint8Array.from({ length: variableCount }, () => Math.floor(random() * 3));
      const status = proposed.slice();
      const system = new BasisSystem(program, status, () => {});
      if (status.some((s, v) => s !== proposed[v])) repaired++;
      const basic = [...status.keys()].filter((v) => status[v] === BasisStatus.BASIC);
      const nonbasic = [...status.keys()].filter((v) => status[v] !== BasisStatus.BASIC);
      expect(basic.length, `seed ${seed}, round ${round}`).toBe(rowCount);
      if (basic.length === 0 || nonbasic.length === 0) continue;
      bases++;

      const entry = (i: number, j: number): bigint => {
        for (let k = rows.start[i]; k < rows.start[i + 1]; k++) {
          if (rows.index[k] === j) return BigInt(rows.value[k]);
        }
        return 0n;
      };
      const onVariable = (y: RationalVector, v: number): bigint => {
        if (v >= columnCount) return -y.numeratorAt(v - columnCount);
        let sum = 0n;
        for (let i = 0; i < rowCount; i++) sum += entry(i, v) * y.numeratorAt(i);
        return sum;
      };
      const cost = new RationalVector(
        Array.from({ length: variableCount }, () => BigInt(Math.floor(random() * 9) - 4)),
        3n,
      );
      const y = system.duals(cost);
      for (const v of basic) {
        if (v >= columnCount && cost.numeratorAt(v) !== 0n) logicalsWithCost++;
        expect(onVariable(y, v) * cost.denominator).toBe(cost.numeratorAt(v) * y.denominator);
      }
      const entering = nonbasic[Math.floor(random() * nonbasic.length)];
      const direction = system.direction(entering);
      for (const v of nonbasic) expect(direction.at(v).toString()).toBe(v === entering ? "1" : "0");
      for (let i = 0; i < rowCount; i++) {
        let activity = 0n;
        for (let j = 0; j < columnCount; j++) activity += entry(i, j) * direction.numeratorAt(j);
        expect(direction.numeratorAt(columnCount + i)).toBe(activity);
      }
      const leaving = basic[Math.floor(random() * basic.length)];
      const u = system.tableauRow(leaving);
      const slope = onVariable(u, entering) * direction.denominator;
      expect(direction.numeratorAt(leaving) * u.denominator).toBe(slope);
    }
    expect(bases).toBeGreaterThan(200);
    expect(repaired).toBeGreaterThan(100);
    expect(logicalsWithCost).toBeGreaterThan(100);
  });
});
