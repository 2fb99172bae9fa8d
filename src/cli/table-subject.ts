import type { TableSubject } from "../comparison/answered-table.js";
import { parseContinuousInstance } from "../instance/continuous-instance.js";
import { parseInstance } from "../instance/instance.js";
import type { Question } from "../question/question.js";

/** What the table of an instance file is about, and what the file asks. Throws InputError. */
export function tableSubject(
  document: unknown,
  fallbackName: string,
  continuous: boolean,
): TableSubject & { readonly name: string; readonly question: Partial<Question> } {
  if (!continuous) return parseInstance(document, fallbackName);
  const { environment, name, question } = parseContinuousInstance(document, fallbackName);
  return { everyType: environment, name, question };
}
