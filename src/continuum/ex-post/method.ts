import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import type { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import type { Bracket, ContinuumFinding, ContinuumMethod, ContinuumOptions } from "../method.js";
import { alikeAgents } from "./alike-agents.js";
import { EX_POST_KIND, type ExPostCertificate } from "./certificate.js";
import { enclosed, judgeEnclosed, judgeExPost } from "./judge/judge.js";
import { cellMeans } from "./judge/lower-bound.js";
import { interimBounds } from "./judge/upper-bound.js";
import { proposedWeights } from "./lower-program.js";
import { firstCells, type Mesh, meshOf, mostCells, nodesAtJumps } from "./mesh.js";
import { refusal } from "./refusal.js";
import { shareList } from "./share-list.js";
import { proposedShares } from "./upper-program.js";

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
    progress?.stage(`bracketing with ${cells} cells a side`);
    const found = await bracketed(environment, question, meshOf(environment, cells, further), options);
    if (!best || isNarrower(found.bracket, best.bracket)) best = found;
    const gap = widthOf(found.bracket);
    if (!width || (gap && gap.compare(width) <= 0) || signal?.aborted) return best;
    const more = Math.ceil(
      cells * Math.min(2, Math.max(1.25, 1.1 * Math.sqrt((gap?.toNumber() ?? Infinity) / width.toNumber()))),
    );
    if (more > mostCells(agents)) return best;
    cells = more;
    if (found.certificate.lower) further = nodesAtJumps(found.certificate.nodes, found.certificate.lower);
  }
}

/** What one mesh proves. */
async function bracketed(
  environment: ContinuousEnvironment,
  question: Question,
  mesh: Mesh,
  { signal, progress }: ContinuumOptions,
): Promise<ContinuumFinding<ExPostCertificate>> {
  const mayLeaveMoney = question.balance === "no-deficit";
  const known = enclosed(environment, mesh);
  const groups = alikeAgents(environment, known);
  const solver = { signal, progress };
  const shape = mesh.nodes.map((of) => of.length);
  const weights = await proposedWeights(cellMeans(environment, known), groups, mayLeaveMoney, solver);
  const shares = await proposedShares(known, interimBounds(known), groups, mayLeaveMoney, solver);
  const certificate: ExPostCertificate = {
    kind: EX_POST_KIND,
    ...mesh,
    lower: weights?.map(({ density, atoms }) => {
      const masses = atoms.map((mass, node) => [node, mass] as const).filter(([, mass]) => !mass.isZero);
      return { density, ...(masses.length > 0 && { atoms: masses }) };
    }),
    upper: shares && shareList(shares, shape, groups, mayLeaveMoney),
  };
  return { bracket: judgeEnclosed(environment, question, certificate, known), certificate };
}

function widthOf({ lower, upper }: Bracket): Rational | undefined {
  return lower && upper?.subtract(lower);
}

function isNarrower(a: Bracket, b: Bracket): boolean {
  const [ofA, ofB] = [widthOf(a), widthOf(b)];
  return ofA !== undefined && (ofB === undefined || ofA.compare(ofB) < 0);
}
