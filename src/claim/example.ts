import { groundFor } from "../comparison/ground.js";
import type { Ground } from "../construction/construction.js";
import type { Environment } from "../environment/environment.js";
import { type Instance, type InstanceData, instanceFromData } from "../instance/instance.js";
import type { FamilyParameters } from "../instance-data.js";
import type { AskedQuestion, Question } from "../question/question.js";

/** An instance that claims are tested on, as data, so that a reader can run the same. */
export class Example {
  readonly instance: Instance;

  /** Throws InputError for data that make no instance. */
  constructor(readonly data: InstanceData) {
    this.instance = instanceFromData(data);
  }

  get environment(): Environment {
    return this.instance.environment;
  }

  /** What constructions work on: the efficient rule. */
  ground(ties: Question["ties"] = "first"): Ground {
    return groundFor(this.instance, { allocation: "efficient", ties });
  }

  /** A line for a shell: `command` is what follows `mechlp`, with `-` for the instance, which asks the question by itself. */
  run(command: string, question?: AskedQuestion): string {
    const data = { ...this.data, ...(question && { question }) };
    return `echo '${JSON.stringify(data).replaceAll("'", "\\u0027")}' | npx mechlp ${command}`;
  }
}

/** An instance of a family. */
export function example<Name extends keyof FamilyParameters>(
  model: Name,
  parameters: FamilyParameters[Name],
): Example {
  return new Example({ model, parameters } as InstanceData);
}
