import type { Window } from "../../src/comparison/window.js";
import {
  type AskedQuestion,
  type ContinuumDesign,
  design,
  designContinuum,
  findWindow,
  fixedEndowment,
  type InstanceData,
  instanceFromData,
  type Model,
  partnership,
  Rational,
  verifyAnswer,
} from "../../src/index.js";
import { toRational } from "../../src/number/rational-text.js";
import { bracketText, decimal } from "./outward.js";

export const exPost: AskedQuestion = { ir: "ex-post" };

/** Answers, and then has the kernel verify the answer file, as `mechlp verify` does. Throws where it is not verified. */
export async function proved(
  model: Model,
  question: AskedQuestion,
  cells?: number,
): Promise<ContinuumDesign> {
  const answer = await designContinuum(model, question, { ...(cells !== undefined && { cells }) });
  const found = verifyAnswer(JSON.parse(JSON.stringify(answer.answerFile)), {
    environment: model.continuous!(),
  });
  if (!found.verified) throw new Error(`an answer that is not verified: ${found.fault}`);
  return answer;
}

/** A value that the literature knows, the brackets of meshes, each twice as fine as the one before, and the orders at which they close. */
export async function knownRow(
  what: string,
  known: string,
  model: Model,
  question: AskedQuestion,
  meshes: readonly number[],
): Promise<string> {
  const brackets = [];
  for (const cells of meshes) brackets.push(await proved(model, question, cells));
  const value = toRational(known);
  for (const { lower, upper } of brackets)
    if (!lower || !upper || lower.compare(value) > 0 || upper.compare(value) < 0)
      throw new Error(`${what}: ${known} is not in [${lower}, ${upper}]`);
  const widths = brackets.map(({ lower, upper }) => upper!.subtract(lower!).toNumber());
  const orders = widths.slice(1).map((fine, k) => Math.log2(widths[k] / fine).toFixed(2));
  const order = widths.every((width) => width === 0) ? "exact" : orders.join(", ");
  return row([what, known, ...brackets.map((bracket) => bracketText(bracket)), order]);
}

/** Two partners of uniform types, q and 1 - q: the least outside money under interim and under ex post participation. */
export async function partnersRow(share: string, cells: number, grid: number): Promise<string> {
  const shares = pair(share);
  const model = partnership({ agents: 2, grid: { points: grid }, shares });
  const interim = await proved(model, {});
  const answer = await proved(model, exPost, cells);
  const onGrid = await design(model, exPost);
  const q = toRational(share).multiply(Rational.of(3));
  const below = Rational.ONE.subtract(q);
  const formula = below.divide(Rational.ONE.add(q).multiply(Rational.of(6)));
  if (below.sign > 0 && (answer.lower!.compare(formula) > 0 || answer.upper!.compare(formula) < 0))
    throw new Error(`${formula} is not in the bracket at ${share}`);
  return row([
    share,
    bracketText(interim),
    below.sign > 0 ? `${formula}` : "",
    bracketText(answer),
    answer.verdict,
    onGrid.optimum ? `${onGrid.optimum}` : bracketText(onGrid),
  ]);
}

/** KE Example 5 at an endowment of agent 1. The grids are of `grids` types a side. */
export async function endowmentRow(
  endowment: string,
  cells: number,
  grids: readonly number[],
): Promise<string> {
  const model = (points: number) =>
    fixedEndowment({ agents: 2, grid: { points }, endowments: pair(endowment) });
  const answer = await proved(model(4), exPost, cells);
  const onGrids = [];
  for (const points of grids) {
    const { verdict, optimum, lower, upper } = await design(model(points), exPost);
    const amount = optimum ? decimal(optimum, 6, "down") : bracketText({ lower, upper });
    onGrids.push(optimum?.isZero ? `${verdict}, 0` : `${verdict}, ${amount}`);
  }
  return row([endowment, bracketText(answer), answer.verdict, ...onGrids]);
}

/** The changes of the answer along a parameter, each end proved at the value that is shown. */
export async function windowRow(
  what: string,
  compared: string,
  { model, parameters, question, ...options }: WindowQuestion,
): Promise<string> {
  const instance = instanceFromData({ model, parameters } as InstanceData);
  const window = await findWindow(instance, question, { ...options, continuous: true });
  if (window.shortfall) throw new Error(`${what}: ${window.shortfall}`);
  return row([what, ...windowCells(window), compared]);
}

export interface WindowQuestion {
  readonly model: string;
  readonly parameters: object;
  readonly question: AskedQuestion;
  readonly parameter: string;
  readonly along?: unknown;
  readonly from: string;
  readonly to: string;
  readonly points: number;
  readonly within: string;
  readonly cells?: number;
}

/** Needs money up to here; open; possible from here to there. Throws where the answers come in another order. */
function windowCells({ runs }: Window): readonly string[] {
  const verdicts = runs.map(({ verdict }) => verdict);
  const order = ["impossible", "undecided", "possible"].filter((verdict) =>
    verdicts.includes(verdict as never),
  );
  if (order.join() !== verdicts.join()) throw new Error(`answers come in the order ${verdicts.join(", ")}`);
  const ends = (verdict: string) => runs.find((run) => run.verdict === verdict)?.points;
  const text = (q: Rational | undefined) => (q ? q.toNumber().toString() : "-");
  return [text(ends("impossible")?.at(-1)?.q), text(ends("possible")?.at(0)?.q)];
}

export function pair(share: string): [string, string] {
  return [share, `${Rational.ONE.subtract(toRational(share))}`];
}

export function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
