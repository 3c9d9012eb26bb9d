import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['{lib,components,app,scripts}/**/*.test.ts'],
    globalSetup: ['scripts/test/vitest-postgres.ts'],
    setupFiles: ['scripts/test/vitest-setup.ts'],
    maxWorkers: 2,
    testTimeout: 40_000,
    hookTimeout: 60_000,
    retry: process.env.CI ? 1 : 0, // told by name at the end of the run, for someone to mend
    expect: { poll: { timeout: 15_000 } }, // a second is not much on a busy machine
  },
});
