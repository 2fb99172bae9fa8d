import type { Command } from "commander";
import { parseExactJson } from "../instance/exact-json.js";
import { readAnswerFile } from "../proof/answer-file.js";
import { verifyAnswer } from "../proof/verify.js";
import { explanationText } from "../report/explanation-text.js";
import { inFile, readText } from "./files.js";
import { loadInstance } from "./instance-file.js";
import { print, terminalStyle } from "./terminal.js";

/** Most inequalities that `explain` lists of a kind unless asked for all. */
const MOST_LISTED = 40;

/** `mechlp verify INSTANCE ANSWER`: exits with 0 when verified, with 1 when refuted. */
export function addVerifyCommand(program: Command): void {
  program
    .command("verify")
    .description("Check an answer file independently; exit with 1 when it does not prove what it claims.")
    .argument("<instance>", "instance file")
    .argument("<answer>", "answer file, as solve --proof writes it")
    .option("--json", "print one JSON object")
    .action(async (path: string, answerPath: string, flags: { json?: boolean }) => {
      const instance = loadInstance(path);
      const verification = verifyAnswer(readAnswer(answerPath), instance);
      const { bold, good, bad } = terminalStyle();
      if (!verification.verified) process.exitCode = 1;
      if (flags.json) {
        const { verified } = verification;
        await print(`${JSON.stringify(verified ? { verified } : { verified, fault: verification.fault })}\n`);
      } else if (verification.verified) {
        const { verdict, optimum } = verification.judgement;
        await print(`${bold(good("verified"))}: ${verdict}${optimum ? `, optimum ${optimum}` : ""}\n`);
      } else await print(`${bold(bad("refuted"))}: ${verification.fault}\n`);
    });
}

/** `mechlp explain ANSWER` */
export function addExplainCommand(program: Command): void {
  program
    .command("explain")
    .description("The proof in an answer file, in words.")
    .argument("<answer>", "answer file, as solve --proof writes it")
    .option("--all", "list every inequality")
    .action(async (path: string, flags: { all?: boolean }) => {
      const most = flags.all ? undefined : MOST_LISTED;
      await print(explanationText(readAnswer(path), { most, style: terminalStyle() }));
    });
}

function readAnswer(path: string) {
  const text = readText(path);
  return inFile(path, () => readAnswerFile(parseExactJson(text, "")));
}
