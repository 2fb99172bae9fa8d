import type { ContinuousEnvironment } from "../../../environment/continuous-environment.js";
import { Rational } from "../../../number/rational.js";
import type { Question } from "../../../question/question.js";
import { judgeInterim } from "../../interim/judge.js";
import { type Bracket, ContinuumRefuted } from "../../method.js";
import type { ExPostCertificate, MechanismWithoutMoney } from "../certificate.js";
import { type EnclosedEnvironment, enclosedEnvironment } from "./enclosed-environment.js";
import { leftOver, leftOverLoads } from "./left-over.js";
import { cellMeans, lowerBound, type TypeWeights } from "./lower-bound.js";
import { gainsBelow, missedByShares } from "./missed-by-shares.js";
import { checkRoom } from "./room.js";
import { routesLoads } from "./routes.js";
import { shareTables } from "./share-tables.js";
import { checkStatusQuo } from "./status-quo.js";
import { interimBounds, upperBound } from "./upper-bound.js";

/**
 * What a certificate proves about the least expected outside money of an efficient rule with Bayesian incentive compatibility,
 * participation and budget at every profile, for independent types and private values that are affine in the own type. It
 * trusts the environment (densities are not negative and integrate to 1 with the atoms, outside options are continuous, the
 * surplus oracle keeps its word) and these theorems; docs/continuum-ex-post.md has their proofs. `S` is the surplus of an efficient
 * outcome, `G = S - sum_i u_i` the gains, `G+` the gains where positive, else 0, and `W_i(t_i) = E[S | t_i] - u_i(t_i)`.
 *
 * 1. Payoff equivalence. Payments make the rule incentive compatible iff each agent's expected gain over its outside option
 *    is `W_i(t_i) + k_i` at every type, for some constants `k_i`. Expected outside money is then
 *    `(n-1) E S + sum_i k_i`, plus money left over.
 * 2. Weights of types. For probability measures `Y_i` on each agent's types with densities `y_i` in terms of the prior, besides
 *    atoms, and `0 <= z <= min_i y_i` (and `z <= 1` where money may be left over), outside money is expected to be at least
 *    `(n-1) E S + E[G z] - sum_i of the integral of W_i dY_i`.
 * 3. Shares of gains. For shares that are not negative and sum to 1 (to at most 1 where money may be left over), constants
 *    `k_i >= E[share_i G+ | t_i] - W_i(t_i)` at every type make a mechanism that needs
 *    `(n-1) E S + sum_i k_i + E[(1 - sum of shares) G+]` in expectation, and that much is enough.
 * 4. Routes. If `G >= 0`, shares sum to 1, and what shares miss, `r_i = W_i + k_i - E[share_i G | t_i]` with `E r_i = 0`, is moved
 *    between agents along routes that never take more from an agent than its share, no profile needs outside money.
 *    Where money may be left over, the same holds for shares that sum to at most 1 if `r_i >= 0` for some `k_i`, and is brought
 *    to agents out of what shares leave over.
 * 5. In expectation. Whoever loses at no profile does not lose in expectation, so that the same question with participation
 *    interim needs no more outside money: its lower end, which another judge computes, is one of this question.
 * 6. A convex function lies below its interpolation from the corners of a box, affine in each variable, and above its tangents;
 *    a polynomial lies below its largest Bernstein coefficient.
 */
export function judgeExPost(
  environment: ContinuousEnvironment,
  question: Question,
  certificate: ExPostCertificate,
): Bracket {
  return judgeEnclosed(environment, question, certificate, enclosed(environment, certificate));
}

/** Checks the mesh. Throws ContinuumRefuted. */
export function enclosed(
  { agents, ...environment }: ContinuousEnvironment,
  { nodes, fine }: Pick<ExPostCertificate, "nodes" | "fine">,
): EnclosedEnvironment {
  if (nodes.length !== agents.length)
    throw new ContinuumRefuted(`There are ${nodes.length} lists of nodes for ${agents.length} agents.`);
  if (!(Number.isInteger(fine) && fine >= 1))
    throw new ContinuumRefuted(`Cells are cut into ${fine} fine cells.`);
  nodes.forEach((of, i) => {
    const { from, to } = agents[i].density;
    if (of.length < 2 || !of[0].equals(from) || !of[of.length - 1].equals(to))
      throw new ContinuumRefuted(
        `nodes[${i}] do not go from ${from} to ${to}, as the types of ${agents[i].name} do.`,
      );
    if (of.some((node, a) => a > 0 && node.compare(of[a - 1]) <= 0))
      throw new ContinuumRefuted(`nodes[${i}] do not increase.`);
  });
  const products = nodes.reduce((product, of) => product * (of.length - 1) * fine, 1);
  if (products > MOST_PRODUCTS)
    throw new ContinuumRefuted(
      `There are ${products} products of fine cells; ${MOST_PRODUCTS} are judged at most.`,
    );
  return enclosedEnvironment({ ...environment, agents }, nodes, fine);
}

