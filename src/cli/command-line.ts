import { Command, CommanderError, type Option } from "commander";
import { briefLine, inert } from "../fault/inert-text.js";
import { InputError } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import { SolverUnavailable } from "../solver/solver.js";
import { version } from "../version.js";
import { withShortHelp } from "./help.js";
import { failWriting } from "./terminal.js";

/** Exit statuses besides 0: a fault in what the user gave, and no solver that could answer. */
const EXIT_INPUT = 2;
const EXIT_NO_SOLVER = 3;
/** A bug of ours. */
const EXIT_BUG = 70;

/** Longer complaints about arguments are cut. */
const LONGEST = 600;

type AddCommands = (program: Command) => void;

/** Each command's own file, loaded when the command is asked for: a short question shall not wait for all of them. */
const COMMANDS: readonly { readonly names: readonly string[]; readonly load: () => Promise<AddCommands> }[] =
  [
    { names: ["solve"], load: async () => (await import("./solve.js")).addSolveCommand },
    { names: ["check"], load: async () => (await import("./check.js")).addCheckCommand },
    {
      names: ["construct", "constructions"],
      load: async () => (await import("./construct.js")).addConstructCommands,
    },
    { names: ["compare"], load: async () => (await import("./compare.js")).addCompareCommand },
    { names: ["window"], load: async () => (await import("./window.js")).addWindowCommand },
    { names: ["sweep"], load: async () => (await import("./sweep.js")).addSweepCommand },
    { names: ["worker"], load: async () => (await import("./queue-worker.js")).addWorkerCommand },
    { names: ["table"], load: async () => (await import("./table.js")).addTableCommand },
    { names: ["reproduce"], load: async () => (await import("./reproduce.js")).addReproduceCommand },
    { names: ["verify"], load: async () => (await import("./verify.js")).addVerifyCommand },
    { names: ["explain"], load: async () => (await import("./verify.js")).addExplainCommand },
    { names: ["export"], load: async () => (await import("./export.js")).addExportCommand },
    { names: ["show"], load: async () => (await import("./show.js")).addShowCommand },
    { names: ["expand"], load: async () => (await import("./expand.js")).addExpandCommand },
    { names: ["new"], load: async () => (await import("./new.js")).addNewCommand },
    { names: ["catalogue"], load: async () => (await import("./catalogue.js")).addCatalogueCommand },
    { names: ["models"], load: async () => (await import("./models.js")).addModelsCommand },
    { names: ["schema"], load: async () => (await import("./schema.js")).addSchemaCommand },
    // The last: it is about all others, and is loaded with them.
    { names: [], load: async () => (await import("./complete.js")).addCompleteCommand },
  ];

/** Runs what the arguments of the process say, and sets its exit status. */
export async function runCommandLine(): Promise<void> {
  /** A reader that stops reading, such as `head`, is no error. */
  process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
    if (fault.code === "EPIPE") process.exit();
    failWriting(fault);
  });
  // Nobody is left to tell.
  process.stderr.on("error", () => {});
  await parse().catch(report);
}

async function parse(): Promise<void> {
  const program = new Command("mechlp")
    .description("Designs mechanisms by linear programming, with proofs in exact fractions.")
    .version(version)
    .exitOverride()
    // So that `--version` after a command is that command's own.
    .enablePositionalOptions()
    .showHelpAfterError("(mechlp help COMMAND shows what is accepted)")
    .configureOutput({
      outputError: (text, write) =>
        write(text.length > LONGEST ? `${briefLine(text, LONGEST)}\n` : inert(text)),
    });
  withShortHelp(program);
  const asked = COMMANDS.filter(({ names }) => names.includes(process.argv[2]));
  for (const { load } of asked.length > 0 ? asked : COMMANDS) (await load())(program);
  for (const command of program.commands) {
    command.exitOverride();
    for (const option of command.options) checkChoice(option);
  }
  await program.parseAsync();
}

/** What an option's choices do not have is a fault like all others, with what was probably meant. */
function checkChoice(option: Option): void {
  const { argChoices, long } = option;
  if (!argChoices || !long) return;
  option.argParser((given) => {
    if (argChoices.includes(given)) return given;
    throw unknownName(long, "choice", given, argChoices);
  });
}

function report(fault: unknown): void {
  if (fault instanceof CommanderError) {
    process.exitCode = fault.exitCode === 0 ? 0 : EXIT_INPUT;
  } else if (fault instanceof InputError) {
    process.stderr.write(`mechlp: ${fault.message}\n`);
    process.exitCode = EXIT_INPUT;
  } else if (fault instanceof SolverUnavailable) {
    process.stderr.write(`mechlp: ${fault.message}\n`);
    process.exitCode = EXIT_NO_SOLVER;
  } else {
    process.stderr.write(
      `mechlp: this is a bug in mechlp, not in your input\n${inert(String(fault instanceof Error ? fault.stack : fault))}\n`,
    );
    process.exitCode = EXIT_BUG;
  }
}
