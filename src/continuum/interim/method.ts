import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { greatestValue } from "../../number/greatest-value.js";
import { Rational } from "../../number/rational.js";
import { giveWay } from "../../progress/give-way.js";
import type { Question } from "../../question/question.js";
import {
  type Bracket,
  type ContinuumFinding,
  type ContinuumMethod,
  type ContinuumOptions,
  ContinuumStopped,
} from "../method.js";
import { bracketOf } from "./bracket.js";
import { type InterimCertificate, MOST_CELLS } from "./certificate.js";
import { describeInterim } from "./description.js";
import { type ExpectedSurplus, expectedSurplus, isExact } from "./expected-surplus.js";
import { judgeInterim } from "./judge.js";
import { participationOf, refusalOf } from "./scope.js";
import { looksOnMesh } from "./surplus-on-mesh.js";

/**
 * The efficient rule with requirements in expectation, or with Groves' incentives at every profile: a number that is computed,
 * without a program. Exact where the expected surplus is and the types that ask for most are fractions.
 */
export const interimMethod: ContinuumMethod<InterimCertificate> = {
  kind: "interim",
  refusal: refusalOf,
  find,
  judge: judgeInterim,
  describe: describeInterim,
};

/** How often the surplus is looked at by the first mesh, and at most, where it is not known exactly. */
const FIRST_LOOKS = 20_000;
const MOST_LOOKS = 2_000_000;

async function find(
  environment: ContinuousEnvironment,
  question: Question,
  { cells: first, width, signal, progress, offer }: ContinuumOptions,
): Promise<ContinuumFinding<InterimCertificate>> {
  const wanted = width && width.sign > 0 ? Rational.minimum(width, FINEST) : FINEST;
  if (isExact(environment)) return findingOn(environment, question, wanted, undefined);
  const { length } = environment.agents;
  let cells = Math.min(first ?? mostCells(length, FIRST_LOOKS), MOST_CELLS);
  let known: ContinuumFinding<InterimCertificate> | undefined;
  for (;;) {
    await giveWay();
    if (signal?.aborted) {
      if (known) return known;
      throw new ContinuumStopped();
    }
    progress?.stage(`enclosing the expected surplus on ${cells} cells of each agent's types`);
    known = findingOn(environment, question, wanted, cells);
    offer?.(known.certificate);
    const next = 2 * cells;
    const isLast = width === undefined || next > MOST_CELLS || looksOnMesh(length, next) > MOST_LOOKS;
    if (isLast || isNarrow(known.bracket, width)) return known;
    cells = next;
  }
}

/** What is no fraction is enclosed at least so narrowly: it takes no time. */
const FINEST = Rational.of(1n, 10n ** 15n);

function findingOn(
  environment: ContinuousEnvironment,
  question: Question,
  width: Rational,
  cells: number | undefined,
): ContinuumFinding<InterimCertificate> {
  const surplus = expectedSurplus(environment, cells ?? 1);
  const asked = participationOf(environment, question) === "interim";
  const participation = asked ? leastConstants(environment, surplus, width) : [];
  return {
    bracket: bracketOf(environment, question, surplus, participation),
    certificate: { kind: "interim", ...(cells !== undefined && { cells }), participation },
  };
}

function leastConstants({ agents }: ContinuousEnvironment, { givenOwn }: ExpectedSurplus, width: Rational) {
  const each = width.divide(Rational.of(agents.length));
  return agents.map(({ outsideOption: outside }, i) => {
    const { below, above } = givenOwn[i];
    const most = greatestValue(outside.minus(below), each);
    if (most.lower.equals(most.upper) && below === above)
      return { types: most.at, lower: most.lower, upper: most.upper };
    const [type] = most.at;
    const least = outside.at(type).subtract(above.at(type));
    return { types: [type], lower: rounded(least, each, "down"), upper: rounded(most.upper, each, "up") };
  });
}

/** To short fractions, which differ from what they stand for by at most a tenth of `width`. */
function rounded(value: Rational, width: Rational, direction: "down" | "up"): Rational {
  let over = 10n;
  while (Rational.of(10n, over).compare(width) > 0) over *= 10n;
  const scaled = value.multiply(Rational.of(over));
  let whole = scaled.numerator / scaled.denominator;
  if (direction === "down" && Rational.of(whole).compare(scaled) > 0) whole--;
  if (direction === "up" && Rational.of(whole).compare(scaled) < 0) whole++;
  return Rational.of(whole, over);
}

function isNarrow({ lower, upper }: Bracket, width: Rational): boolean {
  return lower !== undefined && upper !== undefined && upper.subtract(lower).compare(width) <= 0;
}

function mostCells(agents: number, looks: number): number {
  let cells = 1;
  while (looksOnMesh(agents, cells + 1) <= looks) cells++;
  return cells;
}
