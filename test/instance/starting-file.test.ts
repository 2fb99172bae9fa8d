import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { families } from "../../models/index.js";
import { design } from "../../src/index.js";
import { readInstance } from "../../src/instance/instance.js";
import { instanceJsonSchema } from "../../src/instance/json-schemas.js";
import { parameterNotes } from "../../src/instance/parameter-notes.js";
import { EXPLICIT, startingFile, startingPoints } from "../../src/instance/starting-file.js";
import { choices, defaultQuestion } from "../../src/question/question.js";

const validate = new Ajv2020({ strict: false }).compile(instanceJsonSchema());

interface File {
  parameters: Record<string, unknown>;
  question: object;
  $comment: Record<string, string>;
}
const parsed = (name: string) => JSON.parse(startingFile(name, "./schema.json")) as File;

describe("a file to start from", () => {
  test.each(startingPoints)("%s solves as it stands, and editors accept it", async (name) => {
    expect(validate(parsed(name)), JSON.stringify(validate.errors)).toBe(true);
    const instance = readInstance(startingFile(name, "./schema.json"), name);
    expect(instance.question).toEqual(defaultQuestion);
    const { verdict, optimum } = await design(instance, instance.question);
    expect(["possible", "impossible"]).toContain(verdict);
    expect(optimum).toBeDefined();
  });

  test.each(families)("of $familyName has every parameter with a default, and explains all", (family) => {
    const { parameters, $comment } = parsed(family.familyName);
    const notes = Object.entries(parameterNotes(family.parameters));
    expect(notes.length).toBeGreaterThan(1);
    for (const [path, note] of notes) {
      expect($comment[`parameters.${path}`]).toBe(note);
      if (!path.includes(".") && note.includes("Default: ")) expect(Object.keys(parameters)).toContain(path);
    }
  });

  test("lists every choice of a question, the default first", () => {
    const { $comment } = parsed("partnership");
    for (const [part, all] of Object.entries(choices))
      expect($comment[`question.${part}`].split(".")[0]).toBe(all.join(" | "));
  });

  test("explicit is a buyer and a seller whose efficient trade needs 4/9 of outside money", async () => {
    const instance = readInstance(startingFile(EXPLICIT, "./schema.json"), "x");
    expect(instance.environment.profiles.sizes).toEqual([2, 2]);
    expect(String((await design(instance)).optimum)).toBe("4/9");
  });

  test("of something else is refused with all that there is", () => {
    expect(() => startingFile("auction", "")).toThrow(
      /^the unknown family "auction"; expected one of explicit, bilateral-trade, .*, mechanism; did you mean single-good-auction\?$/,
    );
  });
});
