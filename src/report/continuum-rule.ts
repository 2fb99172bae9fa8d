import type {
  DominantCertificate,
  ExPostCertificate,
  ExpectationCertificate,
} from "../continuum/free/certificate.js";
import { chosenOnCells, type VirtualPiece, virtualRules } from "../continuum/free/rule-data.js";
import type { ContinuousEnvironment, ContinuousOutcome } from "../environment/continuous-environment.js";
import { Rational } from "../number/rational.js";
import { isMaximised } from "../question/question.js";
import type { WordedAnswer } from "./continuum-words.js";

/** What is chosen at a profile of types: outcomes by their numbers, with probabilities. */
export type ChosenAt = (
  types: readonly Rational[],
) => { readonly outcome: number; readonly probability: Rational }[];

/** The rule of an answer's mechanism, of several efficient outcomes the first; undefined where outcomes are a continuum or none is proved. */
export function chosenBy(answer: WordedAnswer): ChosenAt | undefined {
  const { environment, question, certificate, lower, upper } = answer;
  const { outcomes } = environment;
  if (!outcomes || !certificate || !(isMaximised(question) ? lower : upper)) return undefined;
  if (question.allocation === "efficient") return (types) => [best(outcomes, types, Rational.ONE)];
  switch (certificate.kind) {
    case "free-interim": {
      const rules = virtualRules(environment, question, certificate as ExpectationCertificate);
      return (types) =>
        rules.map(({ probability, virtualValues }) =>
          best(
            outcomes,
            types.map((type, i) => virtualAt(virtualValues[i], type)),
            probability,
          ),
        );
    }
    case "free-ex-post":
    case "free-dominant":
      return chosenOn(environment, certificate as ExPostCertificate | DominantCertificate);
    default:
      return undefined;
  }
}

function best(outcomes: readonly ContinuousOutcome[], types: readonly Rational[], probability: Rational) {
  const worth = outcomes.map(({ slopes, constants, cost }) =>
    types.reduce((sum, type, i) => sum.add(slopes[i].multiply(type)), Rational.sum(constants).subtract(cost)),
  );
  const outcome = worth.reduce((found, value, x) => (value.compare(worth[found]) > 0 ? x : found), 0);
  return { outcome, probability };
}

function virtualAt(pieces: readonly VirtualPiece[], type: Rational): Rational {
  const { from, to, atFrom, atTo } =
    pieces.find(({ to }) => type.compare(to) <= 0) ?? pieces[pieces.length - 1];
  return atFrom.add(atTo.subtract(atFrom).multiply(type.subtract(from)).divide(to.subtract(from)));
}

function chosenOn(
  environment: ContinuousEnvironment,
  certificate: ExPostCertificate | DominantCertificate,
): ChosenAt | undefined {
  const on = chosenOnCells(environment, certificate);
  if (!on) return undefined;
  return (types) => {
    const [a, b] = types.map(
      (type, i) => on.ends[i].slice(1, -1).filter((end) => end.compare(type) <= 0).length,
    );
    const lottery = on.chosen[a][b];
    if (typeof lottery === "number") return [{ outcome: lottery, probability: Rational.ONE }];
    return lottery.flatMap((probability, outcome) => (probability.isZero ? [] : [{ outcome, probability }]));
  };
}
