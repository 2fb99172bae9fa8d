import { type Command, Option } from "commander";
import { continuumAnswerData, continuumAnswerText } from "../continuum/answer-file.js";
import { designContinuumFor } from "../continuum/design-continuum.js";
import { methodOf } from "../continuum/methods.js";
import { designFor } from "../design.js";
import { InputError } from "../fault/input-error.js";
import type { ContinuousInstance } from "../instance/continuous-instance.js";
import type { Rational } from "../number/rational.js";
import { parseRational } from "../number/rational-text.js";
import { posed } from "../question/problem.js";
import type { Question } from "../question/question.js";
import { continuumCsv } from "../report/continuum-csv.js";
import { continuumFigures } from "../report/continuum-figures.js";
import { continuumJson } from "../report/continuum-json.js";
import {
  briefContinuum,
  continuumDocument,
  type GridAnswer,
  type ShownContinuumAnswer,
} from "../report/continuum-text.js";
import { faultIn } from "./file-fault.js";
import { askedBy, askedIn, inFlag, loadContinuousInstance } from "./instance-file.js";
import { knownSoFar } from "./known-so-far.js";
import { checkFiles, type OutputFlags, printDocument, writeCsvTables, writeFigures } from "./output-flags.js";
import { print } from "./terminal.js";
import { report, watchedProgress, watchedSignal } from "./watched.js";
import { checkWritable, standBy, writeText } from "./writing.js";

export interface ContinuumFlags extends OutputFlags {
  readonly continuum?: boolean;
  readonly cells?: number;
  readonly width?: Rational;
  readonly proof?: string;
  readonly exitCode?: boolean;
}

/** Flags of `solve` that are about grids alone. */
const OF_GRIDS = [
  ...["out", "formulation", "plan", "solver", "draw"],
  ...["allTypes", "allProfiles", "allPayments", "fractions"],
];

/** Adds the flags by which `solve` answers for continuous types. */
export function withContinuumFlags(command: Command): Command {
  return command
    .addOption(new Option("--continuum", "answer for all types that the grid stands for").conflicts(OF_GRIDS))
    .option("--cells <number>", "cells of each agent's types to begin with", wholeNumber)
    .option("--width <number>", "refine until the bracket is at most so wide", positiveNumber);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 1000) return value;
  throw new InputError("--cells", `"${text}"`, "a whole number from 1 to 1000");
}

function positiveNumber(text: string): Rational {
  const value = parseRational(text);
  if (value && value.sign > 0) return value;
  throw new InputError("--width", `"${text}"`, "a positive number, such as 1e-3 or 1/1000");
}

/** Throws InputError for flags that say nothing without `--continuum`. */
export function checkNoMesh({ cells, width }: ContinuumFlags): void {
  const flag = cells !== undefined ? "--cells" : width ? "--width" : undefined;
  if (flag) throw new InputError(flag, "a mesh without --continuum", "--continuum beside it");
}

/** `mechlp solve INSTANCE --continuum` */
export async function solveContinuum(path: string, flags: ContinuumFlags): Promise<void> {
  if (flags.proof) checkWritable(flags.proof, path);
  checkFiles(flags, [path, flags.proof]);
  const instance = loadContinuousInstance(path);
  const { environment, name } = instance;
  const asked = askedIn(instance.question, flags);
  const answer = await designContinuumFor(environment, asked, {
    ...(flags.cells !== undefined && { cells: flags.cells }),
    ...(flags.width && { width: flags.width }),
    progress: watchedProgress,
    signal: watchedSignal,
    onKnown(known) {
      if (flags.proof && known.certificate)
        standBy(flags.proof, [continuumAnswerText(continuumAnswerData(known, instance))]);
      report({ kind: "known", known: knownSoFar(known.question, known) });
    },
  }).catch((fault: unknown) => {
    throw inFlag(fault, askedBy(flags)) ?? faultIn(path, fault);
  });
  if (flags.proof) {
    watchedProgress.stage(`writing ${flags.proof}`);
    await writeText(flags.proof, [continuumAnswerText(continuumAnswerData(answer, instance))]);
  }
  watchedProgress.stage("asking the same of the grid");
  const { certificate, question } = answer;
  const shown: ShownContinuumAnswer = {
    name,
    answer,
    theorems: (certificate && methodOf(certificate.kind)?.theorems(environment, question)) ?? [],
    grid: await gridAnswer(instance, question),
  };
  if (flags.json) await print(`${JSON.stringify(continuumJson(shown))}\n`);
  else await printDocument(flags.brief ? briefContinuum(shown) : continuumDocument(shown), flags);
  await writeFigures(
    flags,
    () => continuumDocument(shown),
    () => continuumFigures(answer),
  );
  if (flags.csv !== undefined) await writeCsvTables(flags, flags.csv, continuumCsv(shown));
  if (flags.exitCode && answer.verdict === "impossible") process.exitCode = 1;
}

/** Larger grids are not asked besides: that would be work that nobody asked for. */
const MOST_PROFILES = 10_000;
/** Seconds that the grid's own answer may take. */
const MOST_SECONDS = 5;

/** What the grid that stands for the types says; undefined where there is none, or it is large, or the work is to end. */
async function gridAnswer({ grid }: ContinuousInstance, question: Question): Promise<GridAnswer | undefined> {
  if (!grid || grid.environment.profiles.count > MOST_PROFILES || watchedSignal.aborted) return undefined;
  const { environment, givenRule } = grid;
  try {
    const problem = posed(environment, question, givenRule);
    const options = { timeLimit: MOST_SECONDS, signal: watchedSignal };
    return { environment, judgement: await designFor(problem, options) };
  } catch (fault) {
    // Too large for every formulation: the answer stands without it.
    if (fault instanceof InputError) return undefined;
    throw fault;
  }
}
