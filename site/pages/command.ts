import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Picture, pictureOf } from "./picture.js";

/** A command as a reader would run it in a clone of the project, with what it is to read from standard input. */
export interface Command {
  readonly args: readonly string[];
  readonly input?: string;
}

/** What a command printed, and the pictures that it drew, by name. */
export interface Printed {
  readonly text: string;
  readonly pictures: ReadonlyMap<string, Picture>;
}

/** Into which folder pictures go, beside where the command runs. */
const PICTURES = "pictures";

/** Runs the built command line of the project, with `--svg`, in a folder that has the project's instances. Throws where it fails. */
export async function runCommand({ args, input }: Command, program: string, project = "."): Promise<Printed> {
  const folder = mkdtempSync(join(tmpdir(), "mechlp-site-"));
  try {
    symlinkSync(resolve(project, "instances"), join(folder, "instances"));
    const all = [resolve(project, program), ...args, "--svg", PICTURES];
    const text = await printed(all, folder, input);
    const names = readdirSync(join(folder, PICTURES)).sort();
    const pictures = names.map((name) => {
      const svg = readFileSync(join(folder, PICTURES, name), "utf8");
      return [name.replace(/\.svg$/, ""), pictureOf(svg)] as const;
    });
    return { text, pictures: new Map(pictures) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function printed(args: readonly string[], cwd: string, input = ""): Promise<string> {
  const { FORCE_COLOR: _, ...environment } = process.env;
  const child = spawn(process.execPath, args, { cwd, env: { ...environment, NO_COLOR: "1" } });
  let out = "";
  let fault = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    fault += text;
  });
  child.stdin.end(input);
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (status) => {
      if (status === 0) done(out);
      else fail(new Error(`mechlp ${args.slice(1).join(" ")} ended with ${status}: ${fault}`));
    });
  });
}

/** The line that a reader pastes, and below it what it prints. */
export function commandMarkdown({ args, input }: Command, text: string): string {
  const line = `npx mechlp ${[...args, "--svg", PICTURES].join(" ")}`;
  return [
    "```sh",
    input === undefined ? line : `echo '${input}' | ${line}`,
    "```",
    "",
    "```text",
    text.trimEnd(),
    "```",
  ].join("\n");
}
