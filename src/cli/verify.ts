import type { Command } from "commander";
import { readAnswerHead } from "../certificate/answer-file.js";
import { verifyAnswerText } from "../kernel/verify.js";
import { questionJson } from "../question/question-file.js";
import { explanationText } from "../report/explanation-text.js";
import { questionText } from "../report/question-text.js";
import { verdictText } from "../report/verdict-text.js";
import { inFile, readChunks } from "./files.js";
import { askedBy, loadInstance, withQuestionFlags } from "./instance-file.js";
import { UNDECIDED_END, withLimits } from "./limits.js";
import { print, terminalStyle } from "./terminal.js";
import { watchedProgress } from "./watched.js";

/** Most inequalities that `explain` lists of a kind unless asked for all. */
const MOST_LISTED = 40;

/** `mechlp verify INSTANCE ANSWER`: exits with 0 when verified, with 1 when refuted. */
export function addVerifyCommand(program: Command): void {
  withLimits(
    withQuestionFlags(
      program
        .command("verify")
        .summary("Check what an answer file claims, independently.")
        .description(
          "Check an answer file independently; exit with 1 when it does not prove what it claims, or answers another question than the flags ask.",
        )
        .argument("<instance>", "instance file, - for standard input")
        .argument("<answer>", "answer file, as solve --proof writes it"),
      () => "whatever the answer is to",
    ),
    UNDECIDED_END,
  )
    .option("--json", "print one JSON object")
    .action(verify);
}

async function verify(path: string, answerPath: string, flags: { json?: boolean }): Promise<void> {
  const instance = loadInstance(path);
  const verification = inFile(answerPath, () =>
    verifyAnswerText(readChunks(answerPath), instance, askedBy(flags), watchedProgress),
  );
  const { bold, good, bad } = terminalStyle();
  if (!verification.verified) process.exitCode = 1;
  if (flags.json) {
    const { verified } = verification;
    await print(
      `${JSON.stringify(verified ? { verified, question: questionJson(verification.question) } : { verified, fault: verification.fault })}\n`,
    );
  } else if (verification.verified) {
    const { question, judgement } = verification;
    const { word, sentence } = verdictText(question, judgement);
    const lines = [...questionText(question), "", `${bold(good("verified"))}: ${word}: ${sentence}`];
    await print(`${lines.join("\n")}\n`);
  } else await print(`${bold(bad("refuted"))}: ${verification.fault}\n`);
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
      const { head, rows } = inFile(path, () => readAnswerHead(readChunks(path)));
      await print(explanationText(head, { most, rows, style: terminalStyle() }));
    });
}
