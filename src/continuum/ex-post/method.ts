import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { InputError } from "../../fault/input-error.js";
import { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import type { InterimCertificate } from "../interim/certificate.js";
import { isExact } from "../interim/expected-surplus.js";
import { interimMethod } from "../interim/method.js";
import {
  type Bracket,
  type ContinuumFinding,
  type ContinuumMethod,
  type ContinuumOptions,
  ContinuumRefuted,
} from "../method.js";
import { alikeAgents } from "./alike-agents.js";
import { EX_POST_KIND, type ExPostCertificate, type WeightedTypes } from "./certificate.js";
import { askedInExpectation, enclosed, judgeEnclosed, judgeExPost, MOST_PRODUCTS } from "./judge/judge.js";
import { cellMeans, type TypeWeights } from "./judge/lower-bound.js";
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
  const most = Math.floor(MOST_PRODUCTS ** (1 / agents));
  if (cells > most)
    throw new InputError("cells", `${cells}`, `at most ${most} of each of ${agents} agents' types`);
  const expected = await inExpectation(environment, question, options);
  let best: ContinuumFinding<ExPostCertificate> | undefined;
  let further: Rational[][] = [];
  for (;;) {
    progress?.stage(`bracketing the outside money with ${cells} cells a side`);
    const onMesh = await bracketed(
      environment,
      question,
      meshOf(environment, cells, further),
      cells,
      expected,
      options,
    );
    const found = withBetterLower(onMesh, expected);
    if (!best || isBetter(found.bracket, best.bracket)) best = found;
    options.offer?.(best.certificate);
    if (!width || signal?.aborted) return best;
    const gap = widthOf(found.bracket)?.toNumber() ?? Infinity;
    const needed = width.toNumber();
    // Narrow enough, but whether money is needed at all is open: a finer mesh may tell.
    const isOpen = !found.bracket.lower?.sign && gap > 0 && cells < settlingCells(agents);
    if (gap <= needed && !isOpen) return best;
    const finer = gap <= needed ? FINER : Math.min(2, Math.max(FINER, 1.1 * Math.sqrt(gap / needed)));
    const more = Math.min(Math.ceil(cells * finer), mostCells(agents));
    if (more < cells * WORTHWHILE) return best;
    cells = more;
    if (onMesh.certificate.lower) further = nodesAtJumps(onMesh.certificate.nodes, onMesh.certificate.lower);
  }
}

/** What is known in expectation, where it is known exactly. */
async function inExpectation(
  environment: ContinuousEnvironment,
  question: Question,
  options: ContinuumOptions,
): Promise<ContinuumFinding<InterimCertificate> | undefined> {
  const asked = askedInExpectation(question);
  if (!isExact(environment) || interimMethod.refusal(environment, asked) !== undefined) return undefined;
  return interimMethod.find(environment, asked, { ...options, offer: () => {} });
}

/** The lower end in expectation in place of that of weights, where it is higher. */
function withBetterLower(
  found: ContinuumFinding<ExPostCertificate>,
  expected: ContinuumFinding<InterimCertificate> | undefined,
): ContinuumFinding<ExPostCertificate> {
  const { lower } = expected?.bracket ?? {};
  if (!expected || !lower || lower.compare(found.bracket.lower ?? Rational.ZERO) <= 0) return found;
  const { lower: _, ...certificate } = found.certificate;
  return {
    bracket: { ...found.bracket, lower },
    certificate: { ...certificate, inExpectation: expected.certificate },
  };
}

/** How much finer a mesh is than the last, at least; less where no finer one is borne, unless that is no use. */
const FINER = 1.4;
const WORTHWHILE = 1.1;

/** What one mesh proves. */
async function bracketed(
  environment: ContinuousEnvironment,
  question: Question,
  mesh: Mesh,
  cells: number,
  expected: ContinuumFinding<InterimCertificate> | undefined,
  { signal, progress }: ContinuumOptions,
): Promise<ContinuumFinding<ExPostCertificate>> {
  const mayLeaveMoney = question.balance === "no-deficit";
  const known = enclosed(environment, mesh);
  const groups = alikeAgents(environment, known);
  const solver = { signal, progress };
  const shape = mesh.nodes.map((of) => of.length);
  const weights = await proposedWeights(cellMeans(environment, known), groups, mayLeaveMoney, solver);
  const bounds = interimBounds(known);
  const shares = await proposedShares(known, bounds, groups, mayLeaveMoney, solver);
  const base = { kind: EX_POST_KIND, ...mesh } as const;
  /** A proposal that proves nothing is none. */
  const proved = (certificate: ExPostCertificate): ContinuumFinding<ExPostCertificate> | undefined => {
    try {
      return { bracket: judgeEnclosed(environment, question, certificate, known), certificate };
    } catch (error) {
      if (error instanceof ContinuumRefuted) return undefined;
      throw error;
    }
  };
  const lower = weights && proved({ ...base, lower: weights.map(weightedTypes) });
  const upper = shares && proved({ ...base, upper: shareList(shares, shape, groups, mayLeaveMoney) });
  const found = {
    bracket: { lower: lower?.bracket.lower ?? Rational.ZERO, ...(upper && { upper: upper.bracket.upper }) },
    certificate: { ...base, ...lower?.certificate, ...upper?.certificate },
  };
  if (
    found.bracket.lower.sign > 0 ||
    expected?.bracket.lower?.sign ||
    cells > settlingCells(environment.agents.length)
  )
    return found;
  const withoutMoney = await proposedWithoutMoney(environment, known, bounds, groups, mayLeaveMoney, solver);
  return (withoutMoney && proved({ ...base, withoutMoney })) ?? found;
}

function weightedTypes({ density, atoms }: TypeWeights): WeightedTypes {
  const masses = atoms.map((mass, node) => [node, mass] as const).filter(([, mass]) => !mass.isZero);
  return { density, ...(masses.length > 0 && { atoms: masses }) };
}

function widthOf({ lower, upper }: Bracket): Rational | undefined {
  return lower && upper?.subtract(lower);
}

/** An answer that money is needed is better than none, and a narrower bracket than a wider one. */
function isBetter(a: Bracket, b: Bracket): boolean {
  if (a.lower?.sign !== b.lower?.sign && !a.upper?.isZero) return (a.lower?.sign ?? 0) > (b.lower?.sign ?? 0);
  const [ofA, ofB] = [widthOf(a), widthOf(b)];
  return ofA !== undefined && (ofB === undefined || ofA.compare(ofB) < 0);
}
