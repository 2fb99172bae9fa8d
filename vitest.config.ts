import { defineConfig } from "vitest/config";

const common = { testTimeout: 120_000 };

/** Files that put other modules in place of some, or measure the memory of their process or of its children. */
const ALONE = [
  "test/claim/broken-*.test.ts",
  "test/fault/parsed-by.test.ts",
  "test/hostile/whole-processes.test.ts",
  "test/kernel/faults.test.ts",
  "test/solver/{glpk,highs-runtime}.test.ts",
  "test/worker/design.test.ts",
];

export default defineConfig({
  test: {
    globalSetup: "test/global-setup.ts",
    passWithNoTests: false,
    maxWorkers: "100%",
    projects: [
      // One after the other in a process that has loaded the library, and has compiled what is used most.
      {
        test: { ...common, name: "together", include: ["test/**/*.test.ts"], exclude: ALONE, isolate: false },
      },
      { test: { ...common, name: "alone", include: ALONE } },
    ],
  },
});
