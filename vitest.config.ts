import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{apps,packages}/*/{src,test}/**/*.test.ts", "scripts/**/*.test.ts"],
    // Worker threads start faster than processes, and the tests compute rather than wait: one worker a core.
    pool: "threads",
    maxWorkers: 2,
    // Importing a package costs more than its tests. Tests share no state but the default generator, which they seed.
    isolate: false,
    testTimeout: 30_000,
    globalSetup: "./scripts/vitest/setup.ts",
  },
});
