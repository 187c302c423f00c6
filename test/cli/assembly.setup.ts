import type { TestProject } from 'vitest/node';
import { synthesize } from '../../cli/sandbox/synthesize.ts';
import { temporaryDirectory } from '../../cli/temporary-directory.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory of the synthesized platform, the same for every test of the command line. */
    assembly: string;
  }
}

/** Synthesizes the platform once, for all tests that only run it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await temporaryDirectory();
  await synthesize(process.cwd(), directory.path, []);
  project.provide('assembly', directory.path);
  return () => directory.remove();
}
