import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { type GreatestValue, greatestValue } from "../../number/greatest-value.js";
import { integralAbove, PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import { PiecewiseQuotient } from "../../number/piecewise-quotient.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { AffineForm, distinctForms, largestForm } from "./affine-form.js";
import { type Expression, largest, ofType } from "./expression.js";
import { integralOfLargest, interimLargest, privateGoodOf } from "./interim-surplus.js";
import { ranked } from "./ranked.js";
import type { Box } from "./simplex.js";

const MANY_OUTCOMES =
  "there is a continuum of outcomes, for which M2 and M3 are covered, and entitlements to a private good";

/** How narrowly numbers are enclosed that are no fractions. */
const WIDTH = Rational.of(1n, 10n ** 15n);

/** Why a construction is not evaluated for an environment: a sentence without its full stop. */
export class NotCovered extends Error {}

/**
 * What constructions are made of, where there are finitely many outcomes and types have densities: affine forms of profiles,
 * and what is expected given an own type as piecewise polynomials. Throws NotCovered where that is not so, on making one or
 * on asking for what is not known.
 */
export class ConstructionGround {
  readonly size: number;
  readonly densities: readonly PiecewisePolynomial[];
  readonly box: Box;
  private readonly remembered = new Map<string, unknown>();

  constructor(readonly environment: ContinuousEnvironment) {
    const { agents, outcomes, surplus } = environment;
    const size = agents.length;
    if (!outcomes && !surplus.highestType) throw new NotCovered(MANY_OUTCOMES);
    if (size < 2) throw new NotCovered("there is one agent");
    const atom = agents.find(({ atoms }) => atoms.length > 0);
    if (atom)
      throw new NotCovered(
        `a type of ${atom.name} has positive probability; types with densities are covered`,
      );
    this.size = size;
    this.densities = agents.map(({ density }) => density);
    this.box = this.densities.map(({ from, to }) => ({ from, to }));
  }

  /** For each outcome what it is worth to all agents, less its cost. Throws NotCovered for a continuum of outcomes. */
  get welfare(): readonly AffineForm[] {
    return this.once("welfare", () =>
      this.costs.map((cost, x) =>
        this.values
          .map((own) => own[x])
          .reduce((a, b) => a.plus(b))
          .minus(AffineForm.constant(cost, this.size)),
      ),
    );
  }

  /** For each agent and outcome what it is worth to the agent. Throws NotCovered as `welfare`. */
  get values(): readonly (readonly AffineForm[])[] {
    return this.once("values", () => {
      const { agents, outcomes } = this.environment;
      if (!outcomes) throw new NotCovered(MANY_OUTCOMES);
      return agents.map((_, i) =>
        outcomes.map(({ slopes, constants }) =>
          AffineForm.type(i, this.size).scaled(slopes[i]).plus(AffineForm.constant(constants[i], this.size)),
        ),
      );
    });
  }

  get costs(): readonly Rational[] {
    const { outcomes } = this.environment;
    if (!outcomes) throw new NotCovered(MANY_OUTCOMES);
    return outcomes.map(({ cost }) => cost);
  }

  /** The surplus at a profile. */
  get surplus(): Expression {
    return this.once("surplus", () => {
      const worth = this.worthOfHighest;
      if (!worth) return largest(this.welfare);
      const quotient = PiecewiseQuotient.of(worth);
      return ranked(this.size, (_, [highest]) => ofType(highest, quotient, this.size))[0];
    });
  }

  /** How fast the efficient outcome's value to the agent rises with its type, at reported types. */
  slopeAt(agent: number, types: readonly Rational[]): Rational {
    const worth = this.worthOfHighest;
    if (!worth) return this.values[agent][largestForm(this.welfare, types)].slopes[agent];
    const wins = types.every((type, i) => i === agent || type.compare(types[agent]) < 0);
    return wins ? worth.map((piece) => piece.derivative()).at(types[agent]) : Rational.ZERO;
  }

  /** The surplus as a function of the highest type, where it is one that is known as such; all types are of one interval. */
  private get worthOfHighest(): PiecewisePolynomial | undefined {
    const { highestType } = this.environment.surplus;
    if (!highestType) return undefined;
    const [{ from, to }] = this.densities;
    if (!this.densities.every((density) => density.from.equals(from) && density.to.equals(to)))
      throw new NotCovered("agents' types come from different intervals");
    return PiecewisePolynomial.of(highestType, from, to);
  }

  /**
   * What the good is worth to the highest type, where the surplus depends on it alone and rises with it. Throws NotCovered
   * elsewhere.
   */
  get highestWorth(): PiecewisePolynomial {
    const known = this.worthOfHighest;
    if (known) return known;
    const good = privateGoodOf(this.welfare);
    if (!good || good.agents.length < this.size)
      throw new NotCovered("the surplus does not depend on the highest type alone");
    const [{ from, to }] = this.densities;
    if (!this.densities.every((density) => density.from.equals(from) && density.to.equals(to)))
      throw new NotCovered("agents' types come from different intervals");
    const { slope, constant, otherwise } = good;
    const floor = otherwise?.subtract(constant).divide(slope);
    return PiecewisePolynomial.of(Polynomial.affine(constant, slope), from, to)
      .refined(floor ? [floor] : [])
      .map((piece, start) =>
        floor && otherwise && start.compare(floor) < 0 ? Polynomial.constant(otherwise) : piece,
      );
  }

  /** Whether two agents' types may change places in the surplus. */
  get isSymmetric(): boolean {
    if (this.environment.surplus.highestType) return true;
    const mirrored = ({ constant, slopes }: AffineForm) => new AffineForm(constant, [...slopes].reverse());
    return this.welfare.every((form) => this.welfare.some((other) => other.equals(mirrored(form))));
  }

  /** `a -> integral of S(a, b) f(b) db` over the second of two agents' types below or above the first one's. */
  surplusOver(range: "below" | "above"): PiecewisePolynomial {
    const worth = this.worthOfHighest;
    if (!worth) return integralOfLargest(this.welfare, this.densities, 0, 1, range);
    if (range === "below") return worth.times(this.densities[1].antiderivative());
    return integralAbove(worth.times(this.densities[1]));
  }

  get names(): string[] {
    return this.environment.agents.map(({ name }) => name);
  }

  name(agent: number): string {
    return this.environment.agents[agent].name;
  }

  outsideOption(agent: number): PiecewisePolynomial {
    return this.environment.agents[agent].outsideOption;
  }

  /** The forms of which the surplus without the agent is the largest: outcomes cost what they do with it. */
  withoutAgent(agent: number): AffineForm[] {
    return distinctForms(this.welfare.map((form, x) => form.minus(this.values[agent][x])));
  }

  /**
   * The forms of which the least gain over the agent's types is the largest, `min over t_i of S(t) - u_i(t_i)`, by duality: the
   * forms that rise with its type at its lowest one, those that fall at its highest, and mixtures of the two that do neither.
   * Throws NotCovered where the outside option is not affine.
   */
  leastGain(agent: number): AffineForm[] {
    const { pieces, from, to } = this.outsideOption(agent);
    if (pieces.length > 1 || pieces[0].degree > 1)
      throw new NotCovered(`the outside option of ${this.name(agent)} is not affine in its type`);
    const [constant, slope] = [pieces[0].coefficient(0), pieces[0].coefficient(1)];
    const outside = AffineForm.type(agent, this.size)
      .scaled(slope)
      .plus(AffineForm.constant(constant, this.size));
    const gains = distinctForms(this.welfare).map((form) => form.minus(outside));
    const rising = gains.filter(({ slopes }) => slopes[agent].sign >= 0);
    const falling = gains.filter(({ slopes }) => slopes[agent].sign <= 0);
    const mixtures = falling.flatMap((down) =>
      rising.flatMap((up) => {
        const [fall, rise] = [down.slopes[agent].negate(), up.slopes[agent]];
        if (fall.isZero || rise.isZero) return [];
        const weight = fall.divide(fall.add(rise));
        return [up.scaled(weight).plus(down.scaled(Rational.ONE.subtract(weight)))];
      }),
    );
    return distinctForms([
      ...rising.map((form) => form.holding(agent, from)),
      ...falling.map((form) => form.holding(agent, to)),
      ...mixtures,
    ]);
  }

  /** `E[largest form | t_agent]`. Throws NotCovered where it is not known exactly. */
  interim(forms: readonly AffineForm[], agent: number): PiecewisePolynomial {
    const found = interimLargest(forms, this.environment.agents, agent);
    if (found) return found;
    throw new NotCovered("the expected surplus given an own type is not known exactly");
  }

  /** `E[S | t_agent]`. */
  interimSurplus(agent: number): PiecewisePolynomial {
    return this.once(`surplus ${agent}`, () => {
      const worth = this.worthOfHighest;
      if (!worth) return this.interim(this.welfare, agent);
      const others = this.densities.filter((_, i) => i !== agent).map((density) => density.antiderivative());
      const below = others.reduce((product, one) => product.times(one));
      const rise = below.map((piece) => piece.derivative());
      return worth.times(below).plus(integralAbove(worth.times(rise)));
    });
  }

  /** The mean of a function of the agent's type. */
  mean(agent: number, of: PiecewisePolynomial): Rational {
    return of.times(this.densities[agent]).integral();
  }

  /** The mean of the largest of forms. */
  meanLargest(forms: readonly AffineForm[]): Rational {
    return this.mean(0, this.interim(forms, 0));
  }

  /** `E S`. */
  get meanSurplus(): Rational {
    return this.once("mean", () => this.mean(0, this.interimSurplus(0)));
  }

  /** `E S` without the agent. */
  meanWithout(agent: number): Rational {
    return this.once(`mean without ${agent}`, () => this.meanLargest(this.withoutAgent(agent)));
  }

  /** `sup of u_i - E[S | t_i]`: what the agent's most reluctant type has to be paid if everybody else has the surplus. */
  reluctance(agent: number): GreatestValue {
    return this.once(`reluctance ${agent}`, () =>
      greatestValue(this.outsideOption(agent).minus(this.interimSurplus(agent)), WIDTH),
    );
  }

  /**
   * `E[v_i(x*) - share * c(x*) | t_i]`: for two agents by integration; else from the derivative of `E[S | t_i]`, the mean slope
   * of `v_i`, where that difference is one affine function of the outcome's slope. Throws NotCovered elsewhere.
   */
  interimValue(agent: number, share: Rational): PiecewisePolynomial {
    if (this.size === 2) {
      const cases = this.values[agent].map((value, x) =>
        value.minus(AffineForm.constant(this.costs[x].multiply(share), 2)),
      );
      return integralOfLargest(this.welfare, this.densities, agent, 1 - agent, "all", cases);
    }
    const points = this.values[agent].map((value, x) => ({
      slope: value.slopes[agent],
      rest: value.constant.subtract(this.costs[x].multiply(share)),
    }));
    const [first] = points;
    const other = points.find(({ slope }) => !slope.equals(first.slope)) ?? first;
    const rise = other.slope.equals(first.slope)
      ? Rational.ZERO
      : other.rest.subtract(first.rest).divide(other.slope.subtract(first.slope));
    const level = first.rest.subtract(rise.multiply(first.slope));
    if (!points.every(({ slope, rest }) => rest.equals(level.add(rise.multiply(slope)))))
      throw new NotCovered(
        `what ${this.name(agent)} expects of the outcome, less a share of its cost, does not follow from the expected surplus`,
      );
    const factor = Polynomial.affine(rise, Rational.ONE);
    return this.interimSurplus(agent).map((piece) =>
      piece.derivative().times(factor).plus(Polynomial.constant(level)),
    );
  }

  private once<T>(key: string, compute: () => T): T {
    if (!this.remembered.has(key)) this.remembered.set(key, compute());
    return this.remembered.get(key) as T;
  }
}
