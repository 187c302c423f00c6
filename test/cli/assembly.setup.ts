import type { TestProject } from 'vitest/node';
import { useShippedRun } from '../pipeline/synth-run.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory of the synthesized example platform, the same for every test of the command line. */
    assembly: string;
  }
}

/** Synthesizes the example platform once, for all tests that only run it. */
export async function setup(project: TestProject): Promise<() => void> {
  const { run, release } = await useShippedRun();
  if (run.exitCode !== 0) throw new Error(`cdk synth failed:\n${run.output}`);
  project.provide('assembly', run.directory);
  return release;
}
