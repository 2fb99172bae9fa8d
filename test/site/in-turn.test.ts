import { expect, test } from "vitest";
import { inTurn } from "../../site/pages/in-turn.js";

test("no more than so many run at a time, all of them in the end, those after a failure too", async () => {
  let running = 0;
  let most = 0;
  const work = inTurn(2, async (k: number) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running--;
    if (k === 1) throw new Error("the second");
    return k;
  });
  const ended = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
  expect(ended.map((end) => (end.status === "fulfilled" ? end.value : String(end.reason)))).toEqual([
    0,
    "Error: the second",
    2,
    3,
    4,
  ]);
  expect(most).toBe(2);
});
