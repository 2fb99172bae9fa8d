import { describe, expect, it } from "vitest";
import { multisetRank, shareTables } from "../../../../src/continuum/ex-post/judge/share-tables.js";
import { Rational } from "../../../../src/number/rational.js";
import { q } from "../environments.js";

const fractions = ({ values, denominator }: { values: readonly bigint[]; denominator: bigint }) =>
  values.map((value) => `${Rational.of(value, denominator)}`);

describe("a list of shares", () => {
  const list = ["0", "1/2", "1/3", "1"].map(q);

  it("leaves the rest to the agents without one", () => {
    expect(shareTables({ shares: [list] }, [2, 2], false).map(fractions)).toEqual([
      ["0", "1/2", "1/3", "1"],
      ["1", "1/2", "2/3", "0"],
    ]);
  });

  it("leaves the rest to nobody where money may be left over", () => {
    expect(shareTables({ shares: [list] }, [2, 2], true).map(fractions)[1]).toEqual(["0", "0", "0", "0"]);
  });

  it("leaves the rest to all in equal parts where all have one", () => {
    const other = list.map(() => Rational.ZERO);
    expect(shareTables({ shares: [list, other] }, [2, 2], false).map(fractions)).toEqual([
      ["1/2", "3/4", "2/3", "1"],
      ["1/2", "1/4", "1/3", "0"],
    ]);
  });

  it("of alike agents stands for each of them, by the own node and the multiset of the others'", () => {
    // Own node 0 with others {0,0}, {0,1}, {1,1}; own node 1 likewise.
    const shares = [["1/3", "1/4", "0", "1/2", "3/8", "1/3"].map(q)];
    const tables = shareTables({ shares, alike: true }, [2, 2, 2], false).map(fractions);
    // At 0, 0, 1: a quarter each for the first two, half for the third.
    expect(tables.map((of) => of[1])).toEqual(["1/4", "1/4", "1/2"]);
    // At 1, 0, 1: nothing for the second, three eighths for the others; the quarter that is left goes to all.
    expect(tables.map((of) => of[5])).toEqual(["11/24", "1/12", "11/24"]);
  });

  it("ranks multisets in the order of their sorted lists", () => {
    const { count, rank } = multisetRank(3, 2);
    expect(count).toBe(6);
    const sorted = [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 2],
      [2, 2],
    ];
    expect(sorted.map(rank)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(rank([2, 1])).toBe(4);
  });
});
