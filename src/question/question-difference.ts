import { partsOf } from "./problem.js";
import { type AskedQuestion, choices, type Question } from "./question.js";
import { questionJson } from "./question-file.js";

/** The first respect in which an answer is to another question. */
export function questionDifference(question: Question, wanted: AskedQuestion): string | undefined {
  const told = new Map(Object.entries(questionJson(question)));
  const { parts, values } = partsOf(wanted);
  const asked = new Map(Object.entries({ ...parts, ...values }));
  if (asked.size === 0) return undefined;
  for (const part of new Set([...told.keys(), ...asked.keys()])) {
    const isChoice = part in choices;
    if (isChoice && !asked.has(part)) continue;
    const [found, sought] = [told.get(part), asked.get(part)].map((value) =>
      value === undefined || typeof value === "string" ? value : JSON.stringify(value),
    );
    if (found === sought) continue;
    const other = "the answer is to another question";
    if (found === undefined) return `${other}: it does not ask ${part}, which was to be ${sought}`;
    if (sought === undefined) return `${other}: it asks ${part} (${found}) as well`;
    return `${other}: ${part} is ${found}, not ${sought}`;
  }
  return undefined;
}
