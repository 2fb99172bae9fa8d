import type { Command } from "commander";
import { findWindow } from "../comparison/window.js";
import { InputError, shown } from "../fault/input-error.js";
import type { Rational } from "../number/rational.js";
import { parseRational } from "../number/rational-text.js";
import { csvText } from "../report/csv.js";
import { windowCsv } from "../report/window-csv.js";
import { windowJson } from "../report/window-json.js";
import { windowDocument } from "../report/window-text.js";
import { faultIn } from "./file-fault.js";
import { loadInstance, poseFrom, withQuestionFlags } from "./instance-file.js";
import { withLimits } from "./limits.js";
import { printDocument } from "./output-flags.js";
import { print } from "./terminal.js";
import { watchedProgress, watchedSignal } from "./watched.js";
import { checkWritable, writeText } from "./writing.js";

interface WindowFlags {
  json?: boolean;
  csv?: string;
  parameter: string;
  along?: unknown;
  from: Rational;
  to: Rational;
  points?: number;
  within?: Rational;
  width?: Rational;
  continuum?: boolean;
  cells?: number;
}

/** `mechlp window INSTANCE --parameter cost --from 0 --to 2` */
export function addWindowCommand(program: Command): void {
  const command = withQuestionFlags(
    program
      .command("window")
      .summary("Where an answer changes along a parameter.")
      .description("Where an answer changes as a parameter moves: bisection, each value proved.")
      .argument("<instance>", "instance file of a family, - for standard input"),
  );
  withLimits(command, "with exit status 3 and what was answered by then")
    .requiredOption("-p, --parameter <path>", "what moves: cost, shares, buyer.to, grids[0].from")
    .option("--along <json>", 'what it is (default: q), such as \'["q","1-q"]\'', json)
    .requiredOption("--from <q>", "where q begins", number("--from"))
    .requiredOption("--to <q>", "where q ends", number("--to"))
    .option("--points <count>", "values of q to begin with (default: 11)", whole("--points"))
    .option("--within <w>", "how near to find changes (default: 1/10000 of the way)", number("--within"))
    .option("--continuum", "ask about the continuous types of grids")
    .option("--cells <count>", "with --continuum: cells of each agent's types", whole("--cells"))
    .option("--width <w>", "with --continuum: refine brackets to this", number("--width"))
    .option("--csv <file>", "also write every value that was asked")
    .option("--json", "print one JSON object")
    .action(async (path: string, flags: WindowFlags) => {
      if (flags.csv !== undefined) checkWritable(flags.csv, path);
      const instance = loadInstance(path);
      const { question } = poseFrom(path, instance, flags);
      const { parameter, along, from, to, points, within, width, continuum, cells } = flags;
      for (const [flag, value] of Object.entries({ "--cells": cells, "--width": width }))
        if (value !== undefined && !continuum)
          throw new InputError(flag, `${value} without --continuum`, "--continuum with it");
      const window = await findWindow(instance, question, {
        parameter,
        from,
        to,
        ...(along !== undefined && { along }),
        ...(points !== undefined && { points }),
        ...(within && { within }),
        ...(width && { width }),
        ...(continuum && { continuous: true }),
        ...(cells !== undefined && { cells }),
        progress: watchedProgress,
        signal: watchedSignal,
      }).catch((fault: unknown) => {
        throw faultIn(path, fault);
      });
      if (window.shortfall !== undefined) process.exitCode = EXIT_SHORT;
      if (flags.json) await print(`${JSON.stringify(windowJson(window, instance.name))}\n`);
      else await printDocument(windowDocument(window, instance.name), {});
      if (flags.csv !== undefined) await writeText(flags.csv, csvText(windowCsv(window)));
    });
}

/** As of other commands that a limit cut short. */
const EXIT_SHORT = 3;

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An expression needs no quotation marks around it.
    if (/^[\d\s.q()+*/-]+$/.test(text)) return text;
    throw new InputError(
      "--along",
      shown(text),
      'an expression in q, or JSON with some, such as ["q","1-q"]',
    );
  }
}

function number(flag: string): (text: string) => Rational {
  return (text) => {
    const value = parseRational(text);
    if (value) return value;
    throw new InputError(flag, shown(text), "a number such as 0.1 or 1/3");
  };
}

function whole(flag: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw new InputError(flag, shown(text), "a positive whole number");
  };
}
