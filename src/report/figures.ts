import type { Multipliers } from "../certificate/multipliers.js";
import type { Design } from "../design.js";
import { allocationFigure } from "../figure/allocation.js";
import { amountsFigure } from "../figure/amounts.js";
import { curvesFigure } from "../figure/curves.js";
import type { Figure } from "../figure/figure.js";
import { incentivesFigure } from "../figure/incentives.js";
import { type TypeAxis, typeAxis } from "../figure/type-axis.js";
import type { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Problem } from "../question/problem.js";
import { type AgentView, type MechanismView, mechanismView } from "./mechanism-view.js";
import { numberText } from "./number-text.js";
import { pricedInequalities } from "./priced-inequalities.js";
import { alikeAgents, sameText, shownClasses } from "./shown-agents.js";

/** More agents than this have no pictures of their own each. */
const MOST_AGENTS = 4;

/** The pictures of a mechanism: what is chosen and paid over two agents' types, and what each type expects. */
export function mechanismFigures(view: MechanismView): Figure[] {
  const { agents } = view.mechanism.environment;
  const axes = agents.length === 2 ? agents.map(({ name, types }) => typeAxis(name, types)) : [];
  return [
    ...(agents.length === 2 ? squareFigures(view, axes[0], axes[1]) : []),
    ...alikeAgents(view.agents)
      .slice(0, MOST_AGENTS)
      .flatMap((alike, k) => typeFigures(alike, k)),
  ];
}

/** The pictures of a design: its mechanism, and what its proof weighs. */
export function designFigures({ problem, mechanism, multipliers, expected }: Design): Figure[] {
  return [
    ...(mechanism ? mechanismFigures(mechanismView(mechanism, expected)) : []),
    ...(multipliers ? proofFigures(problem, multipliers) : []),
  ];
}

/** A number as it is drawn, with its fraction for those who point at it. */
function shown(value: Rational) {
  return { value: value.toNumber(), text: numberText(value) };
}

function squareFigures({ mechanism, money }: MechanismView, across: TypeAxis, up: TypeAxis): Figure[] {
  const { outcomes, profiles, agents } = mechanism.environment;
  const profile = (a: number, b: number) => profiles.profileOf([a, b]);
  const allocation = allocationFigure({
    across,
    up,
    outcomes,
    lottery: (a, b) =>
      mechanism.lottery(profile(a, b)).map(({ outcome, probability }) => ({
        outcome,
        probability: probability.toNumber(),
        text: numberText(probability),
      })),
  });
  const payments = agents.map(({ name }, i) =>
    amountsFigure({
      name: `payment-${i + 1}`,
      title: `What ${name} pays`,
      label: `${name} pays`,
      meaning: "Less than nothing is what it is paid.",
      across,
      up,
      amount: (a, b) => shown(mechanism.payment(i, profile(a, b))),
    }),
  );
  const hasMoney = money !== undefined && money.constant === undefined;
  return [
    ...(allocation ? [allocation] : []),
    ...payments,
    ...(hasMoney
      ? [
          amountsFigure({
            name: "outside-money",
            title: "Money from outside",
            label: "outside money",
            meaning: "What is needed beside the agents' payments.",
            across,
            up,
            amount: (a, b) => shown(mechanism.subsidy(profile(a, b))),
          }),
        ]
      : []),
  ];
}

/** Of agents of whom every type expects the same, those of the first. */
function typeFigures([agent, ...others]: readonly AgentView[], k: number): Figure[] {
  const { name, types, classes, row } = agent;
  const axis = typeAxis(name, types);
  const same = others.length > 0 ? ` ${sameText(agent, others)}` : "";
  const chances = shownClasses(classes).map(([label, place]) => ({
    label,
    at: (type: number) => shown(row(type).chances[place]),
  }));
  const has = axis.cells.some(({ type }) => !row(type).outsideOption.isZero);
  const money = [
    { label: "pays", at: (type: number) => shown(row(type).payment) },
    { label: "utility", at: (type: number) => shown(row(type).utility) },
    ...(has ? [{ label: "outside option", at: (type: number) => shown(row(type).outsideOption) }] : []),
  ];
  return [
    ...(chances.length > 0
      ? [
          curvesFigure({
            name: `chances-${k + 1}`,
            title: `How likely each outcome is for ${name}`,
            caption: `By its type, when all tell the truth.${same}`,
            axis,
            curves: chances,
            range: [0, 1],
          }),
        ]
      : []),
    curvesFigure({
      name: `expects-${k + 1}`,
      title: `What ${name} expects`,
      caption: `What each type expects to pay and to have, when all tell the truth.${same}`,
      axis,
      curves: money,
    }),
  ];
}

/** Which misreports and which refusals the proof weighs, agent by agent; none where it weighs neither, or too many. */
function proofFigures(problem: Problem, multipliers: Multipliers): Figure[] {
  const priced = pricedInequalities(problem, multipliers);
  if (!priced) return [];
  return problem.environment.agents.slice(0, MOST_AGENTS).flatMap(({ name, types }, i) => {
    const arcs = new Map<string, { from: number; to: number; sum: RationalSum }>();
    const kept = new Map<number, RationalSum>();
    for (const { requirement, place, weight } of priced) {
      if (place.agent !== i) continue;
      const type = place.type ?? problem.environment.profiles.typeOf(place.profile ?? 0, i);
      if (place.type === undefined && place.profile === undefined) continue;
      if (requirement.family === "incentive" && place.report !== undefined) {
        const key = `${type} ${place.report}`;
        const arc = arcs.get(key) ?? { from: type, to: place.report, sum: new RationalSum() };
        arc.sum.add(weight);
        arcs.set(key, arc);
      } else if (requirement.family === "participation") {
        const sum = kept.get(type) ?? new RationalSum();
        sum.add(weight);
        kept.set(type, sum);
      }
    }
    if (arcs.size + kept.size === 0) return [];
    const weighed = (sum: RationalSum) => {
      const { value, text } = shown(sum.value);
      return { weight: value, text: `weight ${text}` };
    };
    return [
      incentivesFigure({
        name: `incentives-${i + 1}`,
        title: `Which incentives of ${name} the proof weighs`,
        caption:
          "An arc goes from a type to what it would rather report; a dot stands below a type that would rather stay out. The stronger, the more the proof weighs it.",
        axis: typeAxis(name, types),
        arcs: [...arcs.values()].map(({ from, to, sum }) => ({ from, to, ...weighed(sum) })),
        participation: [...kept].map(([type, sum]) => ({ type, ...weighed(sum) })),
      }),
    ];
  });
}
