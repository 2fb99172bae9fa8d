import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";

const code = readFileSync("test/readme-library.ts", "utf8");

test("README shows the code of readme-library.ts, which the type check compiles", () => {
  const shown = code.replace('"../src/index.js"', '"mechlp"');
  expect(readFileSync("README.md", "utf8")).toContain(`\`\`\`ts\n${shown}\`\`\``);
});

test("what README's code prints is what its comments say", async () => {
  const print = vi.spyOn(console, "log").mockImplementation(() => {});
  await import("./readme-library.js");
  const told = [...code.matchAll(/^console\.log.* \/\/ (.*)$/gm)].map(([, text]) => text);
  expect(print.mock.calls.map((line) => line.join(" "))).toEqual(told);
  expect(told).toHaveLength(4);
  print.mockRestore();
});
