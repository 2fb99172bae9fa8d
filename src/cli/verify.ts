import type { Command } from "commander";
import { readAnswerHead, readAnswerText } from "../certificate/answer-file.js";
import { InputError } from "../fault/input-error.js";
import { verifyAnswerText } from "../kernel/verify.js";
import { posed } from "../question/problem.js";
import { explanationText } from "../report/explanation-text.js";
import { proofSum } from "../report/proof-sum.js";
import { questionText } from "../report/question-text.js";
import { verdictText } from "../report/verdict-text.js";
import { verificationJson } from "../report/verification-json.js";
import { inFile } from "./file-fault.js";
import { askedBy, instanceReader, withQuestionFlags } from "./instance-file.js";
import { UNDECIDED_END, withLimits } from "./limits.js";
import { readChunks, rereadableChunks, seenChunks } from "./reading.js";
import { print, terminalStyle } from "./terminal.js";
import { explainContinuum, isContinuumAnswer, verifyContinuum } from "./verify-continuum.js";
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
  const reader = instanceReader(path);
  const { seen: isContinuum, chunks } = inFile(answerPath, () =>
    seenChunks(readChunks(answerPath), isContinuumAnswer),
  );
  if (isContinuum) return verifyContinuum(reader.continuous(), answerPath, chunks, flags);
  const instance = reader.grid();
  const verification = inFile(answerPath, () =>
    verifyAnswerText(chunks, instance, askedBy(flags), watchedProgress),
  );
  const { bold, good, bad } = terminalStyle();
  if (!verification.verified) process.exitCode = 1;
  if (flags.json) {
    await print(`${JSON.stringify(verificationJson(verification))}\n`);
  } else if (verification.verified) {
    const { question, judgement } = verification;
    const { word, sentence } = verdictText(question, judgement);
    const lines = [...questionText(question), "", `${bold(good("verified"))}: ${word}: ${sentence}`];
    await print(`${lines.join("\n")}\n`);
  } else await print(`${bold(bad("refuted"))}: ${verification.fault}\n`);
}

/** `mechlp explain [INSTANCE] ANSWER`: exits with 1 when the instance refutes the answer. */
export function addExplainCommand(program: Command): void {
  program
    .command("explain")
    .usage("[options] [instance] <answer>")
    .summary("The proof in an answer file, in words and numbers.")
    .description(
      "The proof in an answer file, in words; with its numbers and their sum where the instance is given.",
    )
    .argument("<files...>", "answer file, as solve --proof writes it; before it, the instance file")
    .option("--all", "list every inequality")
    .action(explain);
}

async function explain(files: readonly string[], flags: { all?: boolean }): Promise<void> {
  if (files.length > 2)
    throw new InputError(
      "explain",
      `${files.length} files`,
      "an answer file, or an instance file and an answer file",
    );
  const path = files[files.length - 1];
  const reader = files.length === 2 ? instanceReader(files[0]) : undefined;
  const options = { most: flags.all ? undefined : MOST_LISTED, style: terminalStyle() };
  const chunks = rereadableChunks(path);
  const look = inFile(path, () => seenChunks(chunks(), isContinuumAnswer));
  if (look.seen) return explainContinuum(reader?.continuous(), path, look.chunks);
  const instance = reader?.grid();
  const { head, rows } = inFile(path, () => readAnswerHead(chunks()));
  if (!instance) {
    await print(explanationText(head, { ...options, rows }));
    return;
  }
  // Numbers are added up for a proof that is one.
  const verification = inFile(path, () => verifyAnswerText(chunks(), instance));
  if (!verification.verified) {
    process.exitCode = 1;
    await print(`${options.style.bold(options.style.bad("refuted"))}: ${verification.fault}\n`);
    return;
  }
  const { multipliers } = readAnswerText(chunks(), instance).proof();
  const problem = posed(instance.environment, head.question, instance.givenRule);
  const sum = multipliers && proofSum(problem, multipliers);
  await print(explanationText(head, { ...options, rows, sum: sum ?? "too long" }));
}
