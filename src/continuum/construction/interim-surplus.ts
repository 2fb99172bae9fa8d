import { type ContinuousAgent, finiteSurplus } from "../../environment/continuous-environment.js";
import { mergedNodes, PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { expectedSurplus, isExact } from "../interim/expected-surplus.js";
import { AffineForm, distinctForms, largestForm } from "./affine-form.js";

/** A good that is worth `worth.slope * type + worth.constant` to whoever of the agents gets it, or `otherwise` to nobody. */
export interface PrivateGood {
  readonly agents: readonly number[];
  readonly slope: Rational;
  readonly constant: Rational;
  readonly otherwise?: Rational | undefined;
}

/**
 * The forms as a private good whose surplus is the largest of `otherwise` and what it is worth to the agent of the highest
 * type; undefined where they are something else.
 */
export function privateGoodOf(forms: readonly AffineForm[]): PrivateGood | undefined {
  const constants = forms.filter((form) => form.agents.length === 0).map(({ constant }) => constant);
  const owned = forms.filter((form) => form.agents.length > 0);
  const [first] = owned;
  if (!first) return undefined;
  const slope = first.slopes[first.agents[0]];
  const alike = owned.every(
    (form) =>
      form.agents.length === 1 &&
      form.slopes[form.agents[0]].equals(slope) &&
      form.constant.equals(first.constant),
  );
  if (!alike || slope.sign < 0) return undefined;
  return {
    agents: [...new Set(owned.map((form) => form.agents[0]))],
    slope,
    constant: first.constant,
    otherwise: constants.length > 0 ? constants.reduce(Rational.maximum) : undefined,
  };
}

/** `E[largest form | t_agent]`, exactly; undefined where that is not known. */
export function interimLargest(
  forms: readonly AffineForm[],
  agents: readonly ContinuousAgent[],
  agent: number,
): PiecewisePolynomial | undefined {
  const outcomes = distinctForms(forms).map(({ constant, slopes }, k) => ({
    label: `form ${k}`,
    slopes,
    constants: slopes.map((_, i) => (i === 0 ? constant : Rational.ZERO)),
    cost: Rational.ZERO,
  }));
  const environment = { name: "forms", agents, outcomes, surplus: finiteSurplus(outcomes) };
  // No number of cells matters where it is exact.
  return isExact(environment) ? expectedSurplus(environment, 1).givenOwn[agent].below : undefined;
}

/** Which types of the other agent are integrated over: all, or those below or above the own type. */
export type Range = "all" | "below" | "above";

/**
 * `a -> integral of (largest form at (a, b)) f(b) db`, or of the case that belongs to it, over a range of the other agent's types `b`. Between neighbouring
 * types `a` at which two of the lines along which the integrand changes its formula meet, it is a polynomial of degree at
 * most two more than the density's; its values at that many types and one more determine it.
 */
export function integralOfLargest(
  forms: readonly AffineForm[],
  densities: readonly PiecewisePolynomial[],
  agent: number,
  other: number,
  range: Range,
  cases: readonly AffineForm[] = forms,
): PiecewisePolynomial {
  const { from, to } = densities[agent];
  const size = densities.length;
  const density = densities[other];
  const lines = [
    ...forms.flatMap((form, k) => forms.slice(0, k).map((earlier) => form.minus(earlier))),
    ...density.nodes.map((node) => AffineForm.type(other, size).minus(AffineForm.constant(node, size))),
    ...(range === "all" ? [] : [AffineForm.type(other, size).minus(AffineForm.type(agent, size))]),
  ];
  const critical = lines.flatMap((line, k) => [
    ...crossings(line, agent),
    ...lines.slice(0, k).flatMap((earlier) => meetings(line, earlier, agent, other)),
  ]);
  const nodes = mergedNodes([[from, to], critical]).filter((x) => x.compare(from) >= 0 && x.compare(to) <= 0);
  const degree = Math.max(...density.pieces.map((piece) => piece.degree)) + 2;
  const value = (own: Rational) => integralAt(forms, cases, density, agent, other, own, range);
  return joined(
    new PiecewisePolynomial(
      nodes,
      nodes.slice(0, -1).map((node, k) => interpolated(value, node, nodes[k + 1], degree)),
    ),
  );
}

/** Where a line that does not depend on the other agent's type is. */
function crossings(line: AffineForm, agent: number): Rational[] {
  if (line.agents.length !== 1 || line.agents[0] !== agent) return [];
  return [line.constant.negate().divide(line.slopes[agent])];
}

function meetings(a: AffineForm, b: AffineForm, agent: number, other: number): Rational[] {
  const determinant = a.slopes[agent]
    .multiply(b.slopes[other])
    .subtract(a.slopes[other].multiply(b.slopes[agent]));
  if (determinant.isZero) return [];
  const above = a.slopes[other].multiply(b.constant).subtract(a.constant.multiply(b.slopes[other]));
  return [above.divide(determinant)];
}

function integralAt(
  forms: readonly AffineForm[],
  cases: readonly AffineForm[],
  density: PiecewisePolynomial,
  agent: number,
  other: number,
  own: Rational,
  range: Range,
): Rational {
  const from = range === "above" ? Rational.maximum(own, density.from) : density.from;
  const to = range === "below" ? Rational.minimum(own, density.to) : density.to;
  if (from.compare(to) >= 0) return Rational.ZERO;
  const held = forms.map((form) => form.holding(agent, own));
  const breaks = held.flatMap((form, k) =>
    held.slice(0, k).flatMap((earlier) => {
      const difference = form.minus(earlier);
      const slope = difference.slopes[other];
      return slope.isZero ? [] : [difference.constant.negate().divide(slope)];
    }),
  );
  const nodes = mergedNodes([[from, to], breaks, density.nodes]).filter(
    (x) => x.compare(from) >= 0 && x.compare(to) <= 0,
  );
  return Rational.sum(
    nodes.slice(0, -1).map((node, k) => {
      const middle = node.add(nodes[k + 1]).divide(Rational.of(2));
      const types = held[0].slopes.map(() => middle);
      const best = cases[largestForm(held, types)].holding(agent, own);
      const line = Polynomial.affine(best.constant, best.slopes[other]);
      return line.times(density.pieces[density.pieceAt(middle)]).integral(node, nodes[k + 1]);
    }),
  );
}

/** The polynomial of at most that degree with these values in the interval (Newton's divided differences); one value more is held against it. */
function interpolated(
  value: (x: Rational) => Rational,
  from: Rational,
  to: Rational,
  degree: number,
): Polynomial {
  const places = Array.from({ length: degree + 2 }, (_, k) =>
    from.add(to.subtract(from).multiply(Rational.of(k + 1, degree + 3))),
  );
  const differences = places.map(value);
  for (let order = 1; order < places.length; order++)
    for (let k = places.length - 1; k >= order; k--)
      differences[k] = differences[k]
        .subtract(differences[k - 1])
        .divide(places[k].subtract(places[k - order]));
  if (!differences[degree + 1].isZero)
    throw new Error(`no polynomial of degree ${degree} from ${from} to ${to}`);
  return differences
    .slice(0, -1)
    .reduceRight(
      (sum, difference, k) =>
        sum.times(Polynomial.affine(places[k].negate(), Rational.ONE)).plus(Polynomial.constant(difference)),
      Polynomial.ZERO,
    );
}

/** Without the nodes between pieces that are the same polynomial. */
function joined({ nodes, pieces }: PiecewisePolynomial): PiecewisePolynomial {
  const kept = pieces.flatMap((piece, k) => (k > 0 && piece.equals(pieces[k - 1]) ? [] : [k]));
  return new PiecewisePolynomial(
    [...kept.map((k) => nodes[k]), nodes[nodes.length - 1]],
    kept.map((k) => pieces[k]),
  );
}
