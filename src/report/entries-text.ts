import type { Rational } from "../number/rational.js";
import type { Question } from "../question/question.js";
import { WIDTH } from "./catalogue-text.js";
import { folded } from "./folded-text.js";
import { plain, type Style } from "./style.js";

/** What is shown of an instance's head. */
export interface CatalogueEntry {
  readonly name: string;
  /** What it shows, in a line. */
  readonly description: string;
  /** Where in the literature it is from. */
  readonly source?: string | undefined;
  readonly question?: Partial<Question> | undefined;
  /** The name of a family, or how else the environment is given. */
  readonly kind: string;
  /** What its question is answered with. */
  readonly expected?: {
    readonly verdict: string;
    readonly optimum?: Rational | undefined;
    readonly atLeast?: Rational | undefined;
    readonly atMost?: Rational | undefined;
  };
}

/** Instances, each with what it shows. */
export function entriesText(entries: readonly CatalogueEntry[], style: Style = plain): string {
  return [
    `${entries.length} instances. mechlp catalogue NAME: what one is, and how to solve it`,
    ...entries.flatMap((entry) => [style.bold(entry.name), ...folded(entry.description, WIDTH, "    ")]),
    "",
  ].join("\n");
}

/** One instance: what it shows, where it is from, what it asks and with what it is answered, and how to ask. */
export function entryText(entry: CatalogueEntry, style: Style = plain): string {
  const { name, description, source, question = {}, kind } = entry;
  const { parameters = {}, ...parts } = question;
  const asked = Object.entries({ ...parts, ...parameters }).map(([part, choice]) => `${part} ${choice}`);
  const answer = answerText(entry);
  return [
    style.bold(name),
    ...folded(description, WIDTH, "  "),
    ...(source ? folded(`Source: ${source}`, WIDTH, "  ").map(style.dim) : []),
    ...folded(`Environment: ${kind}`, WIDTH, "  "),
    ...folded(`Question: ${asked.join(", ") || "the default"}`, WIDTH, "  "),
    ...(answer ? folded(`Answer: ${answer}`, WIDTH, "  ") : []),
    "",
    `  mechlp solve catalogue:${name}${kind === "every type" ? " --continuum" : ""}`,
    "",
  ].join("\n");
}

/** The same as data; numbers are texts, which are exact. */
export function catalogueJson({
  name,
  description,
  source,
  question,
  kind,
  expected,
}: CatalogueEntry): object {
  return {
    name,
    description,
    source,
    environment: kind,
    question: question ?? {},
    ...(expected && {
      expected: {
        verdict: expected.verdict,
        ...(expected.optimum && { optimum: String(expected.optimum) }),
        ...(expected.atLeast && { atLeast: String(expected.atLeast) }),
        ...(expected.atMost && { atMost: String(expected.atMost) }),
      },
    }),
  };
}

function answerText({ expected }: CatalogueEntry): string | undefined {
  if (!expected) return undefined;
  const { verdict, optimum, atLeast, atMost } = expected;
  const bounds = [optimum, atLeast && `at least ${atLeast}`, atMost && `at most ${atMost}`];
  return [verdict, ...bounds.filter((bound) => bound !== undefined)].join(", ");
}
