import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import type { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import {
  type Bracket,
  type ContinuumFinding,
  type ContinuumMethod,
  type ContinuumOptions,
  ContinuumRefuted,
} from "../method.js";
import { alikeAgents } from "./alike-agents.js";
import { EX_POST_KIND, type ExPostCertificate } from "./certificate.js";
import { enclosed, judgeEnclosed, judgeExPost } from "./judge/judge.js";
import { cellMeans } from "./judge/lower-bound.js";
import { interimBounds } from "./judge/upper-bound.js";
import { proposedWeights } from "./lower-program.js";
import { firstCells, type Mesh, meshOf, mostCells, nodesAtJumps, settlingCells } from "./mesh.js";
import { refusal } from "./refusal.js";
import { shareList } from "./share-list.js";
import { proposedShares } from "./upper-program.js";
import { proposedWithoutMoney } from "./without-money-program.js";

/**
 * The efficient rule with Bayesian incentive compatibility where nobody may lose at any profile and money must add up at every
 * profile: a bracket of the least expected outside money, from weights of types and from shares of the gains.
 */
export const exPostMethod: ContinuumMethod<ExPostCertificate> = {
  kind: EX_POST_KIND,
  refusal,
  find,
  judge: judgeExPost,
};

async function find(
  environment: ContinuousEnvironment,
  question: Question,
  options: ContinuumOptions,
): Promise<ContinuumFinding<ExPostCertificate>> {
  const agents = environment.agents.length;
  const { width, signal, progress } = options;
  let cells = options.cells ?? firstCells(agents);
  let best: ContinuumFinding<ExPostCertificate> | undefined;
  let further: Rational[][] = [];
  for (;;) {
    progress?.stage(`bracketing the outside money with ${cells} cells a side`);
    const found = await bracketed(environment, question, meshOf(environment, cells, further), cells, options);
    if (!best || isNarrower(found.bracket, best.bracket)) best = found;
    if (!width || signal?.aborted) return best;
    const gap = widthOf(found.bracket)?.toNumber() ?? Infinity;
    const needed = width.toNumber();
    // Narrow enough, but whether money is needed at all is open: a finer mesh may tell.
    const isOpen = !found.bracket.lower?.sign && gap > 0 && cells < settlingCells(agents);
    if (gap <= needed && !isOpen) return best;
    const finer = gap <= needed ? FINER : Math.min(2, Math.max(FINER, 1.1 * Math.sqrt(gap / needed)));
    const more = Math.min(Math.ceil(cells * finer), mostCells(agents));
    if (more <= cells) return best;
    cells = more;
    if (found.certificate.lower) further = nodesAtJumps(found.certificate.nodes, found.certificate.lower);
  }
}

/** How much finer a mesh is than the last, at least. */
const FINER = 1.4;

/** What one mesh proves. */
async function bracketed(
  environment: ContinuousEnvironment,
  question: Question,
  mesh: Mesh,
  cells: number,
  { signal, progress }: ContinuumOptions,
): Promise<ContinuumFinding<ExPostCertificate>> {
  const mayLeaveMoney = question.balance === "no-deficit";
  const known = enclosed(environment, mesh);
  const groups = alikeAgents(environment, known);
  const solver = { signal, progress, algorithm: "ipm" } as const;
  const shape = mesh.nodes.map((of) => of.length);
  const weights = await proposedWeights(cellMeans(environment, known), groups, mayLeaveMoney, solver);
  const bounds = interimBounds(known);
  const shares = await proposedShares(known, bounds, groups, mayLeaveMoney, solver);
  const certificate: ExPostCertificate = {
    kind: EX_POST_KIND,
    ...mesh,
    lower: weights?.map(({ density, atoms }) => {
      const masses = atoms.map((mass, node) => [node, mass] as const).filter(([, mass]) => !mass.isZero);
      return { density, ...(masses.length > 0 && { atoms: masses }) };
    }),
    upper: shares && shareList(shares, shape, groups, mayLeaveMoney),
  };
  const bracket = judgeEnclosed(environment, question, certificate, known);
  if (bracket.lower?.sign || cells > settlingCells(environment.agents.length) || signal?.aborted)
    return { bracket, certificate };
  const withoutMoney = await proposedWithoutMoney(environment, known, bounds, groups, mayLeaveMoney, solver);
  if (!withoutMoney) return { bracket, certificate };
  const possible = { kind: EX_POST_KIND, ...mesh, withoutMoney } as const;
  try {
    return { bracket: judgeEnclosed(environment, question, possible, known), certificate: possible };
  } catch (error) {
    if (error instanceof ContinuumRefuted) return { bracket, certificate };
    throw error;
  }
}

function widthOf({ lower, upper }: Bracket): Rational | undefined {
  return lower && upper?.subtract(lower);
}

function isNarrower(a: Bracket, b: Bracket): boolean {
  const [ofA, ofB] = [widthOf(a), widthOf(b)];
  return ofA !== undefined && (ofB === undefined || ofA.compare(ofB) < 0);
}
