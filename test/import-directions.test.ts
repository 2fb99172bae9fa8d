import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

test("the check of import directions sees every room, so that finding nothing means something", () => {
  const output = execFileSync(
    "npx",
    ["depcruise", "--config", ".dependency-cruiser.cjs", "--output-type", "json", "src", "models"],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const { summary, modules } = JSON.parse(output) as {
    summary: { error: number };
    modules: { source: string }[];
  };
  expect(summary.error).toBe(0);
  const rooms = new Set(modules.map(({ source }) => source.split("/").slice(0, 2).join("/")));
  for (const room of [
    "fault",
    "number",
    "json",
    "environment",
    "space",
    "question",
    "mechanism",
    "certificate",
    "kernel",
    "measure",
    "instance",
    "lp",
    "solver",
    "exact",
    "engine",
    "formulation",
    "construction",
    "comparison",
    "report",
    "cli",
  ]) {
    expect(rooms).toContain(`src/${room}`);
  }
  expect(modules.filter(({ source }) => source.startsWith("models/")).length).toBeGreaterThan(10);
});
