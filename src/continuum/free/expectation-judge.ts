import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import { type Bracket, ContinuumRefuted } from "../method.js";
import { TableTooLarge } from "./best-outcomes.js";
import type { ExpectationCertificate } from "./certificate.js";
import { CellEnvironment, type ExpectedProgram, expectedProgram } from "./in-expectation.js";
import type { Mesh } from "./mesh.js";
import type { Price } from "./price.js";
import { RegularEnvironment } from "./regular.js";

/**
 * The bracket that a certificate proves of free allocations whose requirements hold in expectation. It computes everything from the
 * environment and the prices in fractions, and relies on these theorems alone ("Continuous types" in docs/theory.md):
 *
 * - A1, a price bounds every mechanism: with `h_i(s) = (alpha + beta) s f_i + beta (F_i - M_i)` no objective exceeds
 *   `E max_x [sum_i score_i a_i(x) + (alpha + beta) (sum_i b_i(x) - c(x))]` plus each agent's `excess` less outside options at the price;
 * - A2, rules that are best by scores which do not fall are implementable, and so are mixtures of them; agents get the least that
 *   participation allows, and if expected payments cover the cost it is a mechanism;
 * - A3, where `h_i / f_i` is affine and does not fall, and participation binds at one end, the scores are `h_i / f_i` and nothing is left open.
 *
 * Throws ContinuumRefuted where a condition of these fails.
 */
export function judgeExpectation(
  environment: ContinuousEnvironment,
  question: Question,
  certificate: ExpectationCertificate,
): Bracket {
  const program = expectedProgram(question);
  demandPrices(program, environment.agents.length, certificate);
  const { cells } = certificate;
  if (cells === undefined) return inTermsOf(question, judgedExactly(environment, program, certificate));
  const cut = new CellEnvironment(environment, cells);
  const { levels } = certificate;
  if (levels && levels.length !== cut.meshes.length)
    throw new ContinuumRefuted(`${levels.length} levels for ${cut.meshes.length} agents`);
  const atPrice = (asked: ExpectedProgram, price: Price, limits?: readonly Rational[]) => {
    demandNodes(cut.meshes, price);
    try {
      return cut.atPrice(asked, price, limits);
    } catch (error) {
      throw error instanceof TableTooLarge ? new ContinuumRefuted(error.message) : error;
    }
  };
  return inTermsOf(question, bracketFrom(cut, program, certificate, atPrice));
}

/** Whatever the rules are known by, cells or regions. */
interface Rules<Rule> {
  mixture(rules: readonly (readonly [Rule, Rational])[]): Rule;
  money(program: ExpectedProgram, rule: Rule): Rational;
  objective(program: ExpectedProgram, rule: Rule): Rational;
}

function bracketFrom<Rule>(
  known: Rules<Rule>,
  program: ExpectedProgram,
  { bound, levels, rules, shortage }: ExpectationCertificate,
  atPrice: (
    program: ExpectedProgram,
    price: Price,
    levels?: readonly Rational[],
  ) => { rule: Rule; bound: Rational },
): Bracket {
  if (shortage) {
    const most = atPrice(raising(program), shortage).bound;
    if (!program.budgeted || !shortage.money.equals(Rational.ONE) || most.sign >= 0)
      throw new ContinuumRefuted(`no shortage of money is proved: at most ${most} is raised`);
    return { contradiction: most.negate() };
  }
  const upper = atPrice(program, bound, levels).bound;
  if (rules.length === 0) return { upper };
  const rule = known.mixture(
    rules.map(({ probability, price }) => [atPrice(program, price).rule, probability] as const),
  );
  const money = program.budgeted ? known.money(program, rule) : Rational.ZERO;
  if (money.sign < 0)
    throw new ContinuumRefuted(
      `the mechanism's expected payments fall short of the cost by ${money.negate()}`,
    );
  return { lower: known.objective(program, rule), upper };
}

function judgedExactly(
  environment: ContinuousEnvironment,
  program: ExpectedProgram,
  certificate: ExpectationCertificate,
): Bracket {
  const regular = new RegularEnvironment(environment);
  const obstacle = regular.obstacle(program);
  if (obstacle)
    throw new ContinuumRefuted(`no cells are given, and integrals are not exact without: ${obstacle}`);
  return bracketFrom(regular, program, certificate, (asked, price) => {
    if (!regular.bindsAt(price))
      throw new ContinuumRefuted("weights on participation where it does not bind");
    const found = regular.atPrice(asked, price);
    if (!found) throw new ContinuumRefuted(`virtual values decrease at the price ${price.money} of money`);
    return found;
  });
}

function demandPrices(
  program: ExpectedProgram,
  count: number,
  { bound, rules, shortage }: ExpectationCertificate,
): void {
  for (const { money, participation } of [
    bound,
    ...rules.map(({ price }) => price),
    ...(shortage ? [shortage] : []),
  ]) {
    if (money.sign < 0) throw new ContinuumRefuted(`a price of money of ${money}`);
    const agents = program.participation === "interim" ? count : 0;
    if (participation.length !== agents)
      throw new ContinuumRefuted(`weights on participation for ${participation.length} agents`);
    for (const list of participation) {
      if (list.some(({ weight }) => weight.sign < 0))
        throw new ContinuumRefuted("a negative weight on participation");
      const total = Rational.sum(list.map(({ weight }) => weight));
      if (!total.equals(Rational.ONE)) throw new ContinuumRefuted(`weights on participation sum to ${total}`);
    }
  }
  if (program.value.isZero && !bound.money.equals(Rational.ONE))
    throw new ContinuumRefuted(`money is what is maximised, and its price is ${bound.money}`);
  if (!program.value.isZero && !program.budgeted && !bound.money.isZero)
    throw new ContinuumRefuted(`there is no budget, and the price of money is ${bound.money}`);
  if (rules.some(({ probability }) => probability.sign < 0))
    throw new ContinuumRefuted("a rule with a negative probability");
  const total = Rational.sum(rules.map(({ probability }) => probability));
  if (rules.length > 0 && !total.equals(Rational.ONE))
    throw new ContinuumRefuted(`the rules' probabilities sum to ${total}`);
}

/** Weights on participation lie where cells end. */
function demandNodes(meshes: readonly Mesh[], { participation }: Price): void {
  participation.forEach((list, i) => {
    for (const { type } of list)
      if (!meshes[i].cells.some(({ from, to }) => type.equals(from) || type.equals(to)))
        throw new ContinuumRefuted(`a weight on the participation of type ${type}, where no cell ends`);
  });
}

/** From what the best mechanism attains to what is asked. */
function inTermsOf({ objective, budget, balance }: Question, found: Bracket): Bracket {
  const { lower, upper } = found;
  if (objective === "max-gains") return found;
  if (objective === "max-surplus") {
    if (budget === "none") return found;
    // No mechanism raises its cost.
    if (upper && upper.sign < 0) return { contradiction: upper.negate() };
    const feasible = lower !== undefined && lower.sign >= 0;
    if (balance === "no-deficit") return { ...(feasible && { lower }), ...(upper && { upper }) };
    return { ...(feasible && { lower: Rational.ZERO }), upper: Rational.ZERO };
  }
  const least = (most: Rational) => Rational.maximum(Rational.ZERO, most.negate());
  return { ...(upper && { lower: least(upper) }), ...(lower && { upper: least(lower) }) };
}

/** The program of what is raised at most, which decides whether there is a mechanism. */
export function raising(program: ExpectedProgram): ExpectedProgram {
  return { ...program, value: Rational.ZERO, budgeted: false };
}
