import type { TestProject } from 'vitest/node';
import { type SynthRun, useShippedRun } from './synth-run.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run of `cdk synth` on the example platform. */
    shipped: SynthRun;
  }
}

/** Synthesizes the example platform, once for this project and that of the command line. */
export async function setup(project: TestProject): Promise<() => void> {
  const { run, release } = await useShippedRun();
  project.provide('shipped', run);
  return release;
}
