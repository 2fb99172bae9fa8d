import { designFor } from "../design.js";
import { RandomSource } from "../generator/random-source.js";
import type { FamilyParameters } from "../instance-data.js";
import { Rational } from "../number/rational.js";
import { posed } from "../question/problem.js";
import type { AskedQuestion } from "../question/question.js";
import { type Example, example } from "./example.js";
import type { Family } from "./family.js";

type ValuationData = NonNullable<FamilyParameters["interdependent-trade"]["buyerValuation"]>;

/** Two agents' values of signals from [0, 1]: v = constant + own s + square s^2 + other s' + both s s'. */
export interface SmoothValuations {
  readonly kind: "trade" | "good";
  readonly coefficients: readonly [Coefficients, Coefficients];
  readonly cost: Rational;
  readonly seed: number;
}

interface Coefficients {
  readonly constant: Rational;
  readonly own: Rational;
  readonly square: Rational;
  readonly other: Rational;
  readonly both: Rational;
}

/**
 * Drawn from seeds: values that rise strictly with the own signal and weakly with the other's, with differences that rise with the own signal
 * for the public good; for some signals there are gains, for others losses.
 */
export function smoothValuations(about: string, kind: SmoothValuations["kind"]): Family<SmoothValuations> {
  return {
    about,
    member: (seed) => {
      const random = new RandomSource(seed);
      const both = random.pick([0, 0, 1]);
      const drawn = (): Coefficients => ({
        constant: Rational.of(random.integer(-4, 4), 4),
        own: Rational.of(random.integer(4, 8), 4),
        square: Rational.of(random.integer(0, 2), 4),
        other: Rational.of(random.integer(0, 3), 4),
        both: Rational.of(both, 4),
      });
      const coefficients = [drawn(), drawn()] as const;
      const [least, most] = [total(coefficients, 0), total(coefficients, 1)];
      const part = Rational.of(random.integer(1, 7), 8);
      const cost = least.add(most.subtract(least).multiply(part));
      const valuations: SmoothValuations = { kind, coefficients, cost, seed };
      return isTrivial(valuations) ? undefined : valuations;
    },
    shown: (valuations) => [
      `drawn from the seed ${valuations.seed}:`,
      JSON.stringify(onSignals(valuations, 5).data),
    ],
  };
}

/** On so many equally spaced signals from 0 to 1. */
export function onSignals({ kind, coefficients, cost }: SmoothValuations, points: number): Example {
  const grid = { points, placement: "endpoint" } as const;
  const [first, second] = coefficients.map(valuationData);
  return kind === "trade"
    ? example("interdependent-trade", {
        buyer: grid,
        seller: grid,
        buyerValuation: first,
        sellerValuation: second,
      })
    : example("interdependent-public-good", {
        agents: 2,
        grid,
        cost: `${cost}`,
        valuations: [first, second],
      });
}

/**
 * Fewest of 3, 5, 9, 17 or 33 signals a side on which what is asked ex post of every signal is impossible, and then on all of [0, 1]; undefined
 * where none proves it.
 */
export async function provenOnTypes(
  valuations: SmoothValuations,
  question: AskedQuestion,
): Promise<number | undefined> {
  for (const points of [3, 5, 9, 17, 33]) {
    const { environment } = onSignals(valuations, points);
    const { verdict } = await designFor(posed(environment, question));
    if (verdict === "impossible") return points;
  }
  return undefined;
}

function valuationData({ constant, own, square, other, both }: Coefficients): ValuationData {
  return {
    terms: [
      { coefficient: `${constant}`, own: 0 },
      { coefficient: `${own}`, own: 1 },
      { coefficient: `${square}`, own: 2 },
      { coefficient: `${other}`, own: 0, other: 1 },
      { coefficient: `${both}`, own: 1, other: 1 },
    ],
  };
}

/** What both values add up to at the signals 0 and 0, or 1 and 1. */
function total(coefficients: readonly [Coefficients, Coefficients], signal: 0 | 1): Rational {
  return Rational.sum(
    coefficients.flatMap(({ constant, own, square, other, both }) =>
      signal === 0 ? [constant] : [constant, own, square, other, both],
    ),
  );
}

/** Whether trade gains nothing with the best buyer and the cheapest seller, or loses nothing with the worst and the dearest. */
function isTrivial({ kind, coefficients: [buyer, seller] }: SmoothValuations): boolean {
  if (kind === "good") return false;
  const best = Rational.sum([buyer.constant, buyer.own, buyer.square]).subtract(
    seller.constant.add(seller.other),
  );
  const worst = buyer.constant
    .add(buyer.other)
    .subtract(Rational.sum([seller.constant, seller.own, seller.square]));
  return best.sign <= 0 || worst.sign >= 0;
}
