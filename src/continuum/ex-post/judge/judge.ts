import type { ContinuousEnvironment } from "../../../environment/continuous-environment.js";
import { Rational } from "../../../number/rational.js";
import type { Question } from "../../../question/question.js";
import { type Bracket, ContinuumRefuted } from "../../method.js";
import type { ExPostCertificate } from "../certificate.js";
import { type EnclosedEnvironment, enclosedEnvironment } from "./enclosed-environment.js";
import { cellMeans, lowerBound, type TypeWeights } from "./lower-bound.js";
import { shareTables } from "./share-tables.js";
import { interimBounds, upperBound } from "./upper-bound.js";

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
  return enclosedEnvironment({ ...environment, agents }, nodes, fine);
}

/** The same where the environment was enclosed already, by the certificate's own mesh. */
export function judgeEnclosed(
  environment: ContinuousEnvironment,
  { balance }: Question,
  { nodes, lower, upper }: ExPostCertificate,
  known: EnclosedEnvironment,
): Bracket {
  const mayLeaveMoney = balance === "no-deficit";
  const shape = nodes.map((of) => of.length);
  const below = lower && lowerBound(cellMeans(environment, known), weights(lower, shape), mayLeaveMoney);
  if (lower && !below) throw new ContinuumRefuted("An agent's types have no weight.");
  const above = upper && upperBound(known, interimBounds(known), shareTables(upper, shape, mayLeaveMoney));
  return {
    lower: Rational.maximum(below ?? Rational.ZERO, Rational.ZERO),
    ...(above && { upper: above.subsidy }),
  };
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
