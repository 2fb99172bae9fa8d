import { type Command, Option } from "commander";
import { findWindow } from "../comparison/window.js";
import { InputError, shown } from "../fault/input-error.js";
import type { Rational } from "../number/rational.js";
import { parseRational } from "../number/rational-text.js";
import { formats } from "../report/markup-document.js";
import { windowJson } from "../report/window-json.js";
import { windowDocument } from "../report/window-text.js";
import { faultIn } from "./files.js";
import { loadInstance, poseFrom, withQuestionFlags } from "./instance-file.js";
import { withLimits } from "./limits.js";
import { type OutputFlags, printDocument } from "./output-flags.js";
import { print } from "./terminal.js";
import { watchedProgress, watchedSignal } from "./watched.js";

interface WindowFlags extends OutputFlags {
  parameter: string;
  along?: unknown;
  from: Rational;
  to: Rational;
  points?: number;
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
      .description(
        "Where an answer changes from impossible to possible as a family's parameter moves with q: a scan, then bisection between values of q with different answers, each proved.",
      )
      .argument("<instance>", "instance file of a family, - for standard input"),
  );
  withLimits(command, "with what is proved by then")
    .requiredOption("--parameter <path>", "what moves: cost, shares, buyer.to, grids[0].from")
    .option("--along <json>", 'what it is (default: q itself), such as \'["q","1-q"]\'', json)
    .requiredOption("--from <q>", "where q begins", number("--from"))
    .requiredOption("--to <q>", "where q ends", number("--to"))
    .option("--points <count>", "values of q to begin with (default: 11)", whole("--points"))
    .option("--width <w>", "bisect to this (default: 1/10000 of the way)", number("--width"))
    .option("--continuum", "ask about continuous types, not grids")
    .option("--cells <count>", "with --continuum: cells of each agent's types", whole("--cells"))
    .addOption(
      new Option("--format <format>", "of the report (default: text)").choices(formats).conflicts("json"),
    )
    .option("--json", "print one JSON object")
    .action(async (path: string, flags: WindowFlags) => {
      const instance = loadInstance(path);
      const { question } = poseFrom(path, instance, flags);
      const { parameter, along, from, to, points, width, continuum, cells } = flags;
      if (cells !== undefined && !continuum)
        throw new InputError("--cells", `${cells} without --continuum`, "--continuum with it");
      const window = await findWindow(instance, question, {
        parameter,
        from,
        to,
        ...(along !== undefined && { along }),
        ...(points !== undefined && { points }),
        ...(width && { width }),
        ...(continuum && { continuous: true }),
        ...(cells !== undefined && { cells }),
        progress: watchedProgress,
        signal: watchedSignal,
      }).catch((fault: unknown) => {
        throw faultIn(path, fault);
      });
      if (flags.json) await print(`${JSON.stringify(windowJson(window, instance.name))}\n`);
      else await printDocument(windowDocument(window, instance.name), flags);
    });
}

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
