import type { ContinuousAgent, ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { bindingEnd } from "./binding-end.js";
import type { ExpectedProgram } from "./in-expectation.js";
import { expectationsOfLargest } from "./independent-maxima.js";
import { type AffineForm, clipped, formMinus, integralOver, type Polygon } from "./polygon.js";
import type { Price } from "./price.js";

/** A rule that is best at some price, as far as the objective and the requirements can tell. */
export interface RegularRule {
  /** The expectation of what outcomes are worth to all, less their cost. */
  readonly welfare: Rational;
  /** Expected payments less cost, when agents get no more than participation demands. */
  readonly money: Rational;
}

/** An affine function on a part of an agent's interval. */
export interface AffinePiece {
  readonly from: Rational;
  readonly to: Rational;
  /** The density, which is constant there. */
  readonly density: Rational;
  /** In the type: what decides, and what a unit of slope is worth in welfare is the type itself. */
  readonly virtual: Polynomial;
  /** What a unit of slope adds to expected payments. */
  readonly money: Polynomial;
}

/**
 * An environment whose virtual values are affine between the nodes of the densities, which are piecewise constant: where they do not
 * decrease, the expectation of the largest virtual surplus is an integral over polygons (two agents) or a sum of integrals of
 * polynomials (each outcome of interest to one agent at most), and no cell is needed.
 */
export class RegularEnvironment {
  private readonly outcomes;
  private readonly outside: readonly Rational[];
  private readonly ends: readonly (Rational | undefined)[];

  constructor(readonly environment: ContinuousEnvironment) {
    this.outcomes = environment.outcomes ?? [];
    this.outside = environment.agents.map(({ density, outsideOption }) =>
      density.times(outsideOption).integral(),
    );
    this.ends = environment.agents.map((_, i) => bindingEnd(environment, i));
  }

  /** Why integrals are not exact here, or undefined. */
  obstacle(program: ExpectedProgram): string | undefined {
    const { agents } = this.environment;
    if (agents.some(({ atoms }) => atoms.length > 0)) return "types of positive probability";
    if (agents.some(({ density }) => density.pieces.some((piece) => piece.degree !== 0)))
      return "a density that is not piecewise constant, or 0 somewhere";
    if (program.participation === "interim" && this.ends.some((end) => end === undefined))
      return "participation does not bind at one end of types only";
    if (agents.length !== 2 && !this.separate())
      return "outcomes that concern several of more than two agents";
    return undefined;
  }

  /** The price with the weight on participation where it binds. */
  price({ participation }: ExpectedProgram, money: Rational): Price {
    if (participation !== "interim") return { money, participation: [] };
    return { money, participation: this.ends.map((end) => [{ type: end!, weight: Rational.ONE }]) };
  }

  /** Whether all weights on participation are where it binds. */
  bindsAt({ participation }: Price): boolean {
    return participation.every((list, i) => list.every(({ type }) => this.ends[i]?.equals(type)));
  }

  /** Undefined where virtual values decrease somewhere: then the best rule is no mechanism. */
  atPrice(program: ExpectedProgram, { money }: Price): { rule: RegularRule; bound: Rational } | undefined {
    if (program.value.add(money).isZero) return undefined;
    const { agents } = this.environment;
    const pieces = this.virtualValues(program, money);
    if (pieces.some((list) => !neverFalls(list))) return undefined;
    const [welfare, raised] =
      agents.length === 2
        ? this.overPolygons(program, money, pieces)
        : this.overMaxima(program, money, pieces);
    const utilities = agents.map(({ outsideOption }, i) =>
      program.participation === "interim" ? outsideOption.at(this.ends[i]!) : this.outside[i],
    );
    const rule = { welfare, money: raised.subtract(Rational.sum(utilities)) };
    return { rule, bound: this.worth(program, money, rule) };
  }

  /** For each agent its virtual values at a price of money, not divided by the weight on what outcomes are worth. */
  virtualValues(program: ExpectedProgram, money: Rational): AffinePiece[][] {
    return this.environment.agents.map((agent, i) =>
      affinePieces(agent, program, money, program.participation === "interim" ? this.ends[i] : undefined),
    );
  }

  /** The mixture of rules, each with the probability beside it. */
  mixture(rules: readonly (readonly [RegularRule, Rational])[]): RegularRule {
    const mixed = (number: (rule: RegularRule) => Rational) =>
      Rational.sum(rules.map(([rule, weight]) => number(rule).multiply(weight)));
    return { welfare: mixed(({ welfare }) => welfare), money: mixed(({ money }) => money) };
  }

  money(_: ExpectedProgram, rule: RegularRule): Rational {
    return rule.money;
  }

  objective(program: ExpectedProgram, rule: RegularRule): Rational {
    return program.value.isZero ? rule.money : this.worth(program, Rational.ZERO, rule);
  }

  private worth({ value }: ExpectedProgram, price: Rational, { welfare, money }: RegularRule): Rational {
    return welfare.subtract(Rational.sum(this.outside)).multiply(value).add(money.multiply(price));
  }

  private fixed(x: number): Rational {
    return Rational.sum(this.outcomes[x].constants).subtract(this.outcomes[x].cost);
  }

  private separate(): boolean {
    const concerned = this.outcomes.map(({ slopes }) =>
      slopes.flatMap((slope, i) => (slope.isZero ? [] : [i])),
    );
    const once = concerned.flat();
    return concerned.every((list) => list.length <= 1) && new Set(once).size === once.length;
  }

  private overPolygons(
    program: ExpectedProgram,
    price: Rational,
    pieces: readonly AffinePiece[][],
  ): Rational[] {
    const totals = [Rational.ZERO, Rational.ZERO];
    for (const first of pieces[0]) {
      for (const second of pieces[1]) {
        const density = first.density.multiply(second.density);
        const form = (x: number, own: (piece: AffinePiece) => Polynomial, weight: Rational): AffineForm => {
          const [a, b] = this.outcomes[x].slopes;
          const [f, g] = [own(first), own(second)];
          return {
            constant: this.fixed(x)
              .multiply(weight)
              .add(f.coefficient(0).multiply(a))
              .add(g.coefficient(0).multiply(b)),
            ofX: f.coefficient(1).multiply(a),
            ofY: g.coefficient(1).multiply(b),
          };
        };
        const forms = this.outcomes.map((_, x) =>
          form(x, ({ virtual }) => virtual, program.value.add(price)),
        );
        const box: Polygon = [
          [first.from, second.from],
          [first.to, second.from],
          [first.to, second.to],
          [first.from, second.to],
        ];
        forms.forEach((own, x) => {
          let region = box;
          forms.forEach((other, y) => {
            if (y === x) return;
            const lead = formMinus(own, other);
            const tied = lead.constant.isZero && lead.ofX.isZero && lead.ofY.isZero;
            // Of outcomes that are equally good everywhere the first is chosen.
            if (tied) region = y < x ? [] : region;
            else region = clipped(region, lead);
          });
          if (region.length < 3) return;
          const parts = [
            form(x, () => Polynomial.X, Rational.ONE),
            form(x, ({ money }) => money, Rational.ONE),
          ];
          parts.forEach((part, k) => {
            totals[k] = totals[k].add(integralOver(region, part).multiply(density));
          });
        });
      }
    }
    return totals;
  }

  private overMaxima(
    program: ExpectedProgram,
    price: Rational,
    pieces: readonly AffinePiece[][],
  ): Rational[] {
    const weight = program.value.add(price);
    const rival = (i: number) => this.outcomes.findIndex(({ slopes }) => !slopes[i].isZero);
    const constants = this.outcomes.flatMap(({ slopes }, x) =>
      slopes.every((s) => s.isZero) ? [this.fixed(x)] : [],
    );
    return expectationsOfLargest(
      pieces.flatMap((list, i) => {
        const x = rival(i);
        if (x < 0) return [];
        const of = (own: Polynomial, fixed: Rational) =>
          own.scaled(this.outcomes[x].slopes[i]).plus(Polynomial.constant(fixed));
        return [
          list.map(({ from, to, density, virtual, money }) => ({
            from,
            to,
            density,
            score: of(virtual, this.fixed(x).multiply(weight)),
            parts: [of(Polynomial.X, this.fixed(x)), of(money, this.fixed(x))],
          })),
        ];
      }),
      constants.length > 0
        ? {
            score: constants.reduce(Rational.maximum).multiply(weight),
            parts: [constants.reduce(Rational.maximum), constants.reduce(Rational.maximum)],
          }
        : undefined,
    );
  }
}

function affinePieces(
  { density }: ContinuousAgent,
  { value, participation }: ExpectedProgram,
  price: Rational,
  end: Rational | undefined,
): AffinePiece[] {
  const distribution = density.antiderivative();
  return density.pieces.map((piece, k) => {
    const height = piece.coefficient(0);
    const met = end?.equals(density.from) ? Polynomial.ONE : Polynomial.ZERO;
    const money =
      participation === "interim"
        ? Polynomial.X.plus(distribution.pieces[k].minus(met).scaled(Rational.ONE.divide(height)))
        : Polynomial.X;
    return {
      from: density.nodes[k],
      to: density.nodes[k + 1],
      density: height,
      virtual: Polynomial.X.scaled(value).plus(money.scaled(price)),
      money,
    };
  });
}

function neverFalls(pieces: readonly AffinePiece[]): boolean {
  return pieces.every(
    ({ virtual, from }, k) =>
      virtual.coefficient(1).sign >= 0 &&
      (k === 0 || virtual.at(from).compare(pieces[k - 1].virtual.at(from)) >= 0),
  );
}
