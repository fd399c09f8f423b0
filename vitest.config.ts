import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{apps,packages}/*/{src,test}/**/*.test.ts", "scripts/**/*.test.ts"],
    // Worker threads start faster than processes, and the tests compute rather than wait: one worker a core.
    pool: "threads",
    maxWorkers: 2,
    // Importing a package costs more than its tests. Tests share no state but the default generator, which they seed.
    isolate: false,
    // A browser test of a whole feature takes seconds, and several times that on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: "./scripts/vitest/setup.ts",
    setupFiles: "./scripts/vitest/property-tests.ts",
  },
});
