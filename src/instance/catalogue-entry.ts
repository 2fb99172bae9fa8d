import * as z from "zod";
import { parsedBy } from "../fault/parsed-by.js";
import { questionSchema } from "../question/question-file.js";
import { isOfIntervals } from "./instance.js";
import { heading } from "./instance-schema.js";

const headSchema = z.looseObject({
  ...heading,
  question: questionSchema.optional(),
  model: z.string().optional(),
});

/** What an instance's head says, without its environment, which may take long to build. */
export type CatalogueEntry = Pick<z.infer<typeof headSchema>, "source" | "expected" | "question"> & {
  readonly name: string;
  /** What it shows, in a line. */
  readonly description: string;
  /** The name of a family, or how else the environment is given. */
  readonly kind: string;
};

/** Reads the head of an instance. Throws InputError with the path of what is at fault in it. */
export function catalogueEntry(document: unknown, name: string): CatalogueEntry {
  const { description = "", source, expected, question, model } = parsedBy(headSchema, document);
  const kind = model ?? (isOfIntervals(document) ? "every type" : "written out");
  return { name, description, source, expected, question, kind };
}

/** Whether every one of the words is found somewhere in what an entry says, in any case. */
export function mentions(entry: CatalogueEntry, words: readonly string[]): boolean {
  const { name, description, source = "", kind, expected, question } = entry;
  const text = [name, description, source, kind, expected?.verdict, JSON.stringify(question ?? {})].join(
    "\n",
  );
  return words.every((word) => text.toLowerCase().includes(word.toLowerCase()));
}
