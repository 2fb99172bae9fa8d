import type { Command } from "commander";
import type { ContinuousInstance } from "../instance/continuous-instance.js";
import { inFull } from "../question/problem.js";
import { continuousInstanceDocument, continuousInstanceJson } from "../report/continuous-instance-text.js";
import { shownInstanceJson } from "../report/instance-json.js";
import { shownInstanceText } from "../report/instance-text.js";
import type { ShownInstance } from "../report/shown-instance.js";
import { textDocument } from "../report/text-document.js";
import { instanceReader, poseFrom } from "./instance-file.js";
import { print, terminalScreen, terminalStyle } from "./terminal.js";

/** `mechlp show INSTANCE` */
export function addShowCommand(program: Command): void {
  program
    .command("show")
    .summary("What is in an instance, and what is efficient where.")
    .description(
      "What is in an instance: agents, types, values, prior, what is efficient where, and the question.",
    )
    .argument("<instance>", "instance file, - for standard input")
    .option("--all", "every type and profile, however many")
    .option("--json", "print one JSON object")
    .addHelpText("after", "\nExample:\n  mechlp show instances/lemons-trade.json")
    .action(async (path: string, { all = false, json }: { all?: boolean; json?: boolean }) => {
      const reader = instanceReader(path);
      if (reader.isOfIntervals()) return showIntervals(reader.continuous(), json);
      const instance = reader.grid();
      const { model, name, description, environment, givenRule, digest } = instance;
      const { question } = poseFrom(path, instance, {});
      const shown: ShownInstance = {
        name,
        description: description || environment.description,
        environment,
        givenRule,
        question,
        digest,
        ...(model && { family: { name: model.family.familyName, parameters: model.parameters } }),
      };
      if (json) return print(`${JSON.stringify(shownInstanceJson(shown, all))}\n`);
      const width = Math.max(40, process.stdout.columns ?? 80);
      return print(shownInstanceText(shown, { width, all }, terminalStyle()));
    });
}

function showIntervals(instance: ContinuousInstance, json: boolean | undefined): Promise<void> {
  const shown = { ...instance, question: inFull(instance.question) };
  if (json) return print(`${JSON.stringify(continuousInstanceJson(shown))}\n`);
  return print(textDocument(continuousInstanceDocument(shown), terminalScreen()));
}
