import { type DesignContinuumOptions, designContinuumFor } from "../continuum/design-continuum.js";
import { type DesignOptions, designFor } from "../design.js";
import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import { InputError } from "../fault/input-error.js";
import { inFull, posed } from "../question/problem.js";
import type { AskedQuestion } from "../question/question.js";
import type { Subject } from "./ground.js";
import {
  type Cell,
  type CellAnswer,
  type Implications,
  QuestionTable,
  type TableEntry,
} from "./question-table.js";

/** What a table is about: types on a grid, or all types of intervals. */
export type TableSubject = Subject | { readonly everyType: ContinuousEnvironment };

/** What a table takes besides its subject; `cells` is of continuous types alone. */
export type TableOptions = Pick<DesignOptions, "progress" | "signal"> & Pick<DesignContinuumOptions, "cells">;

/** Beside its requirements a cell asks for the least outside money; allocation, ties and parameters are the question's. */
export function questionOf(cell: Cell, question: AskedQuestion): AskedQuestion {
  return { ...question, ...cell, objective: "min-subsidy" };
}

/** What is proved of a cell; for continuous types some are not covered. */
export async function cellAnswer(
  subject: TableSubject,
  question: AskedQuestion,
  cell: Cell,
  options: TableOptions = {},
): Promise<CellAnswer | { readonly notCovered: string }> {
  const asked = questionOf(cell, question);
  const { cells, ...limits } = options;
  if (!("everyType" in subject)) {
    const problem = posed(subject.environment, asked, subject.givenRule);
    return proved(await designFor(problem, limits));
  }
  try {
    const mesh = cells === undefined ? {} : { cells };
    return proved(await designContinuumFor(subject.everyType, asked, { ...limits, ...mesh }));
  } catch (fault) {
    if (fault instanceof InputError && fault.path === "") return { notCovered: fault.found };
    throw fault;
  }
}

function proved({ verdict, infeasible, lower, upper }: CellAnswer): CellAnswer {
  return { verdict, infeasible, lower, upper };
}

export function implicationsFor(subject: TableSubject, question: AskedQuestion): Implications {
  return {
    privateValues: "everyType" in subject || subject.environment.hasPrivateValues,
    surplusMayBeReturned: Object.keys(inFull(question).parameters ?? {}).length === 0,
  };
}

/**
 * The table of a model, each cell solved or implied by others. Throws InputError for a question that does not fit.
 */
export async function answeredTable(
  subject: TableSubject,
  question: AskedQuestion = {},
  options: TableOptions = {},
): Promise<readonly TableEntry[]> {
  const table = new QuestionTable(implicationsFor(subject, question));
  for (let cell = table.next(); cell; cell = table.next())
    table.record(cell, await cellAnswer(subject, question, cell, options));
  return table.entries;
}
