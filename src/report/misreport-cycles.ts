import { Rational } from "../number/rational.js";

/** An arc of misreporting: `from` would report `to`, with a weight in the proof. */
export interface MisreportArc {
  readonly from: string;
  readonly to: string;
  readonly weight: Rational;
}

/** Types that would each report the next, the last one the first, and the weight with which the cycle enters the proof. */
export interface MisreportCycle {
  readonly types: readonly string[];
  readonly weight: Rational;
}

/**
 * Splits incentive multipliers whose payments cancel by themselves into cycles of misreports: the proof that a rule is not
 * implementable (theory, section 4). Undefined when the weights do not balance at some type, so that other
 * requirements take part in the proof.
 */
export function misreportCycles(arcs: readonly MisreportArc[]): MisreportCycle[] | undefined {
  const left = new Map<string, Map<string, Rational>>();
  for (const { from, to, weight } of arcs) {
    const out = left.get(from) ?? new Map<string, Rational>();
    left.set(from, out.set(to, (out.get(to) ?? Rational.ZERO).add(weight)));
  }
  const cycles: MisreportCycle[] = [];
  for (;;) {
    const start = [...left].find(([, out]) => out.size > 0)?.[0];
    if (start === undefined) return cycles;
    const path = [start];
    for (;;) {
      const next = left
        .get(path[path.length - 1])
        ?.keys()
        .next().value;
      if (next === undefined) return undefined;
      const position = path.indexOf(next);
      if (position < 0) {
        path.push(next);
        continue;
      }
      const types = path.slice(position);
      const out = (k: number) => left.get(types[k])!;
      const to = (k: number) => types[(k + 1) % types.length];
      const weight = types.map((_, k) => out(k).get(to(k))!).reduce(Rational.minimum);
      types.forEach((_, k) => {
        const rest = out(k).get(to(k))!.subtract(weight);
        if (rest.isZero) out(k).delete(to(k));
        else out(k).set(to(k), rest);
      });
      cycles.push({ types, weight });
      break;
    }
  }
}
