import { resolve } from 'node:path';
import type { SandboxProps } from '@crosswind/sandbox/sandbox';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { WrongInput } from '../failure.ts';
import { type CleanUp, onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { readPlatform } from '../read-platform.ts';
import { nothingToRun } from '../run/chosen-deployment.ts';
import { type Terminal, terminalOf } from '../terminal.ts';
import { type AssembledApp, assembledApp } from './assembled-app.ts';
import { assemblyFor } from './assembly-for.ts';
import { credentialsKey } from './credentials-key.ts';
import { integrationModelsOf } from './deploy-platform.ts';
import { openRemovable } from './open-removable.ts';
import { faultOf, type PlatformOptions, runOf, tenantOf } from './platform-options.ts';
import { deniedCallLines } from './present.ts';
import { serveApp } from './serve-app.ts';
import { checkPort, serveEmpty, servePlatform } from './serve-platform.ts';
import type { SandboxPage, ServeProps } from './serve.ts';
import { noteServed } from './served-port.ts';
import { watchPlatform } from './watch-platform.ts';
import { type Selection, selectionOf } from './workload-options.ts';

export interface ServeOptions extends PlatformOptions {
  readonly port: number;
  readonly watch: boolean;
  readonly empty: boolean;
  readonly json: boolean;
}

/** App to serve: the platform with its selected tenant, or an app that is already synthesized. */
export interface ServedApp {
  readonly app?: AssembledApp;
  readonly selection?: Selection;
}

/** Makes what opens a page: with the terminal, the clone and the key of its credentials. */
export type PageOpener = (props: PageOpenerProps) => SandboxPage;

export interface PageOpenerProps {
  readonly terminal: Terminal;
  readonly clone: Clone;
  /** Key of the clone's credentials. */
  readonly key: Buffer;
  /** Step of the command, for example `deploying wave dev`. */
  readonly doing: () => string;
  /** Ends what the page has started. */
  readonly cleanUp: CleanUp;
}

export interface ServeChosenProps {
  readonly io: Io;
  readonly clone: Clone;
  readonly served: ServedApp;
  readonly options: ServeOptions;
  /** @default - there is no page */
  readonly openPage?: PageOpener;
}

/** Serves what the options ask for until a signal. */
export async function serveChosen(props: ServeChosenProps): Promise<void> {
  const { io, clone, options } = props;
  const { app, selection } = props.served;
  if (options.empty) return serveNothing(props);
  if (app && !selection) return serveOtherApp(props, app);
  const { platform, chosen, workload } = selection ?? (await selectionOf(clone, options));
  const tenant = chosen && workload && tenantOf(chosen, workload, runOf(workload, { ...options }));
  const fault = workload && faultOf(workload, options);
  if (options.watch && options.assembly !== undefined) {
    throw new WrongInput('--watch synthesizes what is saved: leave --assembly out');
  }
  if (options.watch && !tenant) {
    throw new WrongInput(`nothing to watch: ${nothingToRun(platform.parsed.platform, options.wave)}`);
  }
  await serving(props, async ({ cleanUp, sandboxProps, common }) => {
    const served = tenant && { ...common, chosen: tenant, fault, platform: platform.parsed.platform };
    if (options.watch && served) {
      await watchPlatform({ ...served, clone, options, cleanUp, sandboxProps });
      return;
    }
    const open = () =>
      cleanUp.use(
        openRemovable(options, platform.parsed.platform, {
          ...sandboxProps,
          ...(tenant && { integrationModels: integrationModelsOf(tenant) }),
        }),
      );
    // A page says that the platform is synthesized: without one, nothing answers until then.
    const early = common.page && (await open());
    if (early) await common.page.announce(early);
    const assembly = await assemblyFor({ clone, options, terminal: common.terminal, cleanUp });
    const sandbox = early ?? (await open());
    const pipeline = {
      clone,
      platform: platform.parsed.platform,
      file: resolve(options.file),
      io,
      signal: cleanUp.signal,
      runsCommands: false,
    };
    if (served) await servePlatform({ ...served, sandbox, assembly, pipeline });
    else await serveApp({ ...common, sandbox, app: assembledApp(assembly) });
  });
}

/** Serves empty accounts: nothing is synthesized, so that no option says what runs. */
async function serveNothing(props: ServeChosenProps): Promise<void> {
  const { clone, options } = props;
  for (const option of ['assembly', 'tenant', 'wave', 'break', 'watch'] as const) {
    if (options[option] === undefined || options[option] === false) continue;
    throw new WrongInput(`--${option} says what runs, and with --empty nothing does: leave one of them out`);
  }
  const platform = await readPlatform(clone, resolve(options.file));
  await serving(props, async ({ cleanUp, sandboxProps, common }) => {
    const sandbox = await cleanUp.use(openRemovable(options, platform, sandboxProps));
    await serveEmpty({ ...common, sandbox, platform });
  });
}

/** Serves a CDK app that is not this platform: it has no `platform.yaml`, no tenants and no faults. */
async function serveOtherApp(props: ServeChosenProps, app: AssembledApp): Promise<void> {
  const { options } = props;
  for (const option of ['tenant', 'wave', 'break'] as const) {
    if (options[option] === undefined) continue;
    throw new WrongInput(
      `--${option} is for this platform, and ${options.assembly ?? ''} is another app: leave it out`,
    );
  }
  await serving(props, async ({ cleanUp, sandboxProps, common }) => {
    const assembly = app.waves.flatMap(({ stacks }) => stacks);
    const sandbox = await cleanUp.use(openRemovable(options, undefined, { ...sandboxProps, assembly }));
    await common.page?.announce(sandbox);
    await serveApp({ ...common, sandbox, app });
  });
}

interface Serving {
  readonly cleanUp: CleanUp;
  /** Port and key of the sandbox. */
  readonly sandboxProps: SandboxProps;
  readonly common: Pick<ServeProps, 'terminal' | 'json' | 'onReady' | 'signal' | 'page'>;
}

/** Serves on the port of the options until a signal, and removes everything then. */
async function serving(
  { io, clone, options, openPage }: ServeChosenProps,
  work: (serving: Serving) => Promise<void>,
): Promise<void> {
  const { port: wanted, json } = options;
  await checkPort(wanted);
  const cleanUp = onInterrupt(io);
  try {
    // Clients derive their credentials from the key of the clone (decision 0021).
    const shown = terminalOf(io, options);
    let doing = 'starting';
    const terminal: Terminal = {
      ...shown,
      progress(line) {
        doing = line;
        shown.progress(line);
      },
    };
    const onDenied: SandboxProps['onDenied'] = (call) => {
      for (const line of ['', ...deniedCallLines(call)]) terminal.note(line);
    };
    const key = await credentialsKey(clone.root);
    const sandboxProps = { port: wanted, credentialsKey: key, onDenied };
    const onReady: ServeProps['onReady'] = (served) => cleanUp.use(noteServed(clone.root, served));
    const common = {
      terminal,
      json,
      onReady,
      signal: cleanUp.signal,
      page: openPage?.({ terminal, clone, key, cleanUp, doing: () => doing }),
    };
    await work({ cleanUp, sandboxProps, common });
  } finally {
    await cleanUp.now();
  }
}
