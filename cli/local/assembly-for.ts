import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { duration } from '../duration.ts';
import { RunFailed } from '../failure.ts';
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
  /**
   * The tenant that is run. What is wrong with the others does not stop it.
   *
   * @default - none: the whole platform must synthesize
   */
  readonly tenant?: string;
}

/** A synthesis that failed; any other error is thrown. */
function failureOf(error: unknown): RunFailed {
  if (error instanceof RunFailed) return error;
  throw error;
}

/** The directory of the assembly to run: the one that is given, or one that is synthesized now and goes with the command. */
export async function assemblyFor(props: AssemblyForProps): Promise<string> {
  const { clone, options, terminal, cleanUp, tenant } = props;
  const { assembly, file, set: overrides } = options;
  if (assembly !== undefined) return resolve(assembly);
  const { path } = await cleanUp.use(temporaryDirectory());
  terminal.progress('synthesizing the platform: cdk synth');
  const startedAt = performance.now();
  const whole = { clone, file, directory: path, overrides, signal: cleanUp.signal };
  const failure = await synthesize(whole).then(() => undefined, failureOf);
  if (failure) {
    if (tenant === undefined || cleanUp.signal.aborted) throw failure;
    terminal.progress(`synthesizing ${tenant} alone`);
    await rm(path, { recursive: true, force: true });
    await synthesize({ ...whole, tenant });
    terminal.note(
      `${failure.message.trimEnd()}\nruns ${tenant} without the other tenants, because the platform does not synthesize`,
    );
  }
  terminal.note(
    `synthesized ${failure ? String(tenant) : 'the platform'} in ${duration(performance.now() - startedAt)}`,
  );
  return path;
}
