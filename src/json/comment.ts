import * as z from "zod";

/** JSON has no comments: files that people write may have notes in a field of their own, which nothing reads. */
export const commentSchema = z
  .union([z.string(), z.array(z.string()), z.record(z.string(), z.string())], {
    error: "expected a text, a list of texts, or texts by name",
  })
  .optional()
  .describe("Notes for whoever reads the file; they mean nothing to the program.");
