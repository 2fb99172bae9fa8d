import { InputError } from "../fault/input-error.js";
import { outputName } from "./standard-streams.js";
import { report, watchedProgress } from "./watched.js";
import { writeText } from "./writing.js";

/**
 * The files that a command's flags ask for. One that cannot be written in the end, as on a disk that has become full, is told when
 * everything else is said: what was found is not to be lost with it.
 */
export class WrittenFiles {
  private readonly written = new Set<string>();
  private fault: InputError | undefined;

  async write(flag: string, path: string, pieces: Iterable<string>): Promise<void> {
    watchedProgress.stage(`writing ${outputName(path)}`);
    try {
      await writeText(path, pieces);
      this.written.add(flag);
      report({ kind: "written", flag });
    } catch (fault) {
      if (!(fault instanceof InputError)) throw fault;
      this.fault ??= fault;
    }
  }

  has(flag: string): boolean {
    return this.written.has(flag);
  }

  /** Throws the InputError of the first file that could not be written. */
  check(): void {
    if (this.fault) throw this.fault;
  }
}
