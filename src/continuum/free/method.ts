import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import type { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import {
  type Bracket,
  type ContinuumFinding,
  type ContinuumMethod,
  type ContinuumOptions,
  ContinuumRefuted,
  ContinuumStopped,
} from "../method.js";
import { orbitCount } from "./best-outcomes.js";
import type { DominantCertificate, ExPostCertificate, ExpectationCertificate } from "./certificate.js";
import { coverage, type FreeKind } from "./coverage.js";
import { judgeDominant } from "./dominant-judge.js";
import { judgeExPost } from "./ex-post-judge.js";
import { judgeExpectation, raising } from "./expectation-judge.js";
import { findDominant } from "./find-dominant.js";
import { findExPost } from "./find-ex-post.js";
import { findExpectation } from "./find-expectation.js";
import { findRegular } from "./find-regular.js";
import {
  areAlike,
  CellEnvironment,
  concernedBy,
  type ExpectedProgram,
  expectedProgram,
} from "./in-expectation.js";
import { isBounded } from "./profile-judge.js";
import { RegularEnvironment } from "./regular.js";
import { TwoAgents } from "./two-agents.js";

const DEFAULT_CELLS = 20;
/** Cells of an agent beyond which a mesh is not refined: tables in expectation, and programs at profiles. */
const MOST_CELLS = { "free-interim": 320, "free-ex-post": 40, "free-dominant": 40 };

/** Free allocation where requirements hold in expectation: second best, revenue, least subsidy. */
export const freeInterim: ContinuumMethod<ExpectationCertificate> = method("free-interim", {
  judge: judgeExpectation,
  propose: proposeInExpectation,
});

async function proposeInExpectation(
  environment: ContinuousEnvironment,
  question: Question,
  cells: number,
  options: ContinuumOptions,
): Promise<ExpectationCertificate> {
  const program = expectedProgram(question);
  const found = await proposeFor(environment, program, cells, options);
  if (found.rules.length > 0 || !program.budgeted) return found;
  // No mechanism is known: perhaps there is none.
  const most = await proposeFor(environment, raising(program), cells, options);
  const short: ExpectationCertificate = {
    kind: "free-interim",
    ...(most.cells !== undefined && { cells: most.cells }),
    bound: most.bound,
    rules: [],
    shortage: most.bound,
  };
  try {
    judgeExpectation(environment, question, short);
    return short;
  } catch (error) {
    if (error instanceof ContinuumRefuted) return found;
    throw error;
  }
}

async function proposeFor(
  environment: ContinuousEnvironment,
  program: ExpectedProgram,
  cells: number,
  { signal }: ContinuumOptions,
): Promise<ExpectationCertificate> {
  const regular = new RegularEnvironment(environment);
  const exact = regular.obstacle(program) ? undefined : findRegular(regular, program);
  return exact ?? findExpectation(new CellEnvironment(environment, cells), program, cells, signal);
}

/** Free allocation where telling the truth pays in expectation, and participation and budget hold at every profile. */
export const freeExPost: ContinuumMethod<ExPostCertificate> = method("free-ex-post", {
  judge: judgeExPost,
  propose: (environment, question, cells, options) =>
    alsoInExpectation(environment, question, cells, options, judgeExPost, (two) =>
      findExPost(two, question, cells, options.signal),
    ),
});

/** Free allocation where everything holds at every profile. */
export const freeDominant: ContinuumMethod<DominantCertificate> = method("free-dominant", {
  judge: judgeDominant,
  propose: (environment, question, cells, options) =>
    alsoInExpectation(environment, question, cells, options, judgeDominant, (two) =>
      findDominant(two, question, cells, options.signal),
    ),
});

/** What is found of requirements at profiles, with what is proved of them in expectation where that says more. */
async function alsoInExpectation<
  Certificate extends { readonly mechanism?: unknown; readonly inExpectation?: ExpectationCertificate },
>(
  environment: ContinuousEnvironment,
  question: Question,
  cells: number,
  options: ContinuumOptions,
  judge: (environment: ContinuousEnvironment, question: Question, certificate: Certificate) => Bracket,
  find: (two: TwoAgents) => Promise<Certificate>,
): Promise<Certificate> {
  const found = await find(new TwoAgents(environment, cells));
  if ((found.mechanism && !isBounded(question)) || options.signal?.aborted) return found;
  const fine = Math.min(FINER * cells, MOST_CELLS["free-interim"]);
  const expected = await proposeInExpectation(environment, question, fine, options);
  const both: Certificate = { ...found, inExpectation: { ...expected, rules: [] } };
  return JSON.stringify(judge(environment, question, both)) ===
    JSON.stringify(judge(environment, question, found))
    ? found
    : both;
}

/** A bound in expectation may be found with so many times the cells in less time. */
const FINER = 4;

interface Way<Certificate> {
  judge(environment: ContinuousEnvironment, question: Question, certificate: Certificate): Bracket;
  propose(
    environment: ContinuousEnvironment,
    question: Question,
    cells: number,
    options: ContinuumOptions,
  ): Promise<Certificate>;
}

function method<Certificate extends { readonly cells?: number }>(
  kind: FreeKind,
  way: Way<Certificate>,
): ContinuumMethod<Certificate> {
  const refusal = (environment: ContinuousEnvironment, question: Question) => {
    const covered = coverage(environment, question);
    if ("refusal" in covered) return covered.refusal;
    return covered.kind === kind ? undefined : `this question is answered by ${covered.kind}`;
  };
  return {
    kind,
    refusal,
    async find(environment, question, options) {
      if (options.signal?.aborted) throw new ContinuumStopped("stopped before anything was proved");
      let best: ContinuumFinding<Certificate> | undefined;
      const most = mostCells(kind, environment);
      let cells = Math.min(options.cells ?? DEFAULT_CELLS, most);
      for (;;) {
        options.progress?.stage(`proving with ${cells} cells`);
        const certificate = await way.propose(environment, question, cells, options);
        const bracket = way.judge(environment, question, certificate);
        if (!best || isNarrower(bracket, best.bracket)) {
          best = { bracket, certificate };
          options.offer?.({ ...certificate, kind });
        }
        if (bracket.contradiction) return best;
        const wide = options.width && !within(best.bracket, options.width);
        if (!wide || certificate.cells === undefined || options.signal?.aborted || cells >= most) return best;
        cells = Math.min(2 * cells, most);
      }
    },
    judge(environment, question, certificate) {
      const refused = refusal(environment, question);
      if (refused) throw new ContinuumRefuted(refused);
      return way.judge(environment, question, certificate);
    },
  };
}

/** Numbers in a table of outcomes by products of cells: what takes about a second. */
const LARGEST_TABLE = 1e6;

/** As many cells as a table of all their products may have. */
function mostCells(kind: FreeKind, environment: ContinuousEnvironment): number {
  const { agents, outcomes = [] } = environment;
  const most = MOST_CELLS[kind];
  if (kind !== "free-interim" || concernedBy(outcomes).every((list) => list.length <= 1)) return most;
  const alike = areAlike(environment);
  const products = (cells: number) => (alike ? orbitCount(agents.length, cells) : cells ** agents.length);
  let cells = most;
  while (cells > 1 && products(cells) * outcomes.length > LARGEST_TABLE) cells--;
  return cells;
}

function widthOf({ lower, upper }: Bracket): Rational | undefined {
  return lower && upper?.subtract(lower);
}

function within(bracket: Bracket, width: Rational): boolean {
  const found = widthOf(bracket);
  return found !== undefined && found.compare(width) <= 0;
}

function isNarrower(a: Bracket, b: Bracket): boolean {
  const width = widthOf(a);
  return width !== undefined && !within(b, width);
}
