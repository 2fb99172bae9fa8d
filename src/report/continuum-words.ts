import type { ContinuumClaim } from "../continuum/claim.js";
import type { ExPostCertificate } from "../continuum/ex-post/certificate.js";
import { sharedRegions, type WeighedTypes, weighedTypes } from "../continuum/ex-post/description.js";
import { askedInExpectation } from "../continuum/ex-post/judge/judge.js";
import type {
  DominantCertificate,
  ExpectationCertificate,
  ExPostCertificate as FreeExPostCertificate,
} from "../continuum/free/certificate.js";
import { chosenOnCells, type VirtualPiece, virtualRules } from "../continuum/free/rule-data.js";
import { describeInterim } from "../continuum/interim/description.js";
import type { ProofInWords } from "../continuum/method.js";
import { methodOf } from "../continuum/methods.js";
import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import { plural } from "../number/count-text.js";
import { Rational } from "../number/rational.js";
import { isMaximised, type Question } from "../question/question.js";
import { decimalText, percentText } from "./number-text.js";

/** What an answer says, and the certificate that proves it. */
export interface WordedAnswer extends Pick<ContinuumClaim, "lower" | "upper"> {
  readonly environment: ContinuousEnvironment;
  readonly question: Question;
  readonly certificate?: { readonly kind: string } | undefined;
}

/** More of a kind are not told one by one. */
const MOST = 4;

/** The proof of an answer that has been judged, in words. */
export function proofInWords(answer: WordedAnswer): ProofInWords {
  const { environment, question, certificate, lower, upper } = answer;
  if (!certificate) return {};
  const own = methodOf(certificate.kind)?.method.describe;
  if (own) return own(environment, question, certificate);
  const mechanism = isMaximised(question) ? lower : upper;
  switch (certificate.kind) {
    case "efficient-ex-post":
      return exPostWords(environment, question, certificate as ExPostCertificate);
    case "free-interim": {
      const rules = mechanism
        ? virtualWords(environment, question, certificate as ExpectationCertificate)
        : [];
      return attained(question, rules);
    }
    case "free-ex-post":
    case "free-dominant":
      return attained(
        question,
        mechanism ? cellWords(environment, certificate as FreeExPostCertificate | DominantCertificate) : [],
      );
    default:
      return {};
  }
}

function attained(question: Question, words: readonly string[]): ProofInWords {
  return isMaximised(question) ? { lower: words, upper: [] } : { lower: [], upper: words };
}

function exPostWords(
  environment: ContinuousEnvironment,
  question: Question,
  certificate: ExPostCertificate,
): ProofInWords {
  const weighed = weighedTypes(environment, certificate) ?? [];
  const regions = sharedRegions(environment, certificate, question.balance === "no-deficit") ?? [];
  const names = environment.agents.map(({ name }) => name);
  const shared = regions.slice(0, MOST * 2).map(({ ranges, shares }) => {
    const where = ranges.map(
      ([from, to], i) => `${names[i]} from ${decimalText(from)} to ${decimalText(to)}`,
    );
    const parts = shares.map((share, i) => `${names[i]} ${percentText(share, Rational.ONE)}`);
    return `${where.join(", ")}: of the gains ${parts.join(", ")} on average.`;
  });
  const { withoutMoney } = certificate;
  if (withoutMoney)
    return {
      lower: [],
      upper: [
        `Gains are shared out, and what shares miss is moved between agents, along ${plural(withoutMoney.routes.length, "route")}: no profile needs money.`,
      ],
    };
  const { inExpectation } = certificate;
  const expected =
    inExpectation && describeInterim(environment, askedInExpectation(question), inExpectation).lower;
  return {
    lower: expected
      ? ["So much is needed although participation were only asked in expectation.", ...expected]
      : weighed.length > 0
        ? [`Weighed against each other: ${weighed.map(weighedText).join("; ")}.`]
        : [],
    upper:
      shared.length > 0
        ? [
            ...shared,
            ...(regions.length > shared.length ? [`${regions.length - shared.length} more regions.`] : []),
            "Each type is topped up to what it has to expect by an amount that depends on itself alone.",
          ]
        : [],
  };
}

/** `partner 1's types from 0 to 0.375 (weight 0.9), type 1 (weight 0.1)` */
function weighedText({ agent, ranges, single }: WeighedTypes): string {
  const all = [
    ...ranges.map(
      ({ from, to, weight }) => [`from ${decimalText(from)} to ${decimalText(to)}`, weight] as const,
    ),
    ...single.map(({ type, weight }) => [decimalText(type), weight] as const),
  ];
  const heaviest = [...all].sort(([, a], [, b]) => b.compare(a)).slice(0, MOST);
  const told = all.filter((one) => heaviest.includes(one));
  const rest = all.length - told.length;
  const parts = told.map(([types, weight]) => `${types} (${percentText(weight, Rational.ONE)})`);
  return `${agent}'s types ${parts.join(", ")}${rest > 0 ? ` and ${rest} lighter` : ""}`;
}

/** Rules that choose by virtual values. */
function virtualWords(
  environment: ContinuousEnvironment,
  question: Question,
  certificate: ExpectationCertificate,
): string[] {
  return virtualRules(environment, question, certificate).map(({ probability, money, virtualValues }) => {
    const chance = probability.equals(Rational.ONE) ? "" : `With probability ${decimalText(probability)}: `;
    const price = money === undefined ? "" : ` (money weighs ${decimalText(money)})`;
    const of = virtualValues.map((pieces, i) => `${environment.agents[i].name} ${virtualText(pieces)}`);
    return `${chance}What is chosen would be efficient for virtual types${price}: ${of.join("; ")}.`;
  });
}

/** `-1 at 0, 1 at 1`: affine between, or by so many pieces. */
function virtualText(pieces: readonly VirtualPiece[]): string {
  const [first, last] = [pieces[0], pieces[pieces.length - 1]];
  const at = (value: Rational, type: Rational) => `${decimalText(value)} at ${decimalText(type)}`;
  const ends = `from ${at(first.atFrom, first.from)} to ${at(last.atTo, last.to)}`;
  return pieces.length > 1 ? `${ends} in ${pieces.length} pieces` : ends;
}

/** How often which outcome is chosen by a rule that is constant on cells. */
function cellWords(
  environment: ContinuousEnvironment,
  certificate: FreeExPostCertificate | DominantCertificate,
): string[] {
  const on = chosenOnCells(environment, certificate);
  const { outcomes = [], agents } = environment;
  if (!on) return [];
  const chances = agents.map(({ density }, i) =>
    on.ends[i].slice(1).map((to, a) => density.integral(on.ends[i][a], to)),
  );
  const total = outcomes.map(() => Rational.ZERO);
  on.chosen.forEach((row, a) => {
    row.forEach((lottery, b) => {
      const cell = chances[0][a].multiply(chances[1][b]);
      outcomes.forEach((_, x) => {
        const probability =
          typeof lottery === "number" ? (lottery === x ? Rational.ONE : Rational.ZERO) : lottery[x];
        total[x] = total[x].add(cell.multiply(probability));
      });
    });
  });
  const parts = outcomes.map(({ label }, x) => `${label} ${percentText(total[x], Rational.ONE)}`);
  const cells = on.ends.map((ends) => ends.length - 1).join(" x ");
  return [
    `What is chosen is the same within each of ${cells} products of cells of types; in all ${parts.join(", ")}.`,
  ];
}
