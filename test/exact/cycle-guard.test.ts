import { expect, it } from "vitest";
import { CycleGuard } from "../../src/exact/simplex-state.js";

it("asks for Bland's rule once a run without progress comes back to a basis, until there is progress", () => {
  const [a, b] = [Uint8Array.from([0, 1, 2, 3, 0, 1, 2, 3, 1]), Uint8Array.from([0, 1, 2, 3, 0, 1, 2, 3, 2])];
  const guard = new CycleGuard();
  guard.record(a, false);
  guard.record(b, false);
  expect(guard.useBland).toBe(false);
  guard.record(a, false);
  expect(guard.useBland).toBe(true);
  guard.record(b, false);
  expect(guard.useBland).toBe(true);
  guard.record(b, true);
  expect(guard.useBland).toBe(false);
  guard.record(a, false);
  expect(guard.useBland).toBe(false);
});
