import type { Environment } from "../environment/environment.js";
import { times } from "../number/integer.js";
import { IntegerSum } from "../number/integer-sum.js";
import { Rational } from "../number/rational.js";
import { exchangeability } from "./exchangeability.js";
import { Scores, WELFARE } from "./scores.js";
import { Space } from "./space.js";

/** From here on it pays to ask whether agents are alike, so that one profile can stand for many. */
const FEWEST_FOR_ORBITS = 1e5;

/** `E max_x sum_i (v_i - u_i) - r`: what full information would be worth in expectation. */
export function expectedEfficientGains(environment: Environment): Rational {
  const { profiles, prior, hasPrivateValues, outcomes, outsideOptions, moneyDenominator } = environment;
  const mayBeAlike = profiles.count > FEWEST_FOR_ORBITS && prior.kind === "independent" && hasPrivateValues;
  const space = new Space(environment, mayBeAlike && exchangeability(environment) !== undefined);
  const scores = new Scores(space, WELFARE);
  const total = new IntegerSum();
  space.rows((row) => {
    scores.fill(row);
    const { from, to, first, lead, spread, types } = row;
    const sum = new IntegerSum();
    for (let b = from; b < to; b++) {
      let best = scores.at(b, 0);
      for (let x = 1; x < outcomes.length; x++) if (scores.at(b, x) > best) best = scores.at(b, x);
      sum.add(times(spread[b], best));
      outsideOptions.forEach((option, i) => {
        if (!option.dependsOnProfile) return;
        const type = i === types.length ? b : types[i];
        sum.add(times(spread[b], -option.numerator(type, first + b, 0)));
      });
    }
    total.add(times(lead, sum.value));
  });
  const gains = Rational.of(total.value, space.whole * moneyDenominator);
  const known = outsideOptions.map((option, i) => {
    if (option.dependsOnProfile) return Rational.ZERO;
    const marginal = prior.marginals[i];
    return Rational.sum(marginal.toRationals().map((p, type) => p.multiply(option.at(type, 0, 0))));
  });
  return gains.subtract(Rational.sum(known));
}
