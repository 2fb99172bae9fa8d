import type { ContinuousAgent, ContinuousEnvironment } from "../environment/continuous-environment.js";
import { plural } from "../number/count-text.js";
import type { PiecewisePolynomial } from "../number/piecewise-polynomial.js";
import type { Polynomial } from "../number/polynomial.js";
import { Rational } from "../number/rational.js";
import { decimalOrFraction } from "../number/rational-text.js";

/** Longer polynomials are told by their degree. */
const LONGEST_POLYNOMIAL = 40;

/** `buyer: types from 0 to 1, uniform`, for each agent, and how many outcomes there are. */
export function environmentLines({ agents, outcomes, description }: ContinuousEnvironment): string[] {
  return [
    `${agents.map(agentText).join("; ")}; independent types; ${outcomes ? plural(outcomes.length, "outcome") : "a continuum of outcomes"}`,
    ...(description ? [description] : []),
  ];
}

function agentText(agent: ContinuousAgent): string {
  const { from, to } = agent.density;
  const interval = `${agent.name}: types from ${decimalOrFraction(from)} to ${decimalOrFraction(to)}`;
  return `${interval}, ${distributionText(agent)}`;
}

/** `uniform`, `with density 2 t`, `with a density of 2 pieces and 1 atom`. */
export function distributionText({ density, atoms }: ContinuousAgent): string {
  const uniform = Rational.ONE.divide(density.to.subtract(density.from));
  const [piece] = density.pieces;
  if (density.pieces.length === 1 && piece.degree === 0 && piece.coefficient(0).equals(uniform))
    return "uniform";
  const points = atoms.length > 0 ? ` and ${plural(atoms.length, "atom")}` : "";
  return `with ${functionText(density, "a density", "density")}${points}`;
}

/** `density 2 t`, or `a density of 3 pieces`. */
function functionText({ pieces }: PiecewisePolynomial, several: string, one: string): string {
  if (pieces.length > 1) return `${several} of ${pieces.length} pieces`;
  const text = polynomialText(pieces[0]);
  return text.length <= LONGEST_POLYNOMIAL ? `${one} ${text}` : `${several} of degree ${pieces[0].degree}`;
}

/** `1/2 + 3 t^2`, in the type `t`. */
export function polynomialText({ coefficients }: Polynomial): string {
  const terms = coefficients.flatMap((coefficient, power): string[] => {
    if (coefficient.isZero) return [];
    const size = decimalOrFraction(coefficient.absolute());
    const variable = power === 0 ? "" : power === 1 ? "t" : `t^${power}`;
    const term = variable === "" ? size : size === "1" ? variable : `${size} ${variable}`;
    return [`${coefficient.sign < 0 ? "-" : "+"} ${term}`];
  });
  const text = terms.join(" ").replace(/^\+ /, "").replace(/^- /, "-");
  return text === "" ? "0" : text;
}

/** A function of the type, piece by piece: `2 t from 0 to 0.5; 1 from 0.5 to 1`. */
export function piecewiseText({ nodes, pieces }: PiecewisePolynomial): string {
  if (pieces.length === 1) return polynomialText(pieces[0]);
  return pieces
    .map(
      (piece, k) =>
        `${polynomialText(piece)} from ${decimalOrFraction(nodes[k])} to ${decimalOrFraction(nodes[k + 1])}`,
    )
    .join("; ");
}
