import { Rational } from "../../number/rational.js";
import { simplestBetween } from "../../number/simplest-fraction.js";
import type { ExpectationCertificate, MixedRule } from "./certificate.js";
import type { ExpectedProgram } from "./in-expectation.js";
import type { RegularEnvironment } from "./regular.js";

/** The largest price of money that is tried. */
const HIGHEST_PRICE = 2 ** 20;
/** Halvings of the interval of prices before simple fractions in it are tried, in turn; the last also ends the search. */
const HALVINGS = [4, 8, 16, 24];

/**
 * The price of money at which the best rule just covers its cost, where virtual values are affine: exactly where that price is a
 * simple fraction, else a mixture of the rules at two prices very near to it. Undefined where the rules there are no mechanisms.
 */
export function findRegular(
  regular: RegularEnvironment,
  program: ExpectedProgram,
): ExpectationCertificate | undefined {
  const at = (price: Rational) => regular.atPrice(program, regular.price(program, price));
  const alone = (price: Rational): ExpectationCertificate => ({
    kind: "free-interim",
    bound: regular.price(program, price),
    rules: [{ probability: Rational.ONE, price: regular.price(program, price) }],
  });
  if (program.value.isZero) return at(Rational.ONE) && alone(Rational.ONE);
  const free = at(Rational.ZERO);
  if (!free) return undefined;
  if (!program.budgeted || free.rule.money.sign >= 0) return alone(Rational.ZERO);

  let low = { price: Rational.ZERO, money: free.rule.money };
  let high = low;
  for (let price = 1; high.money.sign < 0; price *= 2) {
    const found = at(Rational.of(price));
    if (!found) return undefined;
    low = high;
    high = { price: Rational.of(price), money: found.rule.money };
    // No rule covers its cost: the price still proves a bound.
    if (price >= HIGHEST_PRICE && high.money.sign < 0) return { ...alone(high.price), rules: [] };
  }
  let done = 0;
  for (const halvings of HALVINGS) {
    for (; done < halvings; done++) {
      const price = low.price.add(high.price).divide(Rational.of(2));
      const found = at(price);
      if (!found) return undefined;
      const here = { price, money: found.rule.money };
      if (here.money.sign < 0) low = here;
      else high = here;
      if (here.money.isZero) return alone(price);
    }
    const simple = simplestBetween(low.price, high.price);
    const tried = at(simple);
    if (tried?.rule.money.isZero) return alone(simple);
  }
  const share = low.money.negate().divide(high.money.subtract(low.money));
  const rules: MixedRule[] = [
    { probability: Rational.ONE.subtract(share), price: regular.price(program, low.price) },
    { probability: share, price: regular.price(program, high.price) },
  ];
  return { kind: "free-interim", bound: regular.price(program, high.price), rules };
}
