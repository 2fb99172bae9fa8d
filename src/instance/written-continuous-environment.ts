import { type Pieces, piecewise, stretched } from "../../models/density.js";
import { exactDistribution } from "../../models/distribution.js";
import {
  type ContinuousAgent,
  type ContinuousEnvironment,
  type ContinuousOutcome,
  finiteSurplus,
} from "../environment/continuous-environment.js";
import { checkLabels } from "../environment/environment.js";
import { InputError, within } from "../fault/input-error.js";
import { PiecewisePolynomial } from "../number/piecewise-polynomial.js";
import { Polynomial } from "../number/polynomial.js";
import { Rational } from "../number/rational.js";
import type { ContinuousInstanceFile } from "./continuous-instance-schema.js";

/** Builds the environment that an instance of intervals writes out. Throws InputError with the path of what is at fault. */
export function writtenContinuousEnvironment(
  { agents, outcomes, cost, description }: ContinuousInstanceFile,
  name: string,
): ContinuousEnvironment {
  checkLabels(
    agents.map((agent) => agent.name),
    (i) => `agents[${i}].name`,
  );
  checkLabels(outcomes, (x) => `outcomes[${x}]`);
  const values = agents.map(({ values }, i) =>
    forEach(values.byOutcome, outcomes.length, `agents[${i}].values.byOutcome`).map(affine),
  );
  const costs =
    cost instanceof Rational
      ? outcomes.map(() => cost)
      : cost && forEach(cost.byOutcome, outcomes.length, "cost.byOutcome");
  const written = outcomes.map(
    (label, x): ContinuousOutcome => ({
      label,
      slopes: values.map((worth) => worth[x].slope),
      constants: values.map((worth) => worth[x].constant),
      cost: costs?.[x] ?? Rational.ZERO,
    }),
  );
  return {
    name,
    ...(description !== undefined && { description }),
    agents: agents.map((agent, i) => within(`agents[${i}]`, () => continuousAgent(agent))),
    outcomes: written,
    surplus: finiteSurplus(written),
  };
}

type AgentInstance = ContinuousInstanceFile["agents"][number];

function continuousAgent({ name, types, outsideOption = Rational.ZERO }: AgentInstance): ContinuousAgent {
  const { from, to, distribution } = types;
  if (to.compare(from) <= 0) throw new InputError("types.to", `${to}`, `more than from, which is ${from}`);
  const { density, atoms } = within("types.distribution", () =>
    stretched(exactDistribution(distribution), from, to),
  );
  if ("pieces" in outsideOption) {
    const pieces = within("outsideOption.pieces", () => continuousPieces(outsideOption.pieces, from, to));
    return { name, density, atoms, outsideOption: pieces };
  }
  const { slope, constant } = affine(outsideOption);
  const line = PiecewisePolynomial.of(Polynomial.affine(constant, slope), from, to);
  return { name, density, atoms, outsideOption: line };
}

function continuousPieces(pieces: Pieces, from: Rational, to: Rational): PiecewisePolynomial {
  const option = piecewise(pieces, from, to);
  option.pieces.forEach((piece, k) => {
    if (k === 0) return;
    const node = option.nodes[k];
    const [before, after] = [option.pieces[k - 1].at(node), piece.at(node)];
    if (!before.equals(after))
      throw new InputError(
        `[${k}]`,
        `${after} at ${node}, after ${before}`,
        "an outside option without jumps",
      );
  });
  return option.joined();
}

type Affine = AgentInstance["values"]["byOutcome"][number];

function affine(value: Affine): { readonly slope: Rational; readonly constant: Rational } {
  return value instanceof Rational ? { slope: Rational.ZERO, constant: value } : value;
}

function forEach<T>(given: readonly T[], outcomes: number, path: string): readonly T[] {
  if (given.length === outcomes) return given;
  throw new InputError(path, `a list of ${given.length}`, `a list of ${outcomes}, one for each outcome`);
}
