import { describe, expect, it } from "vitest";
import { chosenBlocks, chosenRoute } from "../../../src/continuum/ex-post/route-choice.js";

describe("the choice of a route", () => {
  const quarter = [0.25, 0.25, 0.25, 0.25];

  it("parts types where there is no room on a diagonal, and has a hub between the targets", () => {
    const room = quarter.map((_, a) => quarter.map((_, b) => (Math.abs(a - b) >= 1 ? 1 : 0)));
    const { blocks, hub } = chosenRoute([0, 1], room, [quarter, quarter])!;
    for (const of of blocks) {
      expect(of.length).toBe(2);
      for (const { cells, target } of of)
        for (let a = cells[0]; a < cells[1]; a++) expect(target[0] <= a && a < target[1]).toBe(false);
    }
    const reached = blocks[1].flatMap(({ target: [from, to] }) => [from, to - 1]);
    for (const a of reached) expect(hub![0] <= a && a < hub![1]).toBe(false);
  });

  it("needs one block of each and no hub where there is room everywhere", () => {
    const room = quarter.map(() => quarter.map(() => 1));
    expect(chosenRoute([0, 1], room, [quarter, quarter])).toEqual({
      agents: [0, 1],
      blocks: [[{ cells: [0, 4], target: [0, 4] }], [{ cells: [0, 4], target: [0, 4] }]],
    });
  });

  it("fails where some type has no room anywhere", () => {
    const room = quarter.map((_, a) => quarter.map(() => (a === 2 ? 0 : 1)));
    expect(chosenRoute([0, 1], room, [quarter, quarter])).toBeUndefined();
    expect(chosenBlocks(room, quarter)).toBeUndefined();
  });
});
