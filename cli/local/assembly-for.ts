import { resolve } from 'node:path';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { duration } from '../duration.ts';
import type { CleanUp } from '../interrupt.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import type { Terminal } from '../terminal.ts';
import type { PlatformOptions } from './platform-options.ts';
import { synthesize } from './synthesize.ts';

export interface AssemblyForProps {
  readonly clone: Clone;
  readonly options: Pick<PlatformOptions, 'assembly' | 'file' | 'set'>;
  readonly terminal: Terminal;
  readonly cleanUp: CleanUp;
}

/** The directory of the assembly to run: the one that is given, or one that is synthesized now and goes with the command. */
export async function assemblyFor({ clone, options, terminal, cleanUp }: AssemblyForProps): Promise<string> {
  const { assembly, file, set: overrides } = options;
  if (assembly !== undefined) return resolve(assembly);
  const { path } = await cleanUp.use(temporaryDirectory());
  terminal.progress('synthesizing the platform: cdk synth');
  const startedAt = performance.now();
  await synthesize({ clone, file, directory: path, overrides, signal: cleanUp.signal });
  terminal.note(`synthesized the platform in ${duration(performance.now() - startedAt)}`);
  return path;
}
