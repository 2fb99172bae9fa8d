import { type Command, Option } from "commander";
import { answerFileText } from "../certificate/answer-file.js";
import { designFor } from "../design.js";
import type { FormulationName } from "../formulation/formulation.js";
import { planOf, plansFor } from "../formulation/plan.js";
import { mechanismFileText } from "../mechanism/mechanism-file.js";
import { designJson } from "../report/design-json.js";
import { briefDesign, designDocument } from "../report/design-text.js";
import { designFigures } from "../report/figures.js";
import { designCsv } from "../report/report-csv.js";
import { type SolverName, solverByName, solverNames } from "../solver/registry.js";
import { faultIn } from "./file-fault.js";
import { loadInstance, poseFrom, withQuestionFlags } from "./instance-file.js";
import { knownSoFar } from "./known-so-far.js";
import { hasManyPayments, printWithMechanism } from "./large-output.js";
import { type LimitFlags, withLimits } from "./limits.js";
import {
  checkOutput,
  type OutputFlags,
  printDocument,
  printNote,
  withExtentFlags,
  writeCsv,
  writeFigures,
} from "./output-flags.js";
import { planText } from "./plan-text.js";
import { type ContinuumFlags, checkNoMesh, solveContinuum, withContinuumFlags } from "./solve-continuum.js";
import { outputName } from "./standard-streams.js";
import { print, terminalScreen } from "./terminal.js";
import { claimAnswer, report, watchedProgress, watchedSignal } from "./watched.js";
import { checkDistinct, checkWritable, standBy } from "./writing.js";
import { WrittenFiles } from "./written-files.js";

interface SolveFlags extends LimitFlags, OutputFlags, ContinuumFlags {
  solver: SolverName;
  out?: string;
  proof?: string;
  exitCode?: boolean;
  formulation?: FormulationName;
  plan?: boolean;
}

/** `mechlp solve INSTANCE` */
export function addSolveCommand(program: Command): void {
  const command = withQuestionFlags(
    program
      .command("solve")
      .summary("Is there such a mechanism, or what would it cost?")
      .description("Is there such a mechanism? If so, one; if not, what it would cost.")
      .argument("<instance>", "instance file, - for standard input"),
  );
  withLimits(withContinuumFlags(withExtentFlags(command)), "with the interval known by then")
    .addOption(
      new Option("--solver <name>", "floating-point solver that proposes")
        .choices(solverNames)
        .default("highs"),
    )
    .option("--out <file>", "write the mechanism")
    .option("--proof <file>", "write the answer with its proof, for verify and explain")
    .option("--json", "print JSON, with the mechanism unless --out takes it")
    .addOption(new Option("--brief", "five lines").conflicts("json"))
    .option("--formulation <name>", "pose the problem in this way (default: the smallest that applies)")
    .option("--plan", "print the formulations that apply, with sizes and theorems, and stop")
    .option("--all-payments", "write out more than a million payments as well")
    .option("--exit-code", "exit with 1 when the answer is: impossible")
    .action(solve);
}

async function solve(path: string, flags: SolveFlags): Promise<void> {
  if (flags.continuum) return solveContinuum(path, flags);
  checkNoMesh(flags);
  for (const file of [flags.out, flags.proof]) if (file) checkWritable(file, path);
  if (flags.out && flags.proof) checkDistinct("--proof", flags.proof, flags.out);
  const started = performance.now();
  const instance = loadInstance(path);
  const problem = poseFrom(path, instance, flags);
  const parseMs = performance.now() - started;
  const { environment } = problem;
  checkOutput(flags, environment, [path, flags.out, flags.proof]);
  const plans = plansFor(problem, flags.formulation);
  if (flags.plan) {
    await print(planText(planOf(problem), plans[0].name, terminalScreen().width));
    return;
  }
  const design = await designFor(problem, {
    solver: solverByName(flags.solver),
    timeLimit: flags.timeLimit,
    formulation: flags.formulation,
    progress: watchedProgress,
    signal: watchedSignal,
    onKnown(known) {
      // What is known beforehand proves nothing that needs a file. The file comes first: it may prove more than is said, never less.
      if (flags.proof && (known.mechanism ?? known.multipliers)) {
        standBy(flags.proof, answerFileText({ problem, ...known }, instance));
      }
      report({ kind: "known", known: knownSoFar(problem.question, known) });
    },
  }).catch((fault: unknown) => {
    throw faultIn(path, fault);
  });
  report({ kind: "known", known: knownSoFar(problem.question, design) });
  // No limit is to take away what was found.
  claimAnswer();
  const files = new WrittenFiles();
  if (flags.proof) await files.write("--proof", flags.proof, answerFileText(design, instance));
  if (flags.out && design.mechanism) {
    const how = hasManyPayments(environment) && !flags.allPayments ? "parts" : "profiles";
    await files.write("--out", flags.out, mechanismFileText(environment, design.mechanism, instance, how));
  }
  watchedProgress.stage("describing the mechanism");
  if (flags.json) {
    const { timing, ...rest } = designJson(design, instance.name);
    const json = { ...rest, timing: { parseMs, ...timing } };
    if (flags.out || !design.mechanism) await print(`${JSON.stringify(json)}\n`);
    else {
      const how = hasManyPayments(environment) && !flags.allPayments ? "parts" : "profiles";
      await printWithMechanism(json, environment, design.mechanism, instance, how);
    }
  } else {
    const document = flags.brief
      ? briefDesign(design, instance.name)
      : designDocument(design, instance.name, flags);
    await printDocument(document, flags);
    if (flags.out && !flags.brief && (files.has("--out") || !design.mechanism)) {
      const out = outputName(flags.out);
      const note = design.mechanism
        ? `mechanism written to ${out}`
        : `no mechanism, so ${out} is not written`;
      await printNote(`${note}\n`, flags);
    }
  }
  await writeFigures(
    flags,
    () => designDocument(design, instance.name, flags),
    () => designFigures(design),
  );
  await writeCsv(flags, environment, (byProfile) => designCsv(design, byProfile));
  if (flags.exitCode && design.verdict === "impossible") process.exitCode = 1;
  if (design.verdict === "undecided" && design.solver?.termination === "failed") process.exitCode = 3;
  files.check();
}
