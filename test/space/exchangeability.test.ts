import { expect, test } from "vitest";
import { singleGoodAuction } from "../../models/index.js";
import { exchangeability } from "../../src/space/exchangeability.js";

test("exchanging bidders exchanges what they win, and one who values it more can be exchanged with nobody", () => {
  const { environment } = singleGoodAuction({ agents: 3, grid: { points: 2 } });
  expect(exchangeability(environment)?.swaps.map((swap) => [...swap])).toEqual([
    [0, 2, 1, 3],
    [0, 1, 3, 2],
  ]);
  const grids = [{ points: 2 }, { points: 2 }, { points: 2, to: 2 }];
  expect(exchangeability(singleGoodAuction({ grids }).environment)).toBe(undefined);
});