/** What a judge sums within a minute or so. */
export const MOST_PRODUCTS = 2_000_000;

/** The same where the environment was enclosed already, by the certificate's own mesh. */
export function judgeEnclosed(
  environment: ContinuousEnvironment,
  question: Question,
  { nodes, lower, inExpectation, upper, withoutMoney }: ExPostCertificate,
  known: EnclosedEnvironment,
): Bracket {
  const mayLeaveMoney = question.balance === "no-deficit";
  const shape = nodes.map((of) => of.length);
  if (withoutMoney) {
    if (lower || upper || inExpectation)
      throw new ContinuumRefuted("A mechanism without money leaves nothing to bound.");
    checkStatusQuo(environment, withoutMoney.statusQuo);
    checkWithoutMoney(known, withoutMoney, shape, mayLeaveMoney);
    return { lower: Rational.ZERO, upper: Rational.ZERO };
  }
  const below = lower && lowerBound(cellMeans(environment, known), weights(lower, shape), mayLeaveMoney);
  if (lower && !below) throw new ContinuumRefuted("An agent's types have no weight.");
  const above = upper && upperBound(known, interimBounds(known), shareTables(upper, shape, mayLeaveMoney));
  const expected =
    inExpectation && judgeInterim(environment, askedInExpectation(question), inExpectation).lower;
  return {
    lower: [below, expected].reduce<Rational>(
      (most, end) => Rational.maximum(most, end ?? Rational.ZERO),
      Rational.ZERO,
    ),
    ...(above && { upper: above.subsidy }),
  };
}

/** The question whose least outside money is a lower end of this one. */
export function askedInExpectation(question: Question): Question {
  return { ...question, ir: "interim", objective: "min-subsidy" };
}

function checkWithoutMoney(
  known: EnclosedEnvironment,
  withoutMoney: MechanismWithoutMoney,
  shape: readonly number[],
  mayLeaveMoney: boolean,
): void {
  const { routes } = withoutMoney;
  // A mechanism that balances exactly leaves no deficit, so that its certificate serves here as well.
  const leavesMoney = mayLeaveMoney && routes.every(({ blocks }) => blocks[1].length === 0);
  const shares = shareTables(withoutMoney, shape, leavesMoney);
  const gains = gainsBelow(known);
  const missed = missedByShares(known, interimBounds(known), gains, shares);
  const loads = leavesMoney
    ? leftOverLoads(
        known,
        routes,
        missed.map(({ above }) => above),
      )
    : routesLoads(
        known,
        routes,
        missed.map(({ around }) => around),
      );
  checkRoom(known, gains, [...shares, leftOver(shares)], loads);
}

function weights(lower: NonNullable<ExPostCertificate["lower"]>, shape: readonly number[]): TypeWeights[] {
  if (lower.length !== shape.length)
    throw new ContinuumRefuted(`There are weights of ${lower.length} agents, not of ${shape.length}.`);
  return lower.map(({ density, atoms = [] }, i) => {
    if (density.length !== shape[i] - 1)
      throw new ContinuumRefuted(
        `lower[${i}].density has ${density.length} entries for ${shape[i] - 1} cells.`,
      );
    const masses = new Array<Rational>(shape[i]).fill(Rational.ZERO);
    for (const [node, mass] of atoms) {
      if (!(node in masses)) throw new ContinuumRefuted(`lower[${i}].atoms: there is no node ${node}.`);
      masses[node] = masses[node].add(mass);
    }
    if ([...density, ...atoms.map(([, mass]) => mass)].some((weight) => weight.sign < 0))
      throw new ContinuumRefuted(`lower[${i}] has a negative weight.`);
    return { density, atoms: masses };
  });
}
