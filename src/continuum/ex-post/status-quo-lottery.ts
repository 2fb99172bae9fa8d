import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { FloatProgramBuilder } from "../../lp/float-program-builder.js";
import { Rational } from "../../number/rational.js";
import type { MechanismWithoutMoney } from "./certificate.js";
import { checkStatusQuo } from "./judge/status-quo.js";
import { proposal } from "./proposal.js";

/**
 * Efficient outcomes in a lottery that makes up for everybody's outside option at every profile, which proves that gains are
 * never negative; undefined where none was found.
 */
export async function statusQuoLottery(
  environment: ContinuousEnvironment,
): Promise<MechanismWithoutMoney["statusQuo"] | undefined> {
  const { agents, surplus } = environment;
  const points = candidates(environment);
  const program = new FloatProgramBuilder();
  const tangents = points.map((point) => surplus.tangent(point));
  const money = Math.max(...points.map((point) => Math.abs(surplus.above(point).toNumber()))) || 1;
  const columns = tangents.map(({ value, slopes }, k) => {
    const constant = slopes.reduce(
      (sum, slope, i) => sum - slope.toNumber() * points[k][i].toNumber(),
      value.toNumber(),
    );
    return program.addColumn(-constant / money, 0, 1);
  });
  program.addRow(
    columns.map((column) => [column, 1] as const),
    1,
    1,
  );
  agents.forEach(({ outsideOption }, i) => {
    const least = program.addColumn(-1, -Infinity, Infinity);
    const { nodes } = outsideOption;
    const between = nodes.slice(1).map((to, k) => nodes[k].add(to).divide(Rational.of(2)));
    for (const x of [...nodes, ...between]) {
      const terms = tangents.map(
        ({ slopes }, k) => [columns[k], -slopes[i].multiply(x).toNumber() / money] as const,
      );
      program.addRow([[least, 1], ...terms], -Infinity, -outsideOption.at(x).toNumber() / money);
    }
  });
  const primal = await proposal(program);
  if (!primal) return undefined;
  const chosen = columns.flatMap((column, k) =>
    primal[column] > NEAR ? [{ types: points[k], share: primal[column] }] : [],
  );
  const probabilities = chosen.map(({ share }) => simplestNear(share));
  const rest = Rational.ONE.subtract(Rational.sum(probabilities.slice(1)));
  const lottery = chosen.map(({ types }, k) => ({ types, probability: k === 0 ? rest : probabilities[k] }));
  try {
    checkStatusQuo(environment, lottery);
    return lottery;
  } catch {
    return undefined;
  }
}

/** A solver's error in a probability. */
const NEAR = 1e-7;

/** Corners and the middle of all types; with two agents, where gains are least on an edge, too. */
function candidates(environment: ContinuousEnvironment): Rational[][] {
  const { agents } = environment;
  const ends = agents.map(({ density: { from, to } }) => [from, to] as const);
  const corners = Array.from({ length: 2 ** agents.length }, (_, corner) =>
    ends.map((pair, i) => pair[(corner >> i) & 1]),
  );
  const middle = ends.map(([from, to]) => from.add(to).divide(Rational.of(2)));
  const edges =
    agents.length === 2
      ? [0, 1].flatMap((i) => ends[i].flatMap((end) => leastGains(environment, i, end)))
      : [];
  return [...corners, middle, ...edges];
}

/** The point with `types[fixed] = at` where the gains, which are convex along the edge, are least: a simple fraction near it. */
function leastGains({ agents, surplus }: ContinuousEnvironment, fixed: number, at: Rational): Rational[][] {
  const moving = 1 - fixed;
  const { from, to } = agents[moving].density;
  const point = (x: Rational) => (fixed === 0 ? [at, x] : [x, at]);
  const slope = (x: Rational) => {
    const { outsideOption } = agents[moving];
    return surplus
      .tangent(point(x))
      .slopes[moving].subtract(outsideOption.pieces[outsideOption.pieceAt(x)].derivative().at(x)).sign;
  };
  let [low, high] = [from, to];
  for (let k = 0; k < BISECTIONS; k++) {
    const x = low.add(high).divide(Rational.of(2));
    if (slope(x) < 0) low = x;
    else high = x;
  }
  const span = to.subtract(from);
  const place = low.subtract(from).divide(span).toNumber();
  return [point(from.add(span.multiply(simplestNear(place))))];
}

const BISECTIONS = 34;

/** A fraction of a small denominator within `NEAR` of a number: its first convergent there. */
function simplestNear(value: number): Rational {
  // Continued fractions: numerators and denominators of the last two convergents.
  let [n, d, lastN, lastD] = [Math.floor(value), 1, 1, 0];
  let rest = value - n;
  while (Math.abs(n / d - value) > NEAR && rest > 0) {
    const inverse = 1 / rest;
    const whole = Math.floor(inverse);
    [n, d, lastN, lastD] = [whole * n + lastN, whole * d + lastD, n, d];
    rest = inverse - whole;
  }
  return Rational.of(n, d);
}
