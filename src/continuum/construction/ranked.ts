import { AffineForm } from "./affine-form.js";
import { bySigns, type Expression } from "./expression.js";

/** The payoff of an agent where the agents are ranked so, the highest type first. */
export type RankedPayoff = (agent: number, ranking: readonly number[]) => Expression;

/** Payoffs that depend on the order of types. */
export function ranked(size: number, payoff: RankedPayoff): Expression[] {
  const pairs = Array.from({ length: size }, (_, i) => i).flatMap((i) =>
    Array.from({ length: i }, (_, j) => [j, i] as const),
  );
  const forms = pairs.map(([j, i]) => AffineForm.type(j, size).minus(AffineForm.type(i, size)));
  return Array.from({ length: size }, (_, agent) =>
    bySigns(forms, (positive) => {
      const beaten = new Array<number>(size).fill(0);
      pairs.forEach(([j, i], k) => {
        beaten[positive[k] ? j : i]++;
      });
      return payoff(
        agent,
        beaten.map((_, i) => i).sort((a, b) => beaten[b] - beaten[a]),
      );
    }),
  );
}
