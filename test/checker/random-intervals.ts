import { Rational } from "../../src/number/rational.js";
import type { RandomSource } from "../generator/random-source.js";

const text = (value: Rational): string => String(value);
const piece = (from: Rational, to: Rational, coefficients: readonly Rational[]) => ({
  from: text(from),
  to: text(to),
  coefficients: coefficients.map(text),
});

/** A density on [0, 1]: uniform, a power, a square, a step, with an atom, or with a gap. */
function distribution(random: RandomSource, plain: boolean): object | string {
  const [zero, half, one] = [Rational.ZERO, Rational.of(1, 2), Rational.ONE];
  switch (random.integer(0, plain ? 4 : 6)) {
    case 0:
    case 1:
      return "uniform";
    case 2:
      return { power: random.integer(1, 3) };
    case 3: {
      // (a + b x)^2 over its integral a^2 + a b + b^2/3.
      const [a, b] = [random.integer(1, 3), random.integer(-3, 3)].map((k) => Rational.of(k));
      const whole = a
        .multiply(a)
        .add(a.multiply(b))
        .add(b.multiply(b).divide(Rational.of(3)));
      const square = [a.multiply(a), a.multiply(b).multiply(Rational.of(2)), b.multiply(b)];
      return {
        density: [
          piece(
            zero,
            one,
            square.map((c) => c.divide(whole)),
          ),
        ],
      };
    }
    case 4: {
      const node = random.pick([half, Rational.of(1, 3), Rational.of(3, 4)]);
      const left = Rational.of(random.integer(1, 4), 5);
      return {
        density: [
          piece(zero, node, [left.divide(node)]),
          piece(node, one, [one.subtract(left).divide(one.subtract(node))]),
        ],
      };
    }
    case 5: {
      const probability = Rational.of(random.integer(1, 3), 4);
      return {
        density: [piece(zero, one, [one.subtract(probability)])],
        atoms: [
          { at: text(random.pick([zero, half, one, Rational.of(1, 3)])), probability: text(probability) },
        ],
      };
    }
    default:
      return { density: [piece(zero, half, [Rational.of(2)]), piece(half, one, [zero])] };
  }
}

/** An instance that writes intervals out, with a few outcomes; `plain` without atoms, gaps and curved outside options. */
export function randomInstance(random: RandomSource, agents: number, plain = false) {
  const rivals = random.onceIn(3);
  const width = rivals ? agents + 1 : random.integer(2, 4);
  const slope = (i: number, x: number) => {
    if (rivals) return x === i + 1 ? random.pick([1, 2, -1]) : 0;
    return x === 0 ? 0 : random.integer(-2, 2);
  };
  const line = (i: number, x: number) => ({
    slope: slope(i, x),
    constant: text(random.onceIn(3) ? random.money(-1, 1) : Rational.ZERO),
  });
  const ann = (i: number) => {
    const from = random.onceIn(3) ? random.money(-1, 1) : Rational.ZERO;
    const to = from.add(random.pick([Rational.ONE, Rational.ONE, Rational.of(3, 2)]));
    return {
      name: `agent ${i + 1}`,
      types: { from: text(from), to: text(to), distribution: distribution(random, plain) },
      values: { byOutcome: Array.from({ length: width }, (_, x) => line(i, x)) },
      outsideOption: outsideOption(random, from, to, plain),
    };
  };
  return {
    agents: Array.from({ length: agents }, (_, i) => ann(i)),
    outcomes: Array.from({ length: width }, (_, x) => `outcome ${x}`),
    cost: {
      byOutcome: Array.from({ length: width }, (_, x) =>
        text(x > 0 && random.onceIn(2) ? random.money(0, 1) : Rational.ZERO),
      ),
    },
  };
}

function outsideOption(random: RandomSource, from: Rational, to: Rational, plain: boolean): object | string {
  const third = Rational.of(random.integer(-1, 2), 3);
  switch (random.integer(0, plain ? 3 : 4)) {
    case 0:
    case 1:
      return "0";
    case 2:
      return { slope: text(third), constant: text(random.money(-1, 0)) };
    case 3: {
      // A kink in the middle: third |t - middle|.
      const middle = from.add(to).divide(Rational.of(2));
      return {
        pieces: [
          piece(from, middle, [third.multiply(middle), third.negate()]),
          piece(middle, to, [third.multiply(middle).negate(), third]),
        ],
      };
    }
    default:
      return { pieces: [piece(from, to, [Rational.ZERO, Rational.ZERO, third])] };
  }
}
