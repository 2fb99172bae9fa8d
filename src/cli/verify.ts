import type { Command } from "commander";
import { readAnswerInWords } from "../proof/answer/answer-reader.js";
import { verifyAnswerText } from "../proof/verify.js";
import { explanationText } from "../report/explanation-text.js";
import { inFile, readChunks } from "./files.js";
import { loadInstance } from "./instance-file.js";
import { UNDECIDED_END, withLimits } from "./limits.js";
import { print, terminalStyle } from "./terminal.js";
import { report, watchedProgress } from "./watched.js";

/** Most inequalities that `explain` lists of a kind unless asked for all. */
const MOST_LISTED = 40;

/** Most of a kind that `explain` looks at: a proof that is a cycle of misreports is never so long. */
const MOST_KEPT = 10_000;

/** `mechlp verify INSTANCE ANSWER`: exits with 0 when verified, with 1 when refuted. */
export function addVerifyCommand(program: Command): void {
  withLimits(
    program
      .command("verify")
      .description("Check an answer file independently; exit with 1 when it does not prove what it claims.")
      .argument("<instance>", "instance file")
      .argument("<answer>", "answer file, as solve --proof writes it"),
    UNDECIDED_END,
  )
    .option("--json", "print one JSON object")
    .action(async (path: string, answerPath: string, flags: { json?: boolean }) => {
      const instance = loadInstance(path);
      const verification = inFile(answerPath, () =>
        verifyAnswerText(readChunks(answerPath), instance, watchedProgress),
      );
      report({ kind: "printing" });
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
      const answer = inFile(path, () =>
        readAnswerInWords(readChunks(path), flags.all ? undefined : MOST_KEPT),
      );
      await print(explanationText(answer, { most, style: terminalStyle() }));
    });
}
