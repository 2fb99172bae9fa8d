import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import type { Rational } from "../number/rational.js";
import { Rules } from "../space/choices.js";
import { Space } from "../space/space.js";
import { type Expectation, InterimSums } from "./interim.js";
import { Quantities } from "./quantities.js";

/** What a type expects when all tell the truth. */
export interface InterimRow {
  readonly payment: Rational;
  readonly utility: Rational;
  /** What it expects without the mechanism. */
  readonly outsideOption: Rational;
  /** By class of outcomes that are all worth the same to the agent (`outcomeClasses`): how likely one of them is chosen. */
  readonly chances: readonly Rational[];
}

/** Of every type of every agent. */
export type InterimTable = (agent: number, type: number) => InterimRow;

/** Expected payment and utility of every type of every agent, for one look at every profile or orbit. */
export function interimTable(mechanism: StructuredMechanism): InterimTable {
  const space = new Space(mechanism.environment, mechanism.alike);
  const quantities = new Quantities(space, mechanism, new Rules(space, mechanism.given));
  const sums = new InterimSums(space, quantities, mechanism);
  space.rows((row) => {
    quantities.fill(row);
    sums.add(row);
  });
  return interimRows(space, sums.expectations());
}

/** By group of agents as types of one of them. */
export function interimRows(space: Space, expectations: readonly Expectation[]): InterimTable {
  const { groupOf, groups } = space;
  const classesOf = Array.from(groupOf, (_, agent) => ownClasses(space, agent));
  return (agent, type) => {
    const g = groupOf[agent];
    const { values, payments, outside, chances } = expectations[g];
    const payment = payments.at(type);
    return {
      payment,
      utility: values.at(type).subtract(payment),
      outsideOption: outside.at(type),
      chances: classesOf[agent].map(([place]) => chances.at(type * groups[g].classes + place)),
    };
  };
}

/** Outcomes that are worth the same to every type of the agent, class by class; each by itself where values are not private. */
export function outcomeClasses(
  mechanism: StructuredMechanism,
  agent: number,
): readonly (readonly number[])[] {
  const space = new Space(mechanism.environment, mechanism.alike);
  return ownClasses(space, agent).map(([, outcomes]) => outcomes);
}

/** The classes into which an agent's outcomes fall, by their place among those of its group, in the order of their first outcomes. */
function ownClasses({ classOf }: Space, agent: number): [place: number, outcomes: number[]][] {
  const found = new Map<number, number[]>();
  classOf[agent].forEach((place, x) => {
    const outcomes = found.get(place);
    if (outcomes) outcomes.push(x);
    else found.set(place, [x]);
  });
  return [...found];
}
