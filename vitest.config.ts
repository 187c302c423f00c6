import { defineConfig } from 'vitest/config';

/** One process per core, modules shared between files: the CDK loads once (facts: isolation costs four times the CPU). */
const shared = {
  pool: 'forks' as const,
  isolate: false,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  setupFiles: ['test/properties.setup.ts'],
  env: { CDK_VALIDATION: 'false', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
};

const packages = ['packages/*/test/**/*.test.ts'];

/** The real command line with bundling and validation: seconds, not milliseconds. */
const synth = ['test/pipeline/synth.test.ts'];

/** What `npm run test:long` tries on many more examples than `npm test` does. */
const manyExamples = ['packages/*/test/**/*.property.test.ts', 'test/cli/disturbed-runs.test.ts'];

export default defineConfig({
  test: {
    // Vitest would leave one core alone.
    maxWorkers: '100%',
    projects: [
      { test: { ...shared, name: 'packages', include: packages } },
      {
        test: {
          ...shared,
          name: 'template',
          include: ['test/**/*.test.ts'],
          exclude: ['test/cli/**', 'test/browser/**', ...synth],
        },
      },
      { test: { ...shared, name: 'synth', include: synth } },
      {
        test: {
          ...shared,
          name: 'cli',
          include: ['test/cli/**/*.test.ts'],
          globalSetup: ['test/cli/assembly.setup.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'long',
          include: manyExamples,
          globalSetup: ['test/cli/assembly.setup.ts'],
          testTimeout: 3_600_000,
          env: { PROPERTY_RUNS: '20000', DISTURBED_RUNS: '50', ...shared.env, ...process.env },
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/cli/assembly.setup.ts'],
        },
      },
    ],
  },
});
