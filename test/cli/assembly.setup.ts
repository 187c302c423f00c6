import type { TestProject } from 'vitest/node';
import { synthesize } from '../../cli/local/synthesize.ts';
import { temporaryDirectory } from '../../cli/temporary-directory.ts';
import { platformFile } from '../platform-file.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory of the synthesized example platform, the same for every test of the command line. */
    assembly: string;
  }
}

/** Synthesizes the example platform once, for all tests that only run it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await temporaryDirectory();
  await synthesize({ root: process.cwd(), file: platformFile, directory: directory.path });
  project.provide('assembly', directory.path);
  return () => directory.remove();
}
