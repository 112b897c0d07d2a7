import { defineConfig } from "vitest/config";
import { SlowestFirst } from "./test/support/slowest-first.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/artefact/shared-folder.ts"],
    sequence: { sequencer: SlowestFirst },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Much of the time is spent waiting for child processes: one worker more than the cores of a small machine.
    maxWorkers: 3,
    // No module keeps what the tests of another file could notice, and importing all of them anew for each file took a third of the time.
    isolate: false,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/local/workbench/page/**"],
      reporter: ["text-summary"],
      thresholds: {
        "src/maxcompute/**": { branches: 90 },
        "src/commands/**": { branches: 90 },
      },
    },
  },
});
