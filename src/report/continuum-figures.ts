import { EX_POST_KIND, type ExPostCertificate } from "../continuum/ex-post/certificate.js";
import type { ContinuousAgent } from "../environment/continuous-environment.js";
import { allocationFigure } from "../figure/allocation.js";
import { curvesFigure } from "../figure/curves.js";
import type { Figure } from "../figure/figure.js";
import { typeAxis } from "../figure/type-axis.js";
import { Rational } from "../number/rational.js";
import { decimalOrFraction } from "../number/rational-text.js";
import { chosenBy } from "./continuum-rule.js";
import { expectedByType } from "./continuum-types.js";
import type { WordedAnswer } from "./continuum-words.js";
import { numberText } from "./number-text.js";

/** More agents than this have no pictures of their own each. */
const MOST_AGENTS = 4;

/** Each side of the square of types is cut into so many parts, whose middle types are shown. */
const PARTS = 40;

/** The pictures of an answer about continuous types: what is chosen, what types expect, and which of them the proof weighs. */
export function continuumFigures(answer: WordedAnswer): Figure[] {
  const { environment, question, certificate } = answer;
  return [
    ...squareFigures(answer),
    ...expectedByType(environment, question).slice(0, MOST_AGENTS).map(expectedFigure),
    ...(certificate?.kind === EX_POST_KIND
      ? weightFigures(environment.agents, certificate as ExPostCertificate)
      : []),
  ];
}

function squareFigures(answer: WordedAnswer): Figure[] {
  const { agents, outcomes = [] } = answer.environment;
  const chosen = chosenBy(answer);
  if (agents.length !== 2 || !chosen) return [];
  const middles = agents.map(({ density: { from, to } }) =>
    Array.from({ length: PARTS }, (_, k) =>
      from.add(to.subtract(from).multiply(Rational.of(2 * k + 1, 2 * PARTS))),
    ),
  );
  const [across, up] = agents.map(({ name }, i) => typeAxis(name, middles[i].map(decimalOrFraction)));
  const allocation = allocationFigure({
    across,
    up,
    outcomes: outcomes.map(({ label }) => label),
    lottery: (a, b) =>
      chosen([middles[0][a], middles[1][b]]).map(({ outcome, probability }) => ({
        outcome,
        probability: probability.toNumber(),
        text: numberText(probability),
      })),
    note: `Shown is the choice in the middle of each of ${PARTS} x ${PARTS} equal parts; of outcomes that tie there, the first.`,
  });
  return allocation ? [allocation] : [];
}

function expectedFigure({ name, rows }: ReturnType<typeof expectedByType>[number], k: number): Figure {
  const at = (part: "rise" | "outsideRise") => (type: number) => shown(rows[type][part]);
  const has = rows.some(({ outsideRise }) => !outsideRise.isZero);
  return curvesFigure({
    name: `expects-${k + 1}`,
    title: `What types of ${name} expect beyond the lowest one`,
    caption:
      "In expectation, and the same in every such mechanism: incentives fix how utility rises along types, but for a constant.",
    axis: typeAxis(
      name,
      rows.map(({ type }) => decimalOrFraction(type)),
      rows.length,
    ),
    curves: [
      { label: "utility", at: at("rise") },
      ...(has ? [{ label: "outside option", at: at("outsideRise") }] : []),
    ],
  });
}

/** How the proof of the lower end weighs types, cell by cell. */
function weightFigures(
  agents: readonly ContinuousAgent[],
  { nodes, lower = [] }: ExPostCertificate,
): Figure[] {
  return lower.slice(0, MOST_AGENTS).flatMap(({ density, atoms = [] }, i) => {
    const most = density.reduce(Rational.maximum, Rational.ZERO);
    if (most.isZero) return [];
    const middles = density.map((_, a) => nodes[i][a].add(nodes[i][a + 1]).divide(Rational.of(2)));
    const single = atoms.some(([, mass]) => mass.sign > 0) ? " Single types have weights besides." : "";
    const { name } = agents[i];
    return [
      curvesFigure({
        name: `weights-${i + 1}`,
        title: `Which types of ${name} the proof weighs`,
        caption: `The weight's density in terms of the prior, cell by cell, in units of its largest value.${single}`,
        axis: typeAxis(name, middles.map(decimalOrFraction)),
        curves: [{ label: "weight", at: (cell) => shown(density[cell].divide(most)) }],
        range: [0, 1],
      }),
    ];
  });
}

/** A number as it is drawn, with its fraction for those who point at it. */
function shown(value: Rational) {
  return { value: value.toNumber(), text: numberText(value) };
}
