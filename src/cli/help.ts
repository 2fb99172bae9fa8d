import { Command, type Help, type Option } from "commander";
import { topics, topicText } from "./help-topics.js";

const WIDTH = 80;

/** For each command a line that works as it stands, where the project's instances are. */
const EXAMPLES: Readonly<Record<string, string>> = {
  mechlp: "mechlp solve instances/bilateral-trade-uniform-10.json",
  solve: "mechlp solve instances/bilateral-trade-uniform-10.json --ir ex-post",
  check:
    "mechlp construct agv instances/partnership-equal-12.json --out - |\n    mechlp check instances/partnership-equal-12.json -",
  construct:
    "mechlp construct posted-price instances/bilateral-trade-uniform-10.json \\\n    --option price=1/2",
  constructions: "mechlp constructions ir-vcg",
  compare: "mechlp compare instances/bilateral-trade-uniform-10.json vcg agv --continuum",
  window: "mechlp window instances/public-good-three-5.json -p cost --from 0 --to 3",
  sweep: "mechlp sweep docs/studies/random-priors.json --dry-run",
  worker: "mechlp worker --queue redis://localhost:6379",
  table: "mechlp table instances/bilateral-trade-endpoint-5.json",
  reproduce: "mechlp reproduce LN-53",
  verify:
    "mechlp solve instances/pool-and-bridge.json --proof - |\n    mechlp verify instances/pool-and-bridge.json -",
  explain:
    "mechlp solve instances/rule-with-a-cycle.json --proof - |\n    mechlp explain instances/rule-with-a-cycle.json -",
  export: "mechlp export instances/bilateral-trade-endpoint-5.json --format mps",
  show: "mechlp show instances/pool-and-bridge.json",
  expand: "mechlp expand instances/bilateral-trade-endpoint-5.json --out written-out.json",
  new: "mechlp new bilateral-trade | mechlp solve -",
  catalogue: "mechlp catalogue pricing/menu",
  models: "mechlp models partnership",
  schema: "mechlp schema --out .",
  complete: "mechlp complete bash",
};

/** Commands that are two ways to one thing, which the list of commands has on one line. */
const TOGETHER: readonly { readonly names: readonly string[]; readonly summary: string }[] = [
  {
    names: ["construct", "constructions"],
    summary: "The literature's mechanisms: build one; the list.",
  },
  { names: ["window", "table"], summary: "Where an answer changes; every set of requirements." },
  { names: ["sweep", "worker"], summary: "Thousands of questions, on cores and machines." },
  { names: ["verify", "explain"], summary: "Check an answer file; its proof in words." },
  { names: ["export", "expand"], summary: "Write out the linear program; the instance." },
  { names: ["catalogue", "models"], summary: "Instances of the literature; parametric families." },
  { names: ["schema", "complete"], summary: "JSON Schemas, for editors; completion, for shells." },
];

/** Help that fits a screen of 80 columns: flags that commands share are named, and explained by `mechlp help TOPIC`. */
export function withShortHelp(program: Command): Command {
  program.configureHelp({ formatHelp });
  for (const topic of topics) {
    const command = new Command(topic.name).configureHelp({
      helpWidth: WIDTH,
      formatHelp: (_, helper) => topicText(topic, helper, WIDTH),
    });
    program.addCommand(
      command.action(() => command.outputHelp()),
      { hidden: true },
    );
  }
  return program;
}

function formatHelp(command: Command, helper: Help): string {
  helper.helpWidth = WIDTH;
  const isProgram = command.parent === null;
  const usage = `Usage: ${helper.commandUsage(command)}`;
  const description = helper.boxWrap(helper.commandDescription(command), WIDTH);
  const blocks = [
    // All commands fit a screen only where the program's own lines take little room.
    ...(isProgram ? [[usage, description]] : [[usage], [description]]),
    ...(isProgram ? [commandItems(command, helper), topicItems(helper)] : commandBlocks(command, helper)),
    exampleLines(command.name()),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function commandBlocks(command: Command, helper: Help): string[][] {
  const options = helper.visibleOptions(command);
  const shared = topics
    .map((topic) => ({ topic, flags: options.filter(topic.has) }))
    .filter(({ flags }) => flags.length > 1);
  const own = options.filter((option) => !shared.some(({ flags }) => flags.includes(option)));
  const named = command.registeredArguments;
  const terms = [
    ...named.map((argument) => argument.name()),
    ...own.map((option) => helper.optionTerm(option)),
  ];
  const width = Math.max(...terms.map((term) => term.length));
  const item = (term: string, description: string) => helper.formatItem(term, width, description, helper);
  return [
    named.map((argument) => item(argument.name(), argument.description)),
    shared.flatMap(({ topic, flags }) => {
      const lines = helper.boxWrap(flags.map(({ long }) => long).join(" "), WIDTH - 2);
      return [`${topic.heading} (mechlp help ${topic.name}):`, `  ${lines.replaceAll("\n", "\n  ")}`];
    }),
    own.map((option) => item(helper.optionTerm(option), described(option))),
  ];
}

/** What an option is for, with its choices and its default. */
function described({ description, argChoices, defaultValue }: Option): string {
  const choices = argChoices ? `: ${argChoices.join(" | ")}` : "";
  const preset = typeof defaultValue === "string" || typeof defaultValue === "number";
  return `${description}${choices}${preset ? ` (default ${defaultValue})` : ""}`;
}

function commandItems(program: Command, helper: Help): string[] {
  const commands = helper.visibleCommands(program).filter((command) => command.name() !== "help");
  const lines = commands.flatMap((command): [term: string, summary: string][] => {
    const pair = TOGETHER.find(({ names }) => names.includes(command.name()));
    if (!pair) return [[command.name(), helper.subcommandDescription(command)]];
    return pair.names[0] === command.name() ? [[pair.names.join(", "), pair.summary]] : [];
  });
  const width = Math.max(...lines.map(([term]) => term.length));
  return lines.map(([term, summary]) => helper.formatItem(term, width, summary, helper));
}

function topicItems(helper: Help): string[] {
  const names = topics.map(({ name }) => name);
  const text = `mechlp help COMMAND, or ${names.join(" | ")}. The file - is standard input or output.`;
  return [helper.boxWrap(text, WIDTH)];
}

function exampleLines(name: string): string[] {
  const example = EXAMPLES[name];
  return example === undefined ? [] : ["Example:", `  ${example}`];
}
