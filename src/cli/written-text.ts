import { printNote } from "./output-flags.js";
import { report } from "./watched.js";
import { writeText } from "./writing.js";

/** Writes what a flag asks for, and says so where that does not disturb what is printed. */
export async function writtenText(
  path: string,
  flag: string,
  text: string,
  flags: { readonly json?: boolean },
): Promise<void> {
  await writeText(path, [text]);
  report({ kind: "written", flag });
  await printNote(`written to ${path}\n`, flags);
}
