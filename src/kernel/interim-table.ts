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
export function interimRows({ groupOf }: Space, expectations: readonly Expectation[]): InterimTable {
  return (agent, type) => {
    const { values, payments } = expectations[groupOf[agent]];
    const payment = payments.at(type);
    return { payment, utility: values.at(type).subtract(payment) };
  };
}
