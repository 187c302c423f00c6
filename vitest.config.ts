import { defineConfig } from 'vitest/config';

/** One process per core, modules shared between files: the CDK loads once (isolation costs four times the CPU). */
const shared = {
  pool: 'forks' as const,
  isolate: false,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  setupFiles: ['test/properties.setup.ts'],
  env: { CDK_VALIDATION: 'false' },
};

const packages = ['packages/*/test/**/*.test.ts'];

/** Tests that start other processes: the command line of the CDK, the bench, the server of moto. */
const processes = [
  'test/pipeline/synth.test.ts',
  'test/pipeline/judging.test.ts',
  'test/pipeline/source-artifact.test.ts',
  'test/bench/**/*.test.ts',
  'test/github/plan-comment.test.ts',
  'test/onboarding/moto-organization.test.ts',
  'test/assembly/moto-stacks.test.ts',
];

/** Tests of the command line and of pages, the template's own, those of packages and of workloads. */
const cli = ['test/cli/**/*.test.ts', 'services/*/test/cli/**/*.test.ts'];
const browser = ['test', 'packages/*/test', 'services/*/test'].map((folder) => `${folder}/browser/**/*.test.ts`);

/** Tests that `npm run check` leaves out: they start a process. */
export const outsideOfCheck = [...cli, ...browser, ...processes, 'test/pipeline/source-artifact-check.test.ts'];

/** Tests that `npm run test:long` runs with many more examples than `npm test`. */
const manyExamples = [
  'packages/*/test/**/*.property.test.ts',
  'services/*/test/cli/{disturbed-runs,failing-stacks,proven-alarms}.test.ts',
  'test/cli/requests/wrong-requests.test.ts',
];

/**
 * Tests that only `npm run test:long` runs: they play all game days or the pipeline many times, run the whole check, or synthesize
 * hundreds of accounts.
 */
const longOnly = [
  'services/*/test/cli/all-game-days.test.ts',
  'test/cli/needed-statements.test.ts',
  'test/pipeline/ceiling.test.ts',
  'services/wind-speed/test/fleet-costs.test.ts',
  'test/pipeline/source-artifact-check.test.ts',
];

export default defineConfig({
  test: {
    // Vitest would leave one core alone.
    maxWorkers: '100%',
    projects: [
      { test: { ...shared, name: 'packages', include: packages, exclude: browser } },
      {
        test: {
          ...shared,
          name: 'template',
          include: ['test/**/*.test.ts', 'services/*/test/**/*.test.ts'],
          exclude: [...outsideOfCheck, ...longOnly],
        },
      },
      { test: { ...shared, name: 'processes', include: processes, globalSetup: ['test/pipeline/shipped.setup.ts'] } },
      {
        test: {
          ...shared,
          name: 'cli',
          include: [...cli, 'cli/scaffold/test/**/*.test.ts'],
          exclude: longOnly,
          globalSetup: ['test/cli/assembly.setup.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'long',
          include: [...manyExamples, ...longOnly],
          globalSetup: ['test/cli/assembly.setup.ts'],
          testTimeout: 3_600_000,
          env: {
            PROPERTY_RUNS: '20000',
            DISTURBED_RUNS: '50',
            FAILING_RESOURCES: 'all',
            PROVEN_ALARMS: 'all',
            WRONG_REQUESTS: 'all',
            ...shared.env,
            ...process.env,
          },
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: browser,
          // A page tries again after a second, and others use the machine: one second, the default, is too short.
          expect: { poll: { timeout: 15_000 } },
          globalSetup: ['test/cli/assembly.setup.ts'],
        },
      },
    ],
  },
});
