import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import type {
  DominantCertificate,
  ExPostCertificate,
  ExpectationCertificate,
  Lottery,
} from "./certificate.js";
import { CellEnvironment, expectedProgram } from "./in-expectation.js";
import { RegularEnvironment } from "./regular.js";
import { TwoAgents } from "./two-agents.js";

/**
 * A rule in the terms of a report: with this probability an outcome is chosen that maximises the sum of virtual value times slope over
 * agents, plus constants less cost. Where the designer wants money besides, at this price.
 */
export interface VirtualRule {
  readonly probability: Rational;
  /** The price of money in units of what is maximised; absent where money itself is. */
  readonly money?: Rational;
  /** For each agent its virtual values in increasing order of types. */
  readonly virtualValues: readonly (readonly VirtualPiece[])[];
}

/** A virtual value that is affine between two types, or, where types are pooled or averaged, constant. */
export interface VirtualPiece {
  readonly from: Rational;
  readonly to: Rational;
  readonly atFrom: Rational;
  readonly atTo: Rational;
}

/** The rules that a certificate mixes. */
export function virtualRules(
  environment: ContinuousEnvironment,
  question: Question,
  { cells, rules }: ExpectationCertificate,
): VirtualRule[] {
  const program = expectedProgram(question);
  return rules.map(({ probability, price }) => {
    const weight = program.value.add(price.money);
    const scaled = (value: Rational) => (weight.isZero ? Rational.ZERO : value.divide(weight));
    const virtualValues =
      cells === undefined
        ? new RegularEnvironment(environment).virtualValues(program, price.money).map((pieces) =>
            pieces.map(({ from, to, virtual }) => ({
              from,
              to,
              atFrom: scaled(virtual.at(from)),
              atTo: scaled(virtual.at(to)),
            })),
          )
        : ofCells(
            new CellEnvironment(environment, cells),
            (cut) => cut.virtualValues(program, price),
            scaled,
          );
    return { probability, ...(!program.value.isZero && { money: price.money }), virtualValues };
  });
}

function ofCells(
  cut: CellEnvironment,
  values: (cut: CellEnvironment) => Rational[][],
  scaled: (value: Rational) => Rational,
): VirtualPiece[][] {
  return values(cut).map((list, i) => {
    const pieces: VirtualPiece[] = [];
    list.forEach((value, a) => {
      const { from, to } = cut.meshes[i].cells[a];
      const last = pieces[pieces.length - 1];
      const here = scaled(value);
      // Neighbouring cells of one virtual value are one piece.
      if (last?.atTo.equals(here)) pieces[pieces.length - 1] = { ...last, to };
      else pieces.push({ from, to, atFrom: here, atTo: here });
    });
    return pieces;
  });
}

/** What is chosen on which products of cells, for a picture: cells' ends of both agents, and `chosen[a][b]`. */
export interface ChosenOnCells {
  readonly ends: readonly (readonly Rational[])[];
  readonly chosen: readonly (readonly Lottery[])[];
}

/** Undefined where the certificate has no mechanism. */
export function chosenOnCells(
  environment: ContinuousEnvironment,
  { cells, mechanism }: ExPostCertificate | DominantCertificate,
): ChosenOnCells | undefined {
  if (!mechanism) return undefined;
  const two = new TwoAgents(environment, cells);
  const ends = two.meshes.map((mesh) => [mesh.from, ...mesh.cells.map(({ to }) => to)]);
  const chosen = two.meshes[0].cells.map((_, a) =>
    two.meshes[1].cells.map((_, b) => mechanism.lotteries[two.product(a, b)]),
  );
  return { ends, chosen };
}
