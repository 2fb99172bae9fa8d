import { Rational } from "../number/rational.js";
import type { LinearProgram } from "./linear-program.js";

/**
 * A program as JSON with every number an exact fraction in text, in pieces of one line each: write them one after
 * the other. `{ name, offset, columns: [{ name, cost, lower, upper }], rows: [{ name, lower, upper, entries }] }`,
 * where entries are `[column, coefficient]` pairs and an absent bound is infinite. The objective is minimised.
 */
export function* jsonText(program: LinearProgram): Generator<string> {
  const { name, offset } = program;
  yield `{"name":${JSON.stringify(name)},"sense":"minimise","offset":${JSON.stringify(offset)},"columns":[\n`;
  for (let j = 0; j < program.columnCount; j++) {
    const column = {
      name: program.columnName(j),
      cost: program.cost[j],
      lower: program.columnLower[j],
      upper: program.columnUpper[j],
    };
    yield JSON.stringify(column) + (j + 1 < program.columnCount ? ",\n" : "\n");
  }
  yield '],"rows":[\n';
  for (let i = 0; i < program.rowCount; i++) {
    const entries: [number, Rational][] = [];
    for (let k = program.rowStart[i]; k < program.rowStart[i + 1]; k++) {
      entries.push([program.column[k], Rational.of(program.numerator[k], program.rowDenominator[i])]);
    }
    const row = { name: program.rowName(i), lower: program.rowLower[i], upper: program.rowUpper[i], entries };
    yield JSON.stringify(row) + (i + 1 < program.rowCount ? ",\n" : "\n");
  }
  yield "]}\n";
}
