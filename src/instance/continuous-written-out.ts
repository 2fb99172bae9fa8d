import { type ExactDistribution, stretched } from "../../models/density.js";
import type { ContinuousAgent } from "../environment/continuous-environment.js";
import { InputError } from "../fault/input-error.js";
import type {
  AffineValueData,
  ContinuousAgentData,
  ContinuousInstanceData,
  DistributionData,
  PieceData,
} from "../instance-data.js";
import { documentText } from "../json/document-text.js";
import type { PiecewisePolynomial } from "../number/piecewise-polynomial.js";
import { Rational } from "../number/rational.js";
import { questionJson } from "../question/question-file.js";
import type { ContinuousInstance } from "./continuous-instance.js";
import { SIGNS } from "./signs.js";
import { writtenNumber } from "./written-number.js";

/** What is written. */
export type WrittenContinuousInstance = Omit<ContinuousInstance, "digest">;

const NOTES = {
  numbers: 'Exact: 0.1 is one tenth, "1/3" is a third.',
  values: `A number, or a constant and what each unit of the own type adds. ${SIGNS}`,
};

/**
 * The file of an instance of continuous types, with every interval, value and outside option: the same environment, with the same digest.
 * Throws InputError where no such file says what the environment is.
 */
export function continuousInstanceText(instance: WrittenContinuousInstance, schema?: string): string {
  const reference = schema !== undefined && { $schema: schema };
  return `${documentText({ ...reference, ...continuousInstanceData(instance), $comment: NOTES })}\n`;
}

/** The same as plain data. */
export function continuousInstanceData(instance: WrittenContinuousInstance): ContinuousInstanceData {
  const { name, description, question, environment } = instance;
  const asked = questionJson(question);
  const outcomes = finiteOutcomes(instance);
  const costs = outcomes.map(({ cost }) => writtenNumber(cost));
  return {
    name,
    ...(description !== "" && { description }),
    ...(Object.keys(asked).length > 0 && { question: JSON.parse(JSON.stringify(asked)) }),
    agents: environment.agents.map(
      (agent, i): ContinuousAgentData => ({
        name: agent.name,
        types: intervalData(agent),
        values: { byOutcome: outcomes.map(({ slopes, constants }) => affineData(constants[i], slopes[i])) },
        outsideOption: outsideOptionData(agent.outsideOption),
      }),
    ),
    outcomes: outcomes.map(({ label }) => label),
    cost: costs.every((cost) => cost === costs[0]) ? costs[0] : { byOutcome: costs },
  };
}

function finiteOutcomes({ environment, grid }: WrittenContinuousInstance) {
  const { outcomes, roundedDown } = environment;
  const family = grid?.model?.family.familyName;
  const of = family === undefined ? "" : `${family}, with `;
  if (!outcomes)
    throw new InputError(
      family === undefined ? "outcomes" : "model",
      `${of}a continuum of outcomes, which no file of intervals lists`,
      "finitely many outcomes",
    );
  if (roundedDown)
    throw new InputError(
      family === undefined ? "agents" : "model",
      `${of}outside options that are known between two polynomials, which no file of intervals says`,
      "outside options that are polynomials by pieces",
    );
  return outcomes;
}

function intervalData({ density, atoms }: ContinuousAgent): ContinuousAgentData["types"] {
  const { from, to } = density;
  const scale = Rational.ONE.divide(to.subtract(from));
  // The map that takes the interval to [0, 1] takes 0 and 1 there.
  const unit = stretched(
    { density, atoms },
    scale.multiply(from.negate()),
    scale.multiply(Rational.ONE.subtract(from)),
  );
  return { from: writtenNumber(from), to: writtenNumber(to), distribution: distributionData(unit) };
}

/** By its name where it has one. */
function distributionData({ density, atoms }: ExactDistribution): DistributionData {
  const [{ coefficients }, ...further] = density.pieces;
  const power = coefficients.length;
  const isPower =
    further.length === 0 &&
    coefficients.every((c, k) => c.equals(k === power - 1 ? Rational.of(power) : Rational.ZERO));
  if (atoms.length === 0 && isPower) return power === 1 ? "uniform" : { power };
  return {
    density: piecesData(density),
    ...(atoms.length > 0 && {
      atoms: atoms.map(({ type, probability }) => ({
        at: writtenNumber(type),
        probability: writtenNumber(probability),
      })),
    }),
  };
}

function outsideOptionData(option: PiecewisePolynomial): ContinuousAgentData["outsideOption"] {
  const [only, ...further] = option.pieces;
  return further.length === 0 && only.degree <= 1
    ? affineData(only.coefficient(0), only.coefficient(1))
    : { pieces: piecesData(option) };
}

function piecesData({ nodes, pieces }: PiecewisePolynomial): PieceData[] {
  return pieces.map(({ coefficients }, k) => ({
    from: writtenNumber(nodes[k]),
    to: writtenNumber(nodes[k + 1]),
    coefficients: coefficients.length > 0 ? coefficients.map(writtenNumber) : [0],
  }));
}

function affineData(constant: Rational, slope: Rational): AffineValueData {
  if (slope.sign === 0) return writtenNumber(constant);
  return { slope: writtenNumber(slope), ...(constant.sign !== 0 && { constant: writtenNumber(constant) }) };
}
