import { resolve } from 'node:path';
import { Command } from 'commander';
import type { SandboxProps } from '@crosswind/sandbox/sandbox';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { WrongInput } from '../failure.ts';
import { type CleanUp, onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { port } from '../options.ts';
import { agnosticEnvironment, type AssembledApp, assembledApp } from '../local/assembled-app.ts';
import { assemblyFor } from '../local/assembly-for.ts';
import { credentialsKey } from '../local/credentials-key.ts';
import { integrationModelsOf } from '../local/deploy-platform.ts';
import { defaultPort } from '../local/default-port.ts';
import { deniedCallLines } from '../local/present.ts';
import { openRemovable } from '../local/open-removable.ts';
import { faultOf, type PlatformOptions, runOf, tenantOf, withPlatformOptions } from '../local/platform-options.ts';
import {
  allWorkloads,
  asksForHelp,
  saidFirst,
  type Selection,
  selectionOf,
  withRunOptions,
} from '../local/workload-options.ts';
import { readPlatform } from '../read-platform.ts';
import { checkPort, serveEmpty, servePlatform } from '../local/serve-platform.ts';
import { watchPlatform } from '../local/watch-platform.ts';
import type { ServeProps } from '../local/serve.ts';
import { noteServed } from '../local/served-port.ts';
import { nothingToRun } from '../run/chosen-deployment.ts';
import { serveApp } from '../local/serve-app.ts';
import { terminalOf } from '../terminal.ts';

interface SandboxOptions extends PlatformOptions {
  readonly port: number;
  readonly watch: boolean;
  readonly empty: boolean;
  readonly json: boolean;
}

/** `crosswind sandbox`: an organization as a service on this machine. */
export async function sandboxCommand(io: Io, clone: Clone, args?: readonly string[]): Promise<Command> {
  const needsHelp = args !== undefined && asksForHelp(args);
  const served = args === undefined || needsHelp ? undefined : await servedApp(clone, args);
  const command = new Command('sandbox')
    .description(
      'serve the synthesized platform, or any CDK app, to AWS clients on this machine, until Ctrl-C; runs nothing by itself',
    )
    .option('--port <n>', 'port of 127.0.0.1; 0 is a free one', port(0), defaultPort);
  withPlatformOptions(command, {
    clone,
    workload: served?.selection?.workload,
    helpOn: needsHelp ? await allWorkloads(clone) : [],
  })
    .option('--watch', 'serve the chosen tenant alone, and start anew when a file of it is saved', false)
    .option(
      '--empty',
      'serve the accounts of the platform with nothing in them, for `cdk bootstrap` and `cdk deploy`',
      false,
    )
    .option('--json', 'print the address as JSON, and nothing else, on standard output', false)
    .addHelpText(
      'after',
      [
        '',
        'One line on standard output says when it is ready. `crosswind credentials` prints what clients need:',
        '',
        '  eval "$(npx crosswind credentials wind-parent-dev)"',
        '  aws stepfunctions list-state-machines',
        '',
        'With --assembly any CDK app is served, with the accounts and regions of its stacks:',
        '',
        '  npx crosswind sandbox --assembly ../other-app/cdk.out',
        '  eval "$(npx crosswind credentials 111111111111)"',
        '',
        `Stacks that leave account or region open run in ${agnosticEnvironment.account} and ${agnosticEnvironment.region}. What AWS can deploy and the`,
        'sandbox cannot simulate is named once; a call that reaches it is decided by permissions and then fails.',
        '',
        'With --empty the accounts start with nothing but the roles of people, and the CDK deploys to them:',
        '',
        '  npx crosswind sandbox --empty',
        '  eval "$(npx crosswind credentials 111111111111 admin)"',
        '  npx cdk bootstrap aws://111111111111/us-east-1',
        '',
        'Exit codes: 130 after Ctrl-C, 143 after SIGTERM, 141 when its output is closed, 1 wrong input, 2 the deployment was refused.',
      ].join('\n'),
    )
    .action(async (options: SandboxOptions) => serve(io, clone, served ?? {}, options));
  return withRunOptions(command, served?.selection?.workload);
}

/** App to serve: the platform with its selected tenant, or an app that is already synthesized. */
interface ServedApp {
  readonly app?: AssembledApp;
  readonly selection?: Selection;
}

async function servedApp(clone: Clone, args: readonly string[]): Promise<ServedApp> {
  if (args.includes('--empty')) return {};
  const said = saidFirst(clone, args);
  const app = said.assembly === undefined ? undefined : assembledApp(resolve(said.assembly));
  if (app && !app.isPlatform) return { app };
  return { app, selection: await selectionOf(clone, said) };
}

async function serve(io: Io, clone: Clone, { app, selection }: ServedApp, options: SandboxOptions): Promise<void> {
  if (options.empty) return serveNothing(io, clone, options);
  if (app && !selection) return serveOtherApp(io, clone, options, app);
  const { platform, chosen, workload } = selection ?? (await selectionOf(clone, options));
  const tenant = chosen && workload && tenantOf(chosen, workload, runOf(workload, { ...options }));
  const fault = workload && faultOf(workload, options);
  const terminal = terminalOf(io, options);
  if (options.watch && options.assembly !== undefined) {
    throw new WrongInput('--watch synthesizes what is saved: leave --assembly out');
  }
  if (options.watch && !tenant) {
    throw new WrongInput(`nothing to watch: ${nothingToRun(platform.parsed.platform, options.wave)}`);
  }
  await serving(io, clone, options, async ({ cleanUp, props, common }) => {
    const served = tenant && { ...common, chosen: tenant, fault, platform: platform.parsed.platform };
    if (options.watch && served) {
      await watchPlatform({ ...served, clone, options, cleanUp, sandboxProps: props });
      return;
    }
    const assembly = await assemblyFor({ clone, options, terminal, cleanUp });
    const sandbox = await cleanUp.use(
      openRemovable(options, platform.parsed.platform, {
        ...props,
        ...(tenant && { integrationModels: integrationModelsOf(tenant) }),
      }),
    );
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
async function serveNothing(io: Io, clone: Clone, options: SandboxOptions): Promise<void> {
  for (const option of ['assembly', 'tenant', 'wave', 'break', 'watch'] as const) {
    if (options[option] === undefined || options[option] === false) continue;
    throw new WrongInput(`--${option} says what runs, and with --empty nothing does: leave one of them out`);
  }
  const platform = await readPlatform(clone, resolve(options.file));
  await serving(io, clone, options, async ({ cleanUp, props, common }) => {
    const sandbox = await cleanUp.use(openRemovable(options, platform, props));
    await serveEmpty({ ...common, sandbox, platform });
  });
}

/** Serves a CDK app that is not this platform: it has no `platform.yaml`, no tenants and no faults. */
async function serveOtherApp(io: Io, clone: Clone, options: SandboxOptions, app: AssembledApp): Promise<void> {
  for (const option of ['tenant', 'wave', 'break'] as const) {
    if (options[option] === undefined) continue;
    throw new WrongInput(
      `--${option} is for this platform, and ${options.assembly ?? ''} is another app: leave it out`,
    );
  }
  await serving(io, clone, options, async ({ cleanUp, props, common }) => {
    const assembly = app.waves.flatMap(({ stacks }) => stacks);
    const sandbox = await cleanUp.use(openRemovable(options, undefined, { ...props, assembly }));
    await serveApp({ ...common, sandbox, app });
  });
}

interface Serving {
  readonly cleanUp: CleanUp;
  /** Port and key of the sandbox. */
  readonly props: SandboxProps;
  readonly common: Pick<ServeProps, 'terminal' | 'json' | 'onReady' | 'signal'>;
}

/** Serves on the port of the options until a signal, and removes everything then. */
async function serving(
  io: Io,
  clone: Clone,
  options: SandboxOptions,
  work: (serving: Serving) => Promise<void>,
): Promise<void> {
  const { port: wanted, json } = options;
  await checkPort(wanted);
  const cleanUp = onInterrupt(io);
  try {
    // Clients derive their credentials from the key of the clone (decision 0021).
    const terminal = terminalOf(io, options);
    const onDenied: SandboxProps['onDenied'] = (call) => {
      for (const line of ['', ...deniedCallLines(call)]) terminal.note(line);
    };
    const props = { port: wanted, credentialsKey: await credentialsKey(clone.root), onDenied };
    const onReady: ServeProps['onReady'] = (served) => cleanUp.use(noteServed(clone.root, served));
    const common = { terminal, json, onReady, signal: cleanUp.signal };
    await work({ cleanUp, props, common });
  } finally {
    await cleanUp.now();
  }
}
