import { basename, join, resolve } from 'node:path';
import type { SandboxProps } from '@crosswind/sandbox/sandbox';
import { type Clone, workloadFolder } from '../../blocks/discover-workloads.ts';
import { ownWaveNames } from '../../config/own-waves.ts';
import type { CleanUp } from '../interrupt.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type ChosenTenant, integrationModelsOf } from './deploy-platform.ts';
import { filledOnce } from './filled-once.ts';
import { openRemovable } from './open-removable.ts';
import type { PlatformOptions } from './platform-options.ts';
import { type ServePlatformProps, servePlatform } from './serve-platform.ts';
import { serveWatching } from './serve-watching.ts';
import { synthesize } from './synthesize.ts';

export interface WatchPlatformProps extends Omit<ServePlatformProps, 'sandbox' | 'assembly'> {
  readonly clone: Clone;
  readonly options: PlatformOptions;
  readonly cleanUp: CleanUp;
  /** Port and key. */
  readonly sandboxProps: SandboxProps;
}

/** Files that the command line reads when it starts; the synthesis reads them anew. */
const readOnce = ['local.ts', 'contract.ts'];

/** Serves the chosen tenant alone, each time from what was saved last: objects and executions of before are gone. */
export async function watchPlatform(props: WatchPlatformProps): Promise<void> {
  const { clone, options, cleanUp, sandboxProps, platform, terminal, signal } = props;
  const { file, set: overrides } = options;
  const { path: directory } = await cleanUp.use(temporaryDirectory());
  const { path: bodies } = await cleanUp.use(temporaryDirectory());
  const chosen = fillingOnce(props.chosen, bodies);
  const { tenant } = chosen.deployment;
  let version = 0;
  let port = sandboxProps.port;
  await serveWatching({
    root: clone.root,
    paths: [
      workloadFolder(clone, tenant.workload),
      ...['blocks', 'stages'].map((folder) => join(clone.root, folder)),
      resolve(file),
    ],
    isReadOnce: (changed) => readOnce.includes(basename(changed)),
    terminal,
    signal,
    build: async () => {
      const path = join(directory, String((version += 1)));
      terminal.progress('synthesizing the platform');
      // Whatever is served alone: what it does not need has no bundles.
      const own = ['baseline', ...ownWaveNames].map((name) => `Crosswind/${name}-*/*`);
      const quickly = [`Crosswind/${chosen.wave}-${tenant.name}/*`, ...own];
      await synthesize({
        clone,
        file: resolve(file),
        directory: path,
        overrides,
        tenant: tenant.name,
        quickly,
        signal,
      });
      return path;
    },
    serve: async (assembly, until, ready) => {
      const sandbox = await openRemovable(options, platform, {
        ...sandboxProps,
        port,
        integrationModels: integrationModelsOf(chosen),
      });
      port = Number(new URL(sandbox.endpointUrl).port);
      try {
        await props.page?.announce(sandbox);
        const onReady: ServePlatformProps['onReady'] = async (served) => {
          const note = await props.onReady(served);
          ready();
          return note;
        };
        await servePlatform({ ...props, chosen, sandbox, assembly, alone: true, onReady, signal: until });
      } finally {
        await sandbox.remove();
      }
    },
  });
}

const fillingOnce = (chosen: ChosenTenant, directory: string): ChosenTenant => {
  const { fill } = chosen.run;
  return fill ? { ...chosen, run: { ...chosen.run, fill: filledOnce(fill, directory) } } : chosen;
};
